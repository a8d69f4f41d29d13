"""Talks that borrowers asked to have with a person."""

from starlette.responses import Response

from bot.curation.records import Unknown
from bot.curation.web.visit import Visit
from bot.dialogue.hand_off import HandOff

LONGEST = 2000


def show(visit: Visit) -> Response:
    """Who waits, and who is being talked with."""
    desk = visit.office.hand_offs
    return visit.page("talks.html", waiting=desk.waiting(), taken=desk.taken())


def one(visit: Visit) -> Response:
    """One talk."""
    talk = _talk(visit)
    lines = visit.office.hand_offs.lines(talk.number)
    return visit.page("talk.html", talk=talk, lines=lines)


def lines(visit: Visit) -> Response:
    """What was said, as a part of the page, for its script to bring up to date."""
    talk = _talk(visit)
    return visit.page("talk_lines.html", lines=visit.office.hand_offs.lines(talk.number))


def take(visit: Visit) -> Response:
    """Begin to talk."""
    talk = _talk(visit)
    taken = visit.office.hand_offs.take(talk.number, visit.name)
    visit.office.note(visit.name, "took_talk", str(talk.number))
    return visit.to(f"/talks/{talk.number}", done="taken" if taken else "too_late")


def say(visit: Visit) -> Response:
    """Tell the person something."""
    talk = _talk(visit)
    said = visit.office.hand_offs.say(talk.number, visit.sent("text")[:LONGEST])
    return visit.to(f"/talks/{talk.number}", **({} if said else {"done": "not_said"}))


def close(visit: Visit) -> Response:
    """End the talk."""
    talk = _talk(visit)
    visit.office.hand_offs.close(talk.number, visit.sent("text")[:LONGEST])
    visit.office.note(visit.name, "closed_talk", str(talk.number))
    return visit.to("/talks", done="closed")


def _talk(visit: Visit) -> HandOff:
    found = visit.office.hand_offs.find(int(visit.part("number")))
    if found is None:
        raise Unknown("this talk was deleted by the person")
    return found
