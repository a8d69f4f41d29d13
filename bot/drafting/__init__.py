"""Results turned into documents people can send."""
