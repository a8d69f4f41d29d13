"""Borrower Aid: calm, sourced help for people who cannot pay a debt on time."""
