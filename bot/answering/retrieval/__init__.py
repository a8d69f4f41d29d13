"""Finding the passages that answer a layperson's words."""
