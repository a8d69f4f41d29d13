"""Assemble the answer from the best entries: what helps now first, then the lines that fit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answering.composing.answerable import Answerable
from bot.answering.composing.basis import article_label, without_citation
from bot.answering.composing.lines import Line, Relevance, Section, choose, lines_of
from bot.answering.composing.reminders import Reminders
from bot.answering.reply import Status
from bot.answering.retrieval.retriever import Hit
from bot.answering.turn import Draft, Turn
from bot.answering.understanding.article_question import asks_for_article
from bot.knowledge.entry import Entry
from bot.knowledge.library import Library
from bot.knowledge.mentions import ArticleMentions
from bot.knowledge.vocabulary import Language
from bot.wording import Wording

# Below this chance the knowledge does not cover the question. Low on purpose: to refuse somebody who
# could have been helped is worse here than to answer beside the point; bench/RESULTS.md has the curve.
ANSWER_FLOOR = 0.05
# A second entry lends lines when it is nearly as good as the first.
JOINS_AT = 0.6
JOINS_PRODUCT_AT = 0.2
# Characters for the lines under the conclusion: one phone screen in all.
ROOM = 280
ROOM_EACH_OF_SEVERAL = 150


@dataclass(frozen=True, slots=True)
class Part:
    """The answer to one of the questions."""

    text: str
    more: str
    entries: tuple[str, ...]
    provisions: tuple[str, ...]
    cited: tuple[tuple[str, str], ...]
    confidence: float


class Compose:
    """Word an answer without a language model."""

    def __init__(self, library: Library, wording: Wording, reminders: Reminders) -> None:
        self._library = library
        self._wording = wording
        self._reminders = reminders
        self._answerable = Answerable.load()
        self._mentions = ArticleMentions(library.instruments)
        self._relevance = Relevance(
            line.text for entry in library.entries for line in lines_of(entry)
        )

    async def __call__(self, turn: Turn) -> Turn:
        """The turn with an assembled draft, or one that says nothing is known."""
        assert turn.understanding is not None
        questions = turn.understanding.questions
        room = ROOM if len(questions) == 1 else ROOM_EACH_OF_SEVERAL
        parts: list[Part] = []
        for question, hits in zip(questions, turn.found, strict=True):
            told = {entry for part in parts for entry in part.entries}
            part = self._part(question, hits, room, turn.language)
            if part and not told.issuperset(part.entries or ("",)):
                parts.append(part)
        return replace(turn, draft=self._join(parts, turn))

    def _join(self, parts: Sequence[Part], turn: Turn) -> Draft:
        if not parts:
            words = self._wording.say("no_source", turn.language)
            return Draft(Status.NO_SOURCE, words)
        return Draft(
            Status.ANSWERED,
            text="\n\n".join(part.text for part in parts),
            more="\n".join(part.more for part in parts if part.more),
            entries=tuple(dict.fromkeys(e for part in parts for e in part.entries)),
            provisions=tuple(dict.fromkeys(p for part in parts for p in part.provisions)),
            cited=tuple(dict.fromkeys(pair for part in parts for pair in part.cited)),
            confidence=min(part.confidence for part in parts),
        )

    def _part(
        self, question: str, hits: Sequence[Hit], room: int, language: Language
    ) -> Part | None:
        if asks_for_article(question) and (part := self._article(hits)):
            return part
        chance = self._answerable(question, hits[0]) if hits else 0.0
        if chance < ANSWER_FLOOR:
            return None
        entries = self._near(hits)
        if not entries:
            return self._from_provision(hits[0])
        if language is Language.ENGLISH:
            return self._in_english(entries[0], chance)
        return self._from_entries(question, entries[:2], room, chance)

    def _near(self, hits: Sequence[Hit]) -> list[Entry]:
        """The best entry, and those of other topics good enough to lend it lines.

        A near entry of the same topic is more often another situation than another half of the
        question: the day before a visit, the day after it.

        Beside a product's entry one about the topic is wanted sooner: 白条一直打我家人 is about
        families as much as about 白条.
        """
        best = self._library.entry.get(hits[0].passage.id)
        bar = JOINS_PRODUCT_AT if best is not None and best.creditors else JOINS_AT
        near = (hit.passage.id for hit in hits if hit.score >= bar * hits[0].score)
        entries = [self._library.entry[each] for each in near if each in self._library.entry]
        if best is not None and best.creditors:
            return [best, *(entry for entry in entries if not entry.creditors)]
        return [each for each in entries if each is entries[0] or each.topic != entries[0].topic]

    def _article(self, hits: Sequence[Hit]) -> Part | None:
        """The best provision found, with what the best entry advises."""
        provisions = [hit for hit in hits if hit.passage.id not in self._library.entry]
        advice = [self._library.entry[hit.passage.id] for hit in hits if hit not in provisions]
        if not provisions:
            return None
        part = self._from_provision(provisions[0])
        if not advice:
            return part
        text = f"{part.text}\n\n· {advice[0].short_answer}"
        return replace(part, text=text, entries=(advice[0].id,))

    def _from_entries(
        self, question: str, entries: Sequence[Entry], room: int, confidence: float
    ) -> Part:
        main, *others = entries
        lines = lines_of(main)[1:]
        for other in others:
            conclusion = Line(other.id, Section.WHY, 0, other.short_answer)
            lines = [*lines, conclusion]
        chosen, rest = choose(lines, question, self._relevance, room)
        used = dict.fromkeys([main.id, *(line.entry for line in chosen)])
        told = f"**{main.short_answer}**\n\n{show(chosen)}"
        reminder = self._reminders(main.topic, told)
        return Part(
            text=f"{told}\n· {reminder}" if reminder else told,
            more=show(rest),
            entries=tuple(used),
            provisions=(),
            cited=tuple(pair for line in chosen for pair in self._mentions.in_text(line.text)),
            confidence=confidence,
        )

    def _from_provision(self, hit: Hit) -> Part:
        instrument_id, _, article = hit.passage.id.partition(":")
        instrument = self._library.instrument.get(instrument_id)
        provision = instrument.provision(article) if instrument else None
        if instrument is None or provision is None:  # a statute that the operator took in
            said, name = hit.passage.text, f"{hit.passage.title}{' '.join(hit.passage.heading)}"
        else:
            said, name = provision.paraphrase, instrument.short_name + article_label(article)
        text = f"**{said}**\n\n这是{name}的意思。拿不准怎么用，可以打 12348 免费咨询。"
        return Part(text, "", (), (hit.passage.id,), (), hit.score)

    def _in_english(self, entry: Entry, confidence: float) -> Part:
        if entry.english is None:
            lines = lines_of(entry)[1:]
            chosen, rest = choose(lines, "", self._relevance, ROOM)
            note = self._wording.say("no_english", Language.ENGLISH)
            text = f"{note}\n\n**{entry.short_answer}**\n\n{show(chosen)}"
            return Part(text, show(rest), (entry.id,), (), (), confidence)
        steps = "\n".join(f"{n}. {step}" for n, step in enumerate(entry.english.steps, 1))
        text = f"**{entry.english.short_answer}**\n\n{steps}".strip()
        return Part(text, "", (entry.id,), (), (), confidence)


def show(lines: Sequence[Line]) -> str:
    """Lines as a phone shows them: numbered steps, then short bullets.

    >>> show([Line("e", Section.STEP, 0, "先不开门。"), Line("e", Section.WHY, 0, "住宅受保护。")])
    '1. 先不开门。\\n\\n· 住宅受保护。'
    """
    steps = [line for line in lines if line.section is Section.STEP]
    bullets = [line for line in lines if line.section is not Section.STEP]
    numbered = "\n".join(f"{n}. {line.text}" for n, line in enumerate(steps, 1))
    return "\n\n".join(filter(None, [numbered, "\n".join(map(_bullet, bullets))]))


def _bullet(line: Line) -> str:
    heading = "对方不可以：" if line.section is Section.THEY_MAY_NOT else ""
    return f"· {heading}{without_citation(line.text)}"
