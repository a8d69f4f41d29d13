"""Word an answer from the provisions found: who asks for an article gets it, with what entries say of it."""

from collections.abc import Sequence

from bot.answering.composing.basis import article_label
from bot.answering.composing.choose import choose
from bot.answering.composing.glosses import Glosses
from bot.answering.composing.lines import Section
from bot.answering.composing.part import Part
from bot.answering.composing.rests_on import MOST_CITED, RestsOn
from bot.answering.composing.shelf import Shelf
from bot.answering.composing.show import said_once, show
from bot.answering.composing.worth import Worth
from bot.answering.retrieval.provisions import law_of
from bot.answering.retrieval.retriever import Hit
from bot.answering.understanding.article_question import asks_for_document
from bot.knowledge.entry import Entry
from bot.knowledge.instrument import Instrument, InstrumentKind
from bot.knowledge.library import Library
from bot.knowledge.vocabulary import Language

MOST_PROVISIONS = 2
ARTICLE_ROOM = 62  # more than under a conclusion: the provisions stand in it too


class FromProvisions:
    """The provisions of an answer, by the names their readers know."""

    def __init__(
        self, library: Library, shelf: Shelf, worth: Worth, glosses: Glosses, rests_on: RestsOn
    ) -> None:
        self._library = library
        self._shelf = shelf
        self._worth = worth
        self._glosses = glosses
        self._rests_on = rests_on

    def __call__(
        self, question: str, hits: Sequence[Hit], room: int, language: Language
    ) -> Part | None:
        """The answer to a question for an article; none where no provision, or a wrong one, was found."""
        told = self._in_english if language is Language.ENGLISH else self._in_chinese
        return told(question, hits, room)

    def alone(self, hit: Hit) -> Part:
        """A provision where no entry is near."""
        said, name = self._named(hit)
        text = f"**{said}**\n\n这是{name}的意思。拿不准怎么用，可以打 12348 免费咨询。"
        return Part(text, "", (), (), hit.score, (hit.passage.id,))

    def _in_chinese(self, question: str, hits: Sequence[Hit], room: int) -> Part | None:
        """The best provisions found, then what the best entries say with their articles."""
        provisions = self._provisions(hits)[:MOST_PROVISIONS]
        if not provisions:
            return None
        told = [f"{name}：{said}" for said, name in map(self._numbered, provisions)]
        ids = tuple(hit.passage.id for hit in provisions)
        if not any(self._shelf.has(hit.passage.id) for hit in hits):
            return Part(_headed(told), "", (), (), provisions[0].score, ids)
        room += ARTICLE_ROOM - sum(map(len, told))
        choice = choose(question, hits, self._shelf, self._worth, room)
        main = self._library.entry[choice.entries[0]]
        if asks_for_document(question) and _rests_on_another(main, ids):
            return None
        advice = main.short_answer
        reasons = [line for line in choice.shown if line.section is not Section.STEP]
        # A provision that no entry found with it rests on is less likely the one that was meant.
        first = [*told, advice] if choice.knows(ids[0]) else [advice, *told]
        text = said_once(f"{_headed(first)}\n{show(reasons, with_articles=True)}".strip())
        citations = self._rests_on(choice, text)
        return Part(text, "", choice.entries, citations, provisions[0].score, ids)

    def _in_english(self, question: str, hits: Sequence[Hit], room: int) -> Part | None:
        """The same for a reader of English: the articles by both names, and the best conclusion."""
        provisions = self._provisions(hits)
        if not provisions or not all(
            hit.passage.language is Language.ENGLISH for hit in provisions
        ):
            return None
        told = [self._named_in_english(hit) for hit in provisions]
        ids = tuple(hit.passage.id for hit in provisions)
        if not any(self._shelf.has(hit.passage.id) for hit in hits):
            return Part(_headed(told), "", (), (), provisions[0].score, ids)
        choice = choose(question, hits, self._shelf, self._worth, room)
        main = self._library.entry[choice.entries[0]]
        advice = [main.english.short_answer] if main.english else []
        text = self._glosses(
            _headed([*told, *advice] if choice.knows(ids[0]) else [*advice, *told])
        )
        citations = main.citations[:MOST_CITED]
        return Part(text, "", (main.id,), citations, provisions[0].score, ids)

    def _named_in_english(self, hit: Hit) -> str:
        law = self._law(hit)
        assert law is not None
        _, _, article = hit.passage.id.partition(":")
        _, chinese = self._numbered(hit)
        return f"{law.english}, Article {article} ({chinese}): {hit.passage.text}"

    def _provisions(self, hits: Sequence[Hit]) -> list[Hit]:
        return [hit for hit in hits if not self._shelf.has(hit.passage.id)]

    def _law(self, hit: Hit) -> Instrument | None:
        """The instrument of a provision found; none for a statute that the operator took in."""
        return self._library.instrument.get(law_of(hit))

    def _named(self, hit: Hit) -> tuple[str, str]:
        """What a provision says, and what it is called."""
        instrument = self._law(hit)
        _, _, article = hit.passage.id.partition(":")
        provision = instrument.provision(article) if instrument else None
        if instrument is None or provision is None:  # a statute that the operator took in
            return hit.passage.text, f"{hit.passage.title}{' '.join(hit.passage.heading)}"
        return provision.paraphrase, instrument.short_name + article_label(article)

    def _numbered(self, hit: Hit) -> tuple[str, str]:
        """The same, with the number by which an interpretation of the courts is known."""
        said, name = self._named(hit)
        law = self._law(hit)
        if law is None or law.kind is not InstrumentKind.INTERPRETATION or law.number is None:
            return said, name
        return said, name.replace(law.short_name, f"{law.short_name}（{law.number}）", 1)


def _headed(lines: Sequence[str]) -> str:
    return "\n".join([f"**{lines[0]}**", "", *(f"· {each}" for each in lines[1:])])


def _rests_on_another(entry: Entry, provisions: Sequence[str]) -> bool:
    """Whether an entry rests on a rule whose articles are not known, and on none of these provisions."""
    cited = {f"{each.instrument}:{each.article}" for each in entry.citations}
    return any(each.article is None for each in entry.citations) and cited.isdisjoint(provisions)
