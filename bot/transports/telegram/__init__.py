"""Telegram: the assistant in a borrower's pocket."""

import os

# python-telegram-bot's way to say that waits are wanted as timedelta; it warns without it.
os.environ.setdefault("PTB_TIMEDELTA", "true")
