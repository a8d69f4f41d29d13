"""Telegram: the assistant in a borrower's pocket."""
