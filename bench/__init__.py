"""Reproducible measurements and the training of what they justify."""
