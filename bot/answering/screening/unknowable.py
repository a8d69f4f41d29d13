"""What nobody should find here: private contacts, where to borrow, somebody's own records."""

from bot.answering.screening.concept import Concept, Lexicon
from bot.answering.screening.outcome import Outcome, Screening

VARIANTS = ("contact_of_a_person", "where_to_borrow", "look_into_my_file")


class Unknowable:
    """Asked for the thing itself; a question of how to look it up is for the knowledge base."""

    def __init__(self, words: Lexicon) -> None:
        self._how_to = Concept(words["how_to"])
        self._asked = {name: Concept(words[name]) for name in VARIANTS}

    def __call__(self, said: str) -> Screening | None:
        """What cannot be told, or nothing."""
        if self._how_to.first(said):
            return None
        for name, words in self._asked.items():
            if found := words.first(said):
                return Screening(Outcome.UNKNOWABLE, name, (found,))
        return None
