"""Conversation: one engine for every transport."""
