"""From a message to a grounded answer: one file a step, in the order of ``pipeline.py``."""
