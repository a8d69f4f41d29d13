"""The laws that a question names."""

import re

from bot.knowledge.instrument import InstrumentKind
from bot.knowledge.library import Library

# Who asks for an interpretation or a regulation without its name means one of that kind.
_KINDS = {
    InstrumentKind.INTERPRETATION: re.compile(
        r"司法解释|(?:哪|什么)[个份部条]?解释|解释(?:第|里|的|是)*[几哪多]"
    ),
    InstrumentKind.REGULATION: re.compile(r"(?:哪|什么)[个份部]?条例|条例(?:第|里|的|是)*[几哪多]"),
}
_REPLY = "批复"  # of the Supreme People's Court: its name says so


class NamedLaws:
    """Reads names and short names of instruments, and where none is named their kind.

    A name inside a longer one that is named too does not count: 民诉法解释 is not 民诉法.
    """

    def __init__(self, library: Library) -> None:
        laws = library.instruments
        names = [
            (name.casefold(), law.id)
            for law in laws
            for name in (law.name, *law.short_names, law.english)
            if name
        ]
        self._longest_first = sorted(names, key=lambda each: -len(each[0]))
        self._replies = frozenset(law.id for law in laws if _REPLY in law.name)
        self._of_kind = {
            kind: frozenset(law.id for law in laws if law.kind is kind) for kind in _KINDS
        }

    def __call__(self, question: str) -> frozenset[str]:
        """The ids of the instruments named."""
        named, question = set(), question.casefold()
        for name, law in self._longest_first:
            if name in question:
                named.add(law)
                question = question.replace(name, " ")
        if _REPLY in question:
            named |= self._replies
        if named:
            return frozenset(named)
        kinds = (self._of_kind[kind] for kind, asked in _KINDS.items() if asked.search(question))
        return frozenset().union(*kinds)
