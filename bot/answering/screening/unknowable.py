"""What nobody can find here: private contacts, loans, somebody's own records, the outcome."""

from bot.answering.screening.concept import Concept, Lexicon
from bot.answering.screening.outcome import Outcome, Screening
from bot.answering.screening.own_file import OwnFile

VARIANTS = (
    "recommend_lawyer",
    "contact_of_a_person",
    "where_to_borrow",
    "look_into_my_file",
    "predict",
    "lend_to_me",
)

OWN_FILE = "look_into_my_file"


class Unknowable:
    """Asked for the thing itself; a question of how to look it up is for the knowledge base."""

    def __init__(self, words: Lexicon, own_file: OwnFile) -> None:
        self._own_file = own_file
        self._for_the_knowledge = Concept.of(words, "how_to", "told_by_others")
        self._asked = {name: Concept(words[name]) for name in VARIANTS}

    def __call__(self, said: str) -> Screening | None:
        """What cannot be told, or nothing."""
        if found := self._own_file.first(said):
            return Screening(Outcome.UNKNOWABLE, OWN_FILE, (found,))
        if self.not_asked_of_me(said):
            return None
        for name, words in self._asked.items():
            if found := words.first(said):
                return Screening(Outcome.UNKNOWABLE, name, (found,))
        return None

    def not_asked_of_me(self, said: str) -> bool:
        """Whether it asks how to do it oneself, or tells what others offer."""
        return self._for_the_knowledge.first(said) is not None

    def is_a_rule_after_all(self, finding: Screening, said: str) -> bool:
        """Whether what only looks like a question for one's own file asks for a rule or a way."""
        return finding.variant == OWN_FILE and self._own_file.asks_for_rule(said)
