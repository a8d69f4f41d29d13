"""The interviews: what each asks, and how its answers are read."""
