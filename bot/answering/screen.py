"""The safety screen: danger comes before debt, and each danger has its own small guard."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Self

from bot.answering.screening.at_the_door import AtTheDoor
from bot.answering.screening.concept import Concept
from bot.answering.screening.crisis import Crisis
from bot.answering.screening.follow_up import FollowUp
from bot.answering.screening.injection import Injection
from bot.answering.screening.lender_side import LenderSide
from bot.answering.screening.outcome import Outcome, Screening
from bot.answering.screening.own_file import OwnFile
from bot.answering.screening.phrases import read_phrases
from bot.answering.screening.scam import Scam
from bot.answering.screening.scope import Scope
from bot.answering.screening.second_opinion import Fitted, Opinion, SecondOpinion
from bot.answering.screening.spelling import Spelling
from bot.answering.screening.thesaurus import Thesaurus
from bot.answering.screening.unknowable import Unknowable
from bot.answering.screening.violence import Violence
from bot.answering.screening.weigh import DOUBTFUL_TOPIC, SHORTEST, Weigh
from bot.answering.screening.wrongdoing import Wrongdoing

__all__ = ["Outcome", "Screen", "Screening", "screen"]

Guard = Callable[[str], Screening | None]

URGENCY = {outcome: rank for rank, outcome in enumerate(Outcome)}
DANGER_TO_LIFE = (Outcome.CRISIS, Outcome.CRISIS_CHECK)
LOOK_BACK = 3  # turns: long enough for "嗯" and "没有" between a crisis and the next question
SMELLS_OF_ORDERS = 0.3  # chance of an injected order from which a sentence is not passed on
_LOOSE = " ,，。;；、:：□"
_SENTENCE = re.compile(r"(?:[^。！？!?；;.\n]|\.(?!\s))+[。！？!?；;.\n]*\s*")
_ROLE = re.compile(r"^\s*(?:user|human|用户|问)\s*[:：]\s*", re.IGNORECASE)
LEXICONS = Path(__file__).parents[2] / "knowledge_base" / "phrases" / "lexicons"
SECOND_OPINION = LEXICONS.parent / "second_opinion.npz"


@cache
def standard_screen() -> "Screen":
    """The screen with the word lists of this repository."""
    return Screen.read(LEXICONS)


def screen(text: str, context: Sequence[str] = ()) -> Screening:
    """What a message needs first, by the word lists of this repository."""
    return standard_screen()(text, context)


class Screen:
    """Asks the guards in order of urgency; built once from the reviewed word lists."""

    def __init__(self, lexicons: Mapping[str, Any], fitted: Fitted) -> None:
        self._spelling = Spelling(lexicons["spelling"])
        self._crisis = crisis = Crisis(lexicons["crisis"])
        violence = Violence(lexicons["violence"])
        door = AtTheDoor(lexicons["at_the_door"])
        debt = Concept(lexicons["scope"]["debt"])
        self._follow_up = FollowUp(lexicons["follow_up"], debt, crisis, violence, door)
        self._wrongdoing = wrongdoing = Wrongdoing(lexicons["wrongdoing"])
        lender_side, self._scope = LenderSide(lexicons["lender_side"]), Scope(lexicons["scope"])
        thesaurus = Thesaurus(lexicons["thesaurus"], self._spelling)
        self._second_opinion = SecondOpinion(fitted, thesaurus)
        self._unknowable = unknowable = Unknowable(
            lexicons["unknowable"], OwnFile(lexicons["own_file"])
        )
        self._injection = injection = Injection(lexicons["injection"])
        self._weigh = Weigh(
            crisis, door, wrongdoing, injection, lender_side, unknowable, self._scope
        )
        self._guards: tuple[Guard, ...] = (
            crisis,
            violence,
            door,
            Scam(lexicons["scam"]),
            wrongdoing,
            injection,
            lender_side,
            unknowable,
            self._scope,
        )

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The screen with the word lists of a folder and the weights beside it."""
        return cls(read_phrases(folder), Fitted.read(folder.parent / SECOND_OPINION.name))

    def __call__(self, text: str, context: Sequence[str] = ()) -> Screening:
        """What a message needs first; ``context`` is what the borrower said before, oldest first."""
        said = self._spelling(text)
        before = [self._spelling(earlier) for earlier in context[-LOOK_BACK:]]
        by_lists = [finding for guard in self._guards if (finding := guard(said))]
        further, opinion = self._follow_up(said, before), self._second_opinion(said)
        found = [further, *by_lists] if further else self._weighed(said, opinion, by_lists)
        if before:  # what is said in a talk about debt is about it
            found = [each for each in found if each.variant != DOUBTFUL_TOPIC]
        first = min(found, key=lambda finding: URGENCY[finding.outcome], default=Screening())
        if first.outcome is Outcome.INJECTION:
            return self._set_aside(text, first)
        return first if before else replace(first, off_topic=self._off_topic(said, opinion))

    def _off_topic(self, said: str, opinion: Opinion) -> float:
        """The chance of another matter; without any word of debt or law it counts in full."""
        chance = opinion.chance(Outcome.OUT_OF_SCOPE)
        ours = self._scope.of_debt(said) or self._injection.asks_for_law(said)
        return chance / 2 if ours else chance

    def _weighed(
        self, said: str, opinion: Opinion, by_lists: Sequence[Screening]
    ) -> list[Screening]:
        """What the lists found and the second opinion does not doubt, or what it finds itself."""
        if (literal := self._crisis.literal(said)) != said:
            opinion = opinion.calmed_by(self._read(literal), *DANGER_TO_LIFE)
        if (serious := self._crisis.serious(said)) != literal:
            opinion = opinion.calmed_by(self._read(serious), Outcome.CRISIS)
        if (own := self._wrongdoing.own(said)) != said:
            opinion = opinion.calmed_by(self._read(own), Outcome.WRONGDOING)
        found = [self._weigh.doubted(finding, opinion) for finding in by_lists]
        sure = [each for each in found if each in by_lists]
        if any(URGENCY[each.outcome] < URGENCY[Outcome.CRISIS_CHECK] for each in sure):
            return found
        weighed = self._weigh(said, opinion)
        if weighed and self._unknowable.is_a_rule_after_all(weighed, said):
            return found
        if weighed and weighed.outcome is Outcome.WRONGDOING:
            found = sure  # blows told of in a plan to invent them are none
        return [*found, weighed] if weighed else found

    def _read(self, rest: str) -> Opinion:
        """The second opinion on what is left of a message; a few letters say nothing."""
        opinion = self._second_opinion(rest.strip(_LOOSE))  # what was left out leaves marks
        says_something = sum(letter.isalnum() for letter in rest) >= SHORTEST
        return opinion if says_something else replace(opinion, chances=0 * opinion.chances)

    def _set_aside(self, text: str, order: Screening) -> Screening:
        """An injected order, with the question about debt that stands beside it, if there is one."""
        sentences = [_ROLE.sub("", each) for each in _SENTENCE.findall(text)]
        kept = [each for each in sentences if self._is_ordinary(each)]
        question = "".join(kept).strip()
        if 0 < len(kept) < len(sentences) and self._scope.of_debt(self._spelling(question)):
            return replace(order, variant="set_aside", question=question)
        return order

    def _is_ordinary(self, sentence: str) -> bool:
        said = self._spelling(sentence)
        opinion = self._second_opinion(said)
        found = [guard(said) for guard in self._guards]
        return not any(found) and opinion.chance(Outcome.INJECTION) < SMELLS_OF_ORDERS
