"""One small classifier for each danger, and the reviewed words that answer it."""
