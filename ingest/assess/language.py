"""Which of the languages that answers are in a text is written in, if any."""

import re
from collections.abc import Iterator

from bot.chinese.scripts import script_of
from bot.knowledge.vocabulary import Language
from ingest.intake import Code, Concern, Document

HAN = re.compile(r"[\u3400-\u9fff]")
KANA = re.compile(r"[\u3040-\u30ff]")
OTHER_LETTERS = re.compile(r"[^\W\d_a-zA-Z\u3040-\u30ff\u3400-\u9fff\U00020000-\U0002ffff]")
ENGLISH = re.compile(
    r"\b(?:the|and|to|of|you|your|an?|is|are|in|on|for|not|no|can|may|that|this|they|it|or|if|with|by|at|from|be|as|has|have|do|will|before|after|what|who|when|never|only|their|his|her|me|my|i)\b",
    re.IGNORECASE,
)
WORD = re.compile(r"[a-zA-Z]+")
FEWEST = 10  # letters: below, a name in another script decides nothing
FEWEST_WORDS = 12  # below, an English line may do without any of its common words
KANA_SHARE = 0.1
OTHER_SHARE = 0.06  # letters with signs on them make up more than this of Vietnamese or German
ENGLISH_SHARE = 0.08  # of the words; every English paragraph has more of them


def language_of(text: str) -> Language | None:
    """The language of a text; nothing for one that no answer is given in.

    >>> language_of("催收の電話が毎日かかってきます"), language_of("Collectors may not call")
    (None, None)
    """
    han, kana, other = (len(each.findall(text)) for each in (HAN, KANA, OTHER_LETTERS))
    words = WORD.findall(text)
    letters = han + kana + other + sum(map(len, words))
    if letters < FEWEST:
        return Language(script_of(text))
    if kana > KANA_SHARE * (han + kana) or other > OTHER_SHARE * letters:
        return None
    language = Language(script_of(text))
    if language is Language.ENGLISH:
        common = len(ENGLISH.findall(text))
        enough = len(words) < FEWEST_WORDS or common >= ENGLISH_SHARE * len(words)
        return language if enough else None
    return language


def language_concerns(document: Document) -> Iterator[Concern]:
    """A concern for each paragraph in a language that no answer is given in."""
    for block in document.blocks:
        if language_of(block.text) is None:
            reason = "is in a language that is not served"
            yield Concern(Code.LANGUAGE, block.line, reason, block.text[:40])
