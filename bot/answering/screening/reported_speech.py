"""What a collector or the news said: their words, not the borrower's."""

from bot.answering.screening.concept import Concept, Lexicon


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
            said = self._quoted.blank(said)
        return self._news.blank(said) if self._asks_about_the_news.first(said) else said
