"""What a collector or the news said: their words, not the borrower's."""

import re

from bot.answering.screening.concept import Concept, Lexicon

# Who collects, then a word of saying, then what was said, to the end of the clause.
_COLLECTOR_SAYS = re.compile(
    r"(?:催收|催债|讨债|要债|要账|收账|放贷|放款|高利贷|债主|对方|他们|客服|业务员|平台|法务|短信|微信|私信|电话里)"
    r"[^,。!?;\n]{0,12}?(?:说|骂|讲|威胁|恐吓|吼|喊|咒|扬言|放话|警告|诅咒|发来|写着|写|问)(?!的|得|话|过|明)"
    r"[^,。!?;\n]*"
)
_SAID_BY_ME = re.compile(
    r"[让逼害弄搞骂催]得?我[^,。!?]{0,6}(?:不想活|想死|想跳|活不|崩|疯)"
    r"|我(?:真|真的|都|就|也|已经)?(?:不想活|想死|想跳|活不下去|撑不)"
)


class ReportedSpeech:
    """Threats and news that somebody repeats in order to ask about them.

    Repeated without such a question they may have struck home, and are left in the text.
    """

    def __init__(self, words: Lexicon) -> None:
        self._quoted = Concept.of(words, "quoted", "said_by_collector")
        self._asks_about_words = Concept(words["asks_about_words"])
        self._news = Concept(words["reported"])
        self._asks_about_the_news = Concept(words["asks_about_the_news"])

    def blank(self, said: str) -> str:
        """The text without the words of others that it asks about."""
        if self._asks_about_words.first(said):
            said = _COLLECTOR_SAYS.sub(_unless_mine, self._quoted.blank(said))
        return self._news.blank(said) if self._asks_about_the_news.first(said) else said


def _unless_mine(clause: re.Match[str]) -> str:
    return clause[0] if _SAID_BY_ME.search(clause[0]) else "□"
