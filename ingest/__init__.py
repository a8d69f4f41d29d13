"""From a source to a published index: load, clean, assess, split, index."""
