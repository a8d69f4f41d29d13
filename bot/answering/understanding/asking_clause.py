"""The clauses of a message that ask: behind a long story they say what it comes to."""

import re

from bot.answering.understanding.points_back import names_no_matter
from bot.answering.understanding.questions import asks

FEWEST, FEWEST_IN_ENGLISH = 7, 16  # characters: less says too little by itself
_ENDS = re.compile(r"[，,。；;！!？?：:\n]+|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])|\.\s+")
# Asked of the whole story; by themselves they are about anything.
_OF_THE_STORY = re.compile(
    r"是不是(?:骗|真|假)|(?:什么|啥)(?:后果|意思|用|道理)|注意(?:什么|啥)|(?:该|要|得)(?:怎么办|咋办)|信(?:谁|哪个)|靠谱吗"
    r"|真的(?:假的|吗)|what now|what next|is (?:it|this|that) (?:a scam|true|real)",
    re.IGNORECASE,
)


def asking_clauses(text: str) -> tuple[str, ...]:
    """The clauses that ask something of their own; none where the message is a single clause.

    >>> asking_clauses("好累啊，打三份工还是差四百，可以申请延后几天吗")
    ('可以申请延后几天吗',)
    >>> asking_clauses("他说是派出所的，是不是骗人的"), asking_clauses("征信怎么查")
    ((), ())
    """
    clauses = [each.strip() for each in _ENDS.split(text) if each and each.strip()]
    if len(clauses) < 2:
        return ()
    return tuple(each for each in clauses if _asks_of_its_own(each))


def _asks_of_its_own(clause: str) -> bool:
    fewest = FEWEST_IN_ENGLISH if clause.isascii() else FEWEST
    about_all = names_no_matter(clause) or _OF_THE_STORY.search(clause)
    return len(clause) >= fewest and asks(clause) and not about_all
