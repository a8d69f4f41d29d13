"""The volunteers' side of a hand-off: who waits, take, say, close; for Telegram and for a browser."""

from collections.abc import Sequence

from bot.dialogue.hand_off import HandOff, HandOffs, Line, Side, Stage
from bot.wording import Wording

LINES_IN_SUMMARY = 3
LONGEST_LINE_IN_SUMMARY = 80


class VolunteerDesk:
    """What volunteers can do; each call is safe to repeat and to make from several places."""

    def __init__(self, hand_offs: HandOffs, wording: Wording) -> None:
        self._hand_offs = hand_offs
        self._wording = wording

    def waiting(self, site: str | None = None) -> Sequence[HandOff]:
        """Those who wait, the longest first; of all, or the visitors of one site."""
        return _of_site(self._hand_offs.standing(Stage.WAITING), site)

    def taken(self, site: str | None = None) -> Sequence[HandOff]:
        """Those who are being talked with; of all, or the visitors of one site."""
        return _of_site(self._hand_offs.standing(Stage.TAKEN), site)

    def find(self, number: int) -> HandOff | None:
        """A hand-off by its number; none once the person has deleted everything."""
        return self._hand_offs.find(number)

    def lines(self, number: int) -> Sequence[Line]:
        """What was said, oldest first; personal details of the borrower are masked."""
        return self._hand_offs.lines(number)

    def take(self, number: int, volunteer: str) -> bool:
        """Begin to talk with a person who waits; False if somebody else was faster."""
        hand_off = self._hand_offs.find(number)
        if hand_off is None:
            return False
        hello = Line(Side.BORROWER, self._wording.say("hand_off_taken", hand_off.language))
        return self._hand_offs.move(number, (Stage.WAITING,), Stage.TAKEN, (hello,), volunteer)

    def say(self, number: int, text: str) -> bool:
        """Tell the person something, marked as a human's word; False if the talk is not open."""
        hand_off = self._hand_offs.find(number)
        if hand_off is None or hand_off.stage is not Stage.TAKEN or not text.strip():
            return False
        self._hand_offs.add(number, Line(Side.BORROWER, text.strip(), by=Side.VOLUNTEERS))
        return True

    def close(self, number: int, summary: str = "") -> bool:
        """End a talk with a summary, the volunteer's or made of his last words."""
        return self._end(number, "hand_off_closed", summary.strip())

    def close_quiet(self, number: int) -> bool:
        """End a talk in which nobody says anything any more."""
        notice = Line(Side.VOLUNTEERS, self._wording.say("desk_closed_quiet"))
        return self._end(number, "hand_off_closed_quiet", "", notice)

    def _end(self, number: int, phrase: str, summary: str, *notices: Line) -> bool:
        hand_off = self._hand_offs.find(number)
        if hand_off is None:
            return False
        words = summary or self._last_words(number)
        closing = self._wording.say(phrase if words else f"{phrase}_unsaid", hand_off.language)
        bye = Line(Side.BORROWER, closing.format(summary=words))
        return self._hand_offs.move(number, (Stage.TAKEN,), Stage.CLOSED, (bye, *notices))

    def _last_words(self, number: int) -> str:
        spoken = [each.text for each in self.lines(number) if each.by is Side.VOLUNTEERS]
        return "\n".join(f"· {_short(text)}" for text in spoken[-LINES_IN_SUMMARY:])


def _of_site(hand_offs: Sequence[HandOff], site: str | None) -> Sequence[HandOff]:
    return [each for each in hand_offs if site is None or each.site == site]


def _short(text: str) -> str:
    """A line as a summary shows it.

    >>> _short("先别慌。\\n把短信发我")
    '先别慌。 把短信发我'
    """
    line = " ".join(text.split())
    cut = line[: LONGEST_LINE_IN_SUMMARY - 1]
    return line if len(line) <= LONGEST_LINE_IN_SUMMARY else f"{cut}…"
