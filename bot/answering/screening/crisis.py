"""Danger to life: somebody does not want to live, or says so about another."""

from bot.answering.screening.concept import Concept, Lexicon
from bot.answering.screening.outcome import Outcome, Screening
from bot.answering.screening.reported_speech import ReportedSpeech

_QUESTION = ("?", "吗", "怎么", "如何", "怎样", "会不会", "能不能")
_ASKS = (
    *_QUESTION,
    "多久",
    "有没有",
    "咋",
    "啥关系",
    "是不是",
    "哪里",
    "how do",
    "can i",
    "what should",
)


class Crisis:
    """Recall comes first: what is neither clearly harmless nor clearly a manner of speaking counts."""

    def __init__(self, words: Lexicon) -> None:
        self._unmistakable = Concept(words["unmistakable"])
        self._harmless = Concept(words["harmless"])
        self._death_as_fact = Concept(words["death_as_fact"])
        self._diagnosis = Concept(words["diagnosis"])
        self._reported = ReportedSpeech(words)
        self._manner_of_speaking = Concept.of(
            words, "hyperbole", "said_by_collector", "reported", "denied"
        )
        self._idiom = Concept(words["idiom"])
        self._loosely = Concept(words["said_loosely"])
        self._plain = Concept.of(words, "intent", "indirect", "method", "farewell", "english")
        self._hinted = Concept(words["broad"])
        self._weary = Concept(words["weary"])
        self._burden = Concept(words["burden"])
        self._asks_about_family = Concept(words["asks_about_family"])
        self._practical = Concept.of(words, "business", "asks_for_arrangement")
        self._distress = Concept(words["distress"])
        self._other_person = Concept(words["other_person"])
        self._tells_of_another = Concept(words["tells_of_another"])

    def __call__(self, said: str) -> Screening | None:
        """A crisis, a reason to ask gently, or nothing."""
        if evidence := self._unmistakable.first(said):
            return self._crisis(said, evidence)
        literal = self.literal(said)
        serious = self.serious(said)
        if evidence := self._dangerous(serious):
            return self._crisis(serious, evidence)
        spoken = self._manner_of_speaking.first(literal) if serious != literal else None
        if evidence := spoken or self._reason_to_ask(serious):
            return Screening(Outcome.CRISIS_CHECK, "gentle", (evidence,))
        return None

    def plainly_said(self, finding: Screening) -> bool:
        """Whether a crisis was found by more than a word like 死."""
        words = "".join(finding.evidence)
        return finding.outcome is Outcome.CRISIS and bool(
            self._unmistakable.first(words) or self._plain.first(words)
        )

    def calls_for_a_check(self, said: str) -> bool:
        """Whether the word lists would ask gently: it exaggerates, or asks for an arrangement."""
        if self.said_loosely(said):
            return True
        found = self(said)
        return found is not None and found.outcome is Outcome.CRISIS_CHECK

    def said_loosely(self, said: str) -> bool:
        """Whether it says itself that it exaggerates or jokes, and asks about something else."""
        return self._loosely.first(said) is not None and self.asks(said)

    def asks(self, said: str) -> bool:
        """Whether there is a question in it."""
        return any(word in said for word in _ASKS)

    def _dangerous(self, said: str) -> str | None:
        return self._plain.first(said) or self._hinted.first(said) or self._hidden_danger(said)

    def who(self, said: str) -> str:
        """Whose danger it is where no single word tells of it: the message begins with another."""
        named = self._tells_of_another.first(said)
        return "other" if named and said.startswith(named) and ",我" not in said else "self"

    def literal(self, said: str) -> str:
        """The text without what only looks like danger, deaths told as facts and others' words."""
        own = self._reported.blank(self._harmless.blank(said))
        return self._diagnosis.blank(self._death_as_fact.blank(own))

    def serious(self, said: str) -> str:
        """The text without what is a manner of speaking, either."""
        meant = self._manner_of_speaking.blank(self.literal(said))
        return self._idiom.blank(meant) if self.said_loosely(said) else meant

    def asks_about_others(self, said: str) -> bool:
        """Whether it asks what a debt does to the family's exams, jobs or credit."""
        return self._asks_about_family.first(said) is not None and not self._distress.first(said)

    def _hidden_danger(self, said: str) -> str | None:
        """Exhaustion without a practical question, or feeling a burden without asking about it."""
        weary, burden = self._weary.first(said), self._burden.first(said)
        if weary and (burden or not self._practical.first(said)):
            return weary
        asks = any(word in said for word in _QUESTION) or self._asks_about_family.first(said)
        return burden if burden and (not asks or self._distress.first(said)) else None

    def _reason_to_ask(self, said: str) -> str | None:
        distress = self._weary.first(said) or self._distress.first(said)
        if distress or self._asks_about_family.first(said):
            return distress
        return self._burden.first(said)

    def _crisis(self, said: str, evidence: str) -> Screening:
        return Screening(Outcome.CRISIS, self._who(said, evidence), (evidence,))

    def _who(self, said: str, evidence: str) -> str:
        """Whose danger it is: another's when the clause names them and not the writer."""
        clause = said[: said.find(evidence)].replace("。", ",").rsplit(",", 1)[-1]
        named = self._other_person.first(clause)
        return "other" if named and "我" not in clause.split(named, 1)[1] else "self"
