"""Who may use a page: what the route table says of each."""

from dataclasses import dataclass

from bot.curation.people import Role


@dataclass(frozen=True, slots=True)
class Access:
    """Roles that may come in; ``public`` needs no session, ``half`` one without second factor."""

    roles: frozenset[Role] = frozenset()
    public: bool = False
    half: bool = False


PUBLIC = Access(public=True)
HALF = Access(half=True)
ALL = Access(frozenset(Role))
WRITERS = Access(frozenset({Role.EDITOR, Role.REVIEWER, Role.ADMINISTRATOR}))
REVIEWERS = Access(frozenset({Role.REVIEWER, Role.ADMINISTRATOR}))
SITE_MANAGERS = Access(frozenset({Role.SITE_MANAGER, Role.ADMINISTRATOR}))
ADMINISTRATORS = Access(frozenset({Role.ADMINISTRATOR}))
