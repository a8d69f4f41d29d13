"""Ways in and out: thin, no advice logic."""
