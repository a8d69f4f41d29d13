"""Split a message into its questions, and complete a follow-up from the conversation."""

import re
from collections.abc import Sequence

MOST_QUESTIONS = 3

_ENDS = re.compile(r"(?<=[?？])\s*|\n+\s*(?:\d+[.、)]\s*)?")
_LEANS = re.compile(
    r"^(那|那么|然后|如果|要是|万一|假如|还有|另外|它|他们|她们|他|这个|这样|这种|这|多久|多少|几天|"
    r"为什么|为啥|真的|可以吗|行吗|能吗|怎么写|怎么办|在哪|去哪|谁|and|what if|then|how long|but|so|why|it|they)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"[?？]|怎么|咋|吗|嘛|么|呢|如何|多少|多久|几天|能不能|可不可以|会不会|是不是|要不要|有没有|该不该|"
    r"为什么|为啥|哪|谁|啥|what|how|can|do|does|will|should|is |are ",
    re.IGNORECASE,
)
SHORT, SHORT_IN_ENGLISH = 14, 40  # characters
VERY_SHORT, VERY_SHORT_IN_ENGLISH = 10, 30


def separate(text: str) -> tuple[str, ...]:
    """The separate questions of a message, at most three; a story stays with its question.

    >>> separate("分期乐上门是真的吗？他们真的会去吗？")
    ('分期乐上门是真的吗？', '他们真的会去吗？')
    """
    parts = [part.strip() for part in _ENDS.split(text) if part and part.strip()]
    questions: list[str] = []
    story = ""
    for part in parts:
        whole = f"{story} {part}".strip()
        if asks(part):
            questions.append(whole)
            story = ""
        else:
            story = whole
    if story:
        questions = [*questions[:-1], f"{questions[-1]} {story}"] if questions else [story]
    if len(questions) > MOST_QUESTIONS:
        questions = [*questions[: MOST_QUESTIONS - 1], " ".join(questions[MOST_QUESTIONS - 1 :])]
    return tuple(questions)


def asks(text: str) -> bool:
    """Whether a text asks something.

    >>> asks("会坐牢吗"), asks("是法院寄来的")
    (True, False)
    """
    return bool(_ASKS.search(text))


def leans_on_context(question: str) -> bool:
    """Whether a question needs what was said before to be understood.

    >>> leans_on_context("那要多久"), leans_on_context("我不去呢"), leans_on_context("信用卡逾期会坐牢吗")
    (True, True, False)
    """
    bare = question.strip(" ?？。，,!！~")
    if len(bare) > (SHORT_IN_ENGLISH if bare.isascii() else SHORT):
        return False
    return len(bare) <= 3 or bare.endswith("呢") or bool(_LEANS.match(bare))


def is_short(question: str) -> bool:
    """Whether a question says so little that it may need what was said before."""
    bare = question.strip(" ?？。，,!！~")
    return len(bare) <= (VERY_SHORT_IN_ENGLISH if bare.isascii() else VERY_SHORT)


def complete(questions: Sequence[str], subject: str) -> tuple[str, ...]:
    """Each question with the words it leans on put before it: the subject of the talk, or the first."""
    completed: list[str] = []
    for question in questions:
        background = completed[0] if completed else subject
        leaning = background and leans_on_context(question)
        completed.append(f"{background} {question}" if leaning else question)
    return tuple(completed)
