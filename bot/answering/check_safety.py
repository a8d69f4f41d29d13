"""Danger comes before debt: the screen's early replies, in reviewed words."""

from dataclasses import replace

from bot.answering.screen import Screen, Screening
from bot.answering.turn import Turn


class CheckSafety:
    """Ask the screen, and reply at once where it says so."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    async def __call__(self, turn: Turn) -> Turn:
        """The turn with what the screen found."""
        said_before = [said.text for said in turn.context if said.role == "user"]
        screening: Screening = self._screen(turn.text, said_before)
        return replace(turn, screening=screening)
