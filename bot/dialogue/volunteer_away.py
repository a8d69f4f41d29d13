"""A talk whose volunteer has gone quiet: the person gets the assistant back and waits again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.dialogue.hand_off import HandOff, HandOffs, Line, Side, Stage
from bot.dialogue.volunteer_desk import VolunteerDesk
from bot.wording import Wording

NOBODY_SPEAKS_FOR = timedelta(days=1)


class VolunteerAway:
    """Looks after the talks that volunteers have taken; safe to run in several processes."""

    def __init__(
        self, hand_offs: HandOffs, desk: VolunteerDesk, wording: Wording, quiet: timedelta
    ) -> None:
        self._hand_offs = hand_offs
        self._desk = desk
        self._wording = wording
        self._quiet = quiet

    def __call__(self, now: datetime) -> None:
        """Give back who waits in vain for an answer, and end what nobody goes on with."""
        for talk in self._hand_offs.standing(Stage.TAKEN):
            lines = self._hand_offs.lines(talk.number)
            since = waiting_since(talk, lines)
            if since is not None and now - since > self._quiet:
                self._give_back(talk, now - since)
            elif since is None and now - lines[-1].at > NOBODY_SPEAKS_FOR:
                self._desk.close_quiet(talk.number)

    def _give_back(self, talk: HandOff, silent_for: timedelta) -> None:
        minutes = int(silent_for.total_seconds() // 60)
        told = self._wording.say("hand_off_volunteer_away", talk.language)
        notice = self._wording.say("desk_given_back")
        lines = (
            Line(Side.BORROWER, told.format(minutes=minutes)),
            Line(Side.VOLUNTEERS, notice.format(minutes=minutes)),
        )
        self._hand_offs.move(talk.number, (Stage.TAKEN,), Stage.WAITING, lines, volunteer="")


def waiting_since(talk: HandOff, lines: Sequence[Line]) -> datetime | None:
    """Since when the person waits for a word of the volunteer; none where it is the person's turn."""
    spoken = [each.at for each in lines if each.by is Side.VOLUNTEERS and each.at >= talk.since]
    if not spoken:
        return talk.since
    asked = (each.at for each in lines if each.by is Side.BORROWER and each.at > spoken[-1])
    return next(asked, None)
