"""What a person has told about one thing over the last messages, question by question."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.answering.reply import Utterance
from bot.chinese.normalise import normalise

LONGEST_ANSWER = 40  # characters; more is a message of its own
_QUESTION = re.compile(r"[?？]|吗$|呢$|怎么办|咋办|会不会|能不能|是不是|为什么|要不要")


@dataclass(frozen=True, slots=True)
class Gathered:
    """The message that began it, and the answers given since by the fact they are about.

    ``added`` says whether the newest message belongs to it.
    """

    told: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    added: bool = False

    def answer(self, fact: str) -> str | None:
        """The last answer about a fact."""
        return next((said for about, said in reversed(self.answers) if about == fact), None)


def gathered(
    context: Sequence[Utterance],
    text: str,
    begins: Callable[[str], str | None],
    questions: Mapping[str, str],
    fits: Callable[[str, str], bool],
) -> Gathered:
    """Everything told since the last beginning.

    ``begins`` gives the words with which a message begins it, if it does; ``questions`` are ours,
    by the fact they ask for, and ``fits`` says whether words can be the answer about a fact.
    """
    asked, so_far = "", Gathered()
    for each in (*context, Utterance("user", text)):
        plain = normalise(each.text)
        if each.role == "assistant":
            asked = plain
            continue
        so_far = _heard(so_far, plain, _fact_asked(asked, questions), begins, fits)
        asked = ""
    return so_far


def _heard(
    so_far: Gathered,
    plain: str,
    fact: str | None,
    begins: Callable[[str], str | None],
    fits: Callable[[str, str], bool],
) -> Gathered:
    if (words := begins(plain)) is not None:
        return Gathered(words, (), added=True)
    is_short = len(plain) <= LONGEST_ANSWER and not _QUESTION.search(plain)
    if so_far.told and fact and is_short and fits(fact, plain):
        return Gathered(so_far.told, (*so_far.answers, (fact, plain)), added=True)
    return Gathered(so_far.told, so_far.answers, added=False)


def _fact_asked(asked: str, questions: Mapping[str, str]) -> str | None:
    return next((fact for fact, words in questions.items() if normalise(words) in asked), None)
