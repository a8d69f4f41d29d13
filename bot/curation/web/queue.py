"""What waits, as the narrow list beside a text."""

from bot.curation.records import Listed, State, Wanted
from bot.curation.web.visit import Visit

SHOWN = 12


def waiting(visit: Visit) -> list[tuple[str, tuple[Listed, ...]]]:
    """The queues by name, those without an entry left out."""
    say, entries = visit.say, visit.office.workspace.entries
    wanted = (
        (say("等人复核"), Wanted(state=State.IN_REVIEW)),
        (say("法规变了，要核对"), Wanted(to_check=True)),
        (say("写了一半的"), Wanted(state=State.DRAFT)),
    )
    found = [(title, entries.page(each, size=SHOWN).items) for title, each in wanted]
    return [(title, items) for title, items in found if items]
