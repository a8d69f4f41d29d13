"""The question before, asked of another lender or put right: “那网贷呢”, “不是花呗，是借呗”."""

import re
from collections.abc import Sequence

from bot.answering.understanding.creditors import CreditorNames
from bot.answering.understanding.words import any_of

# What may stand around a lender's name in a message that says nothing else.
_AROUND = re.compile(
    r"那|么|如果|要是|假如|换成|换|改成|就|也|是|的|呢|话|我|欠|借|钱|用|问|说|都|一样|怎么样|怎么|行|吗|啊|呀|了|银行"
    r"|\b(?:and|what|how|about|if|it|it'?s|is|a|an|the|my|for|from|with|same|then|but|in|case|of)\b|[\s,，。.!！?？:：]",
    re.IGNORECASE,
)
_PUT_RIGHT = (
    re.compile(
        r"(?<![是会])(?:不是|\bnot)\s*(?P<wrong>[^,，。;；是]{1,16}?)[\s,，。;；]+(?:我(?:说|问|欠|借)的)?(?:而?是|it'?s|but)\s*"
        r"(?P<right>[^,，。;；?？]{1,20})",
        re.IGNORECASE,
    ),
    re.compile(
        r"\bnot (?:my |the |a )?(?P<wrong>[a-z0-9 ]{2,24}?)[,;.]+ ?(?:it'?s |but |my |the |a )*"
        r"(?P<right>[a-z0-9 ]{2,24})",
        re.IGNORECASE,
    ),
    re.compile(
        r"是(?P<right>[^,，。;；?？是]{1,16})[\s,，。;；]*不是(?P<wrong>[^,，。;；?？]{1,16})"
    ),
    re.compile(
        r"(?P<wrong>)(?:[说搞打写弄记]错了|^错了|^[哦噢啊呃]?[\s,，]*不对|更正(?:一下)?|纠正(?:一下)?|我(?:说|问)的是"
        r"|\bi meant?|\bsorry|\bcorrection|\bactually)[\s,，。:：]*(?:应该)?(?:是|it'?s )?(?:my |an? |the )?\s*"
        r"(?P<right>[^,，。;；?？]{2,20})",
        re.IGNORECASE,
    ),
)
LONGEST_CORRECTION = 30  # characters in Chinese: a longer message tells something else


class OtherLender:
    """Puts another lender, or the right word, into the question before."""

    def __init__(self, names: CreditorNames, kinds: Sequence[str]) -> None:
        self._names = names
        self._kinds = any_of(kinds)

    def __call__(self, text: str, subject: str) -> str | None:
        """The question before with its lender changed, where that is all a message asks for."""
        if len(text) <= LONGEST_CORRECTION or text.isascii():
            for pattern in _PUT_RIGHT:
                if found := pattern.search(text):
                    return self._put_right(found["wrong"].strip(), found["right"].strip(), subject)
        if (lender := self.named_in(text)) and not _AROUND.sub("", self._without(text)):
            return self._asked_of(lender, subject)
        return None

    def named_in(self, text: str) -> str:
        """The lenders and kinds of lender in a text, as they are called there."""
        kinds = (match.group() for match in self._kinds.finditer(self._names.without(text)))
        return " ".join(dict.fromkeys((*self._names.called_in(text), *kinds)))

    def _put_right(self, wrong: str, right: str, subject: str) -> str | None:
        if wrong and wrong in subject:
            return subject.replace(wrong, right)
        return self._asked_of(right, subject) if self.named_in(right) else None

    def _asked_of(self, lender: str, subject: str) -> str:
        """The subject with another lender where it named one, else behind it."""
        named = (*self._names.called_in(subject), *self._kinds.findall(subject))
        place = min((subject.casefold().find(each.casefold()) for each in named), default=0)
        before, after = self._without(subject[:place]), self._without(subject[place:])
        if subject.isascii():
            return " ".join(filter(None, (before.strip(), lender, after.strip())))
        return f"{before}{lender}{after}"

    def _without(self, text: str) -> str:
        return self._kinds.sub("", self._names.without(text))
