"""Labelled questions, what a good answer to them holds, and how the answers fared."""
