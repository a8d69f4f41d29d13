"""Assemble the answer from the best entries: what helps now first, then the lines that fit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.answering.composing.answerable import Answerable
from bot.answering.composing.basis import article_label
from bot.answering.composing.choose import Choice, choose
from bot.answering.composing.glosses import Glosses
from bot.answering.composing.lines import Section
from bot.answering.composing.reminders import Reminders
from bot.answering.composing.rests_on import RestsOn
from bot.answering.composing.shelf import Shelf
from bot.answering.composing.show import said_once, show
from bot.answering.composing.worries_told import (
    citations_of,
    entries_with,
    lines_for,
    with_room_for,
)
from bot.answering.composing.worth import Worth
from bot.answering.reply import Status
from bot.answering.retrieval.retriever import Hit
from bot.answering.thinking import think
from bot.answering.turn import Draft, Turn
from bot.answering.understanding.article_question import asks_for_article, asks_for_document
from bot.answering.understanding.worries import Worries
from bot.knowledge.entry import Citation, Entry
from bot.knowledge.instrument import Instrument, InstrumentKind
from bot.knowledge.library import Library
from bot.knowledge.vocabulary import Language, LenderType
from bot.knowledge.worry import Worry
from bot.wording import Wording

# Below this chance the knowledge does not cover the question. Low on purpose: to refuse somebody who
# could have been helped is worse here than to answer beside the point; bench/RESULTS.md has the curve.
# Up to the second the answer begins by saying that it may not be what was meant.
ANSWER_FLOOR, SURE = 0.03, 0.06
# What may be on another matter is answered where the answer is likelier than that; where that is the
# likelier by far, only what was found for sure.
MAYBE_STRANGE, STRANGE, FOUND = 0.1, 0.5, 0.9
# Characters that say too little to be told that they are on another matter.
FEW, FEW_IN_ENGLISH = 7, 18
# An entry answers where a provision was found first if it is nearly as good.
ANSWERS_AT = 0.6
# Characters for the lines under the conclusion: one phone screen in all.
ROOM = 244
ROOM_EACH_OF_SEVERAL = 150
ROOM_IN_BRIEF = 70  # a step or two, where the answer before was too long
MOST_PROVISIONS = 2
# An English answer has no lines to choose from: so many sources of the best entry, which names the
# weightiest first, and the conclusion of the next one with so many of its own.
MOST_CITED, MOST_CITED_NEAR = 6, 2
ARTICLE_ROOM = 52  # more than under a conclusion: the provisions stand in it too
OF_PEOPLE = "between_people"  # the reminders where no institution lent: none takes a complaint


@dataclass(frozen=True, slots=True)
class Part:
    """The answer to one of the questions."""

    text: str
    more: str
    entries: tuple[str, ...]
    citations: tuple[Citation, ...]
    confidence: float
    provisions: tuple[str, ...] = ()


class Compose:
    """Word an answer without a language model."""

    def __init__(
        self,
        library: Library,
        wording: Wording,
        reminders: Reminders,
        glosses: Glosses,
        shelf: Shelf | None = None,
    ) -> None:
        self._library = library
        self._wording = wording
        self._reminders = reminders
        self._glosses = glosses
        self._answerable = Answerable.load()
        self._worth = Worth.load()
        self._shelf = shelf or Shelf(library)
        self._worries = Worries(library)
        self._rests_on = RestsOn(library, self._shelf)

    async def __call__(self, turn: Turn) -> Turn:
        """The turn with an assembled draft, or one that says nothing is known."""
        return await think(self._composed, turn)

    def _composed(self, turn: Turn) -> Turn:
        assert turn.understanding is not None
        questions = turn.understanding.questions
        room = ROOM if len(questions) == 1 else ROOM_EACH_OF_SEVERAL
        room = ROOM_IN_BRIEF if turn.understanding.brief else room
        parts: list[Part] = []
        for question, hits in zip(questions, turn.found, strict=True):
            told = {entry for part in parts for entry in part.entries}
            part = self._part(question, hits, room, turn)
            if part and not told.issuperset(part.entries or ("",)):
                parts.append(part)
        if turn.understanding.more:
            parts = [self._in_full(part, turn.language) for part in parts]
        return replace(turn, draft=self._join(parts, turn))

    def _in_full(self, part: Part, language: Language) -> Part:
        """What was kept back, in place of what was told; all of it again where nothing was."""
        if not part.more:
            return part
        heading = self._wording.say("in_full", language)
        title = self._library.entry[part.entries[0]].title
        return replace(part, text=f"**{heading.format(title=title)}**\n\n{part.more}", more="")

    def _join(self, parts: Sequence[Part], turn: Turn) -> Draft:
        if not parts:
            return self._nothing_found(turn)
        return Draft(
            Status.ANSWERED,
            text="\n\n".join(part.text for part in parts),
            more="\n".join(part.more for part in parts if part.more),
            entries=tuple(dict.fromkeys(e for part in parts for e in part.entries)),
            provisions=tuple(dict.fromkeys(p for part in parts for p in part.provisions)),
            citations=tuple(dict.fromkeys(c for part in parts for c in part.citations)),
            confidence=min(part.confidence for part in parts),
        )

    def _nothing_found(self, turn: Turn) -> Draft:
        """That nothing is known; a few words with nothing before them may be of any matter."""
        off_topic = _off_topic(turn)
        few = len(turn.text) <= (FEW_IN_ENGLISH if turn.text.isascii() else FEW)
        if few and off_topic < STRANGE and not (turn.context or turn.early):
            return Draft(Status.CLARIFY, self._wording.say("which_matter", turn.language))
        key = "other_matter" if floor(off_topic) > ANSWER_FLOOR else "no_source"
        return Draft(Status.NO_SOURCE, self._wording.say(key, turn.language))

    def _part(self, question: str, hits: Sequence[Hit], room: int, turn: Turn) -> Part | None:
        language = turn.language
        if asks_for_article(question):
            article = self._article_in_english if language is Language.ENGLISH else self._article
            if part := article(question, hits, room):
                return part
        chance = self._answerable(question, hits[0]) if hits else 0.0
        known = self._is_known(question, hits)
        if chance < floor(_off_topic(turn)) and not known:
            return None
        if not any(self._shelf.has(hit.passage.id) for hit in self._near(hits)):
            return self._from_provision(hits[0])
        choosing = partial(choose, question, hits, self._shelf, self._worth)
        main = self._library.entry[self._best(hits)]
        worries = self._worries.beside(question, main.id)
        if language is Language.ENGLISH:
            part = self._in_english(main, choosing(room), worries, chance)
        else:
            choice, left = with_room_for(worries, choosing, room)
            part = self._from_entries(main, choice, left, chance)
        return part if known or chance >= SURE else self._unsure(part, language)

    def _best(self, hits: Sequence[Hit]) -> str:
        return next(hit.passage.id for hit in hits if self._shelf.has(hit.passage.id))

    def _unsure(self, part: Part, language: Language) -> Part:
        return replace(part, text=f"{self._wording.say('unsure', language)}\n\n{part.text}")

    def _is_known(self, question: str, hits: Sequence[Hit]) -> bool:
        """Whether the best entry lists these very words: short as they are, somebody reviewed them."""
        best = self._library.entry.get(hits[0].passage.id) if hits else None
        return best is not None and best.lists(question)

    def _near(self, hits: Sequence[Hit]) -> list[Hit]:
        return [hit for hit in hits if hit.score >= ANSWERS_AT * hits[0].score]

    def _article(self, question: str, hits: Sequence[Hit], room: int) -> Part | None:
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

    def _article_in_english(self, question: str, hits: Sequence[Hit], room: int) -> Part | None:
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

    def _from_entries(
        self, main: Entry, choice: Choice, worries: Sequence[Worry], confidence: float
    ) -> Part:
        shown = (*lines_for(worries), *choice.shown)
        told = said_once(f"**{main.short_answer}**\n\n{show(shown)}")
        reminder = self._reminders(_kind(main), told)
        return Part(
            text=f"{told}\n· {reminder}" if reminder else told,
            more=show(choice.rest),
            entries=entries_with(choice.entries, worries),
            citations=(*self._rests_on(choice, told), *citations_of(worries)),
            confidence=confidence,
        )

    def _from_provision(self, hit: Hit) -> Part:
        said, name = self._named(hit)
        text = f"**{said}**\n\n这是{name}的意思。拿不准怎么用，可以打 12348 免费咨询。"
        return Part(text, "", (), (), hit.score, (hit.passage.id,))

    def _law(self, hit: Hit) -> Instrument | None:
        """The instrument of a provision found; none for a statute that the operator took in."""
        return self._library.instrument.get(hit.passage.id.partition(":")[0])

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

    def _in_english(
        self, main: Entry, choice: Choice, worries: Sequence[Worry], confidence: float
    ) -> Part:
        if main.english is None:
            note = self._wording.say("no_english", Language.ENGLISH)
            text = f"{note}\n\n**{main.short_answer}**\n\n{show(choice.shown)}"
            citations = self._rests_on(choice, text)
            return Part(text, show(choice.rest), choice.entries, citations, confidence)
        steps = "\n".join(f"{n}. {step}" for n, step in enumerate(main.english.steps, 1))
        told = [f"**{main.english.short_answer}**", steps]
        told += [f"· {each.says_en}" for each in worries]
        entries = [*entries_with((main.id,), worries)]
        citations = (*main.citations[:MOST_CITED], *citations_of(worries))
        near = () if worries else choice.found[1:2]
        for other in (self._library.entry[each] for each in near):
            if other.english is not None:
                told.append(f"· {other.english.short_answer}")
                entries.append(other.id)
                citations += other.citations[:MOST_CITED_NEAR]
        words = "\n\n".join(filter(None, told))
        if reminder := self._reminders(_kind(main), words, Language.ENGLISH):
            words += f"\n\n· {reminder}"
        return Part(self._glosses(words), "", tuple(entries), citations, confidence)


def floor(other: float) -> float:
    """The chance below which the knowledge does not cover what may be another matter."""
    if other < MAYBE_STRANGE:
        return ANSWER_FLOOR
    return FOUND if other >= STRANGE else other


def _off_topic(turn: Turn) -> float:
    return turn.screening.off_topic if turn.screening else 0.0


def _headed(lines: Sequence[str]) -> str:
    return "\n".join([f"**{lines[0]}**", "", *(f"· {each}" for each in lines[1:])])


def _kind(entry: Entry) -> str:
    """Which reminders an answer led by the entry gets."""
    return OF_PEOPLE if _among_people(entry) else entry.topic


def _rests_on_another(entry: Entry, provisions: Sequence[str]) -> bool:
    """Whether an entry rests on a rule whose articles are not known, and on none of these provisions."""
    cited = {f"{each.instrument}:{each.article}" for each in entry.citations}
    return any(each.article is None for each in entry.citations) and cited.isdisjoint(provisions)


def _among_people(entry: Entry) -> bool:
    return set(entry.lender_types) <= {LenderType.PRIVATE, LenderType.ILLEGAL}
