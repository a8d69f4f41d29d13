"""The conversation: one engine for every transport."""
