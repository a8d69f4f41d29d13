"""What a message asks in its talk: a branch taken, more of the same, another lender, or a follow-up."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.reply import Utterance
from bot.answering.understanding.forks import Forks
from bot.answering.understanding.greeting import is_acknowledgement, is_greeting
from bot.answering.understanding.other_language import in_language_of
from bot.answering.understanding.other_lender import OtherLender
from bot.answering.understanding.points_back import names_no_matter, points_back
from bot.answering.understanding.questions import complete, is_short, leans_on_context, separate
from bot.answering.understanding.wanted_again import (
    step_meant,
    wants_it_again,
    wants_it_brief,
    wants_more,
)
from bot.chinese.normalise import simplified
from bot.knowledge.vocabulary import Language

FEWEST_LEFT = 4  # characters of a question behind “换个话题”
_TURNS_AWAY = re.compile(
    r"^(?:对了|哦对|(?:先)?不说这个了?|换个?(?:话题|问题)|(?:我)?(?:另外|还想?|再|顺便)?(?:问|请教)"
    r"(?:一下|一个|一句|下|个)?(?:别的|其他的?)?(?:事|问题)?"
    r"|by the way|another question|different (?:question|topic)|new question)[\s,，。:：、!！]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Thread:
    """The talk so far: the last question that stands alone, what was said after it, the last answer."""

    subject: str = ""
    since: str = ""
    told: str = ""

    @property
    def whole(self) -> str:
        """What is being asked about, complete in itself."""
        return f"{self.subject} {self.since}".strip()


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of a message, each complete in itself; ``or_else`` are other ways to read a single one.

    ``chosen``: it took a branch of the fork asked last; ``more``: it wants more of the last answer,
    ``brief``: less of it; ``follows``: it may stand on what was said before.
    """

    questions: tuple[str, ...]
    or_else: tuple[str, ...] = ()
    chosen: bool = False
    more: bool = False
    brief: bool = False
    follows: bool = False


class FollowUp:
    """Reads a message in its talk."""

    def __init__(self, forks: Forks, other_lender: OtherLender) -> None:
        self._forks = forks
        self._other_lender = other_lender

    def thread(self, context: Sequence[Utterance], language: Language) -> Thread:
        """The thread of what was said so far."""
        thread = Thread()
        for said in context:
            text = simplified(said.text)
            if said.role == "assistant":
                thread = Thread(thread.subject, thread.since, text)
            elif (
                not _says_nothing(text, thread) and not (asked := self(text, thread, language)).more
            ):
                follows = asked.follows and bool(thread.subject)
                last = text if follows else asked.questions[-1]
                thread = Thread(thread.subject, last) if follows else Thread(last)
        return thread

    def __call__(self, text: str, thread: Thread, language: Language) -> Asked:
        """What a message asks."""
        if taken := self._forks.taken(text, thread.told, language):
            return Asked((taken,), chosen=True)
        if not thread.subject:
            return Asked(complete(separate(text), ""))
        step = step_meant(text, thread.told)
        if step:
            return Asked((f"{step} {text}",), follows=True)
        if step is not None or wants_more(text):
            return Asked((thread.whole,), or_else=nearer(thread), more=True)
        if wants_it_again(text) or wants_it_brief(text):
            brief = wants_it_brief(text)
            return Asked((thread.whole,), or_else=nearer(thread), brief=brief)
        if other := self._other_lender(text, thread.whole):
            return Asked((other,))
        turned = _TURNS_AWAY.match(text)
        if turned and len(text) - turned.end() >= FEWEST_LEFT:
            return Asked(complete(separate(text[turned.end() :]), ""))
        return self._led_on(separate(in_language_of(thread.whole, text)), thread)

    def _led_on(self, questions: Sequence[str], thread: Thread) -> Asked:
        """Questions behind others: what leans gets its subject, what is short may need it."""
        first = questions[0]
        leans = leans_on_context(first)
        completed = complete(questions, thread.whole)
        if len(questions) > 1 or not (leans or is_short(first)):
            return Asked(completed, follows=leans)
        lender = self._other_lender.named_in(thread.whole)
        backgrounds = [thread.whole, *nearer(thread), lender]
        if names_no_matter(first):
            completed = (f"{thread.whole} {first}",)
        else:
            backgrounds.append("")
        or_else = (f"{each} {first}".strip() for each in backgrounds)
        others = tuple(each for each in dict.fromkeys(or_else) if each != completed[0])
        return Asked(completed, others, follows=True)


def _says_nothing(text: str, thread: Thread) -> bool:
    """Whether a message leaves the thread as it was."""
    bare = not text.strip() or is_greeting(text) or is_acknowledgement(text)
    return bare or (not thread.subject and points_back(text))


def nearer(thread: Thread) -> tuple[str, ...]:
    """The parts of a thread by themselves, where it has two."""
    return (thread.since, thread.subject) if thread.since else ()


def told_last(context: Sequence[Utterance]) -> str:
    """The last answer of a talk, in simplified characters."""
    last = next((said.text for said in reversed(context) if said.role == "assistant"), "")
    return simplified(last)
