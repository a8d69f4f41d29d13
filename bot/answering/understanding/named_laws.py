"""The laws that a question names."""

from bot.knowledge.library import Library


class NamedLaws:
    """Reads names and short names of instruments.

    A name inside a longer one that is named too does not count: 民诉法解释 is not 民诉法.
    """

    def __init__(self, library: Library) -> None:
        names = [
            (name, law.id) for law in library.instruments for name in (law.name, *law.short_names)
        ]
        self._longest_first = sorted(names, key=lambda each: -len(each[0]))

    def __call__(self, question: str) -> frozenset[str]:
        """The ids of the instruments named."""
        named = set()
        for name, law in self._longest_first:
            if name in question:
                named.add(law)
                question = question.replace(name, " ")
        return frozenset(named)
