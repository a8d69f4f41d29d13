"""Make the checked draft a reply: sources, next actions, the reader's script."""

from dataclasses import replace
from itertools import islice

from bot.answering.composing.basis import basis_line, sources_of
from bot.answering.composing.notices import notices
from bot.answering.reply import Action, Reply, Status
from bot.answering.screening.replies import EarlyReply
from bot.answering.turn import Draft, Turn
from bot.answering.understanding.article_question import asks_for_article
from bot.chinese.scripts import script_of, traditionalise
from bot.knowledge.entry import Citation, Entry
from bot.knowledge.fork import Fork
from bot.knowledge.library import Library
from bot.knowledge.vocabulary import Language, Risk
from bot.wording import Wording

MOST_ACTIONS = 3
SURE = 0.9  # confidence from which an answer is given to what hardly sounds like debt
# Where a plan of one's own is the natural next thing.
PLAN_TOPICS = {"first-steps", "negotiation", "products", "hardship-groups"}


class Finish:
    """The last step: it always replies."""

    def __init__(self, library: Library, wording: Wording) -> None:
        self._library = library
        self._wording = wording

    async def __call__(self, turn: Turn) -> Turn:
        """The turn with its reply."""
        draft = turn.draft
        assert draft is not None
        turn = _settled(turn, draft)
        entries = [self._library.entry[each] for each in draft.entries]
        early = turn.early
        alone = early.alone if early and not _answers(early, draft) else ""
        cited = early.citations if early and alone else self._citations(draft)
        sources = sources_of(cited, self._library, turn.today)
        label = self._wording.say("basis", turn.language)
        asked = turn.understanding.questions if turn.understanding else ()
        numbered = any(map(asks_for_article, asked))
        basis = basis_line(sources, label, turn.today, turn.language, numbered=numbered)
        told = alone or (early.beside(draft.text) if early else draft.text)
        notes = notices(
            draft.entries, draft.provisions, self._library, self._wording, turn.language
        )
        open_question = "" if turn.early else turn.afterwards  # danger pauses the talk of debts
        ways = choices(turn.fork, turn.language) if turn.fork else ()
        if turn.fork:
            open_question = turn.fork.asks_in(turn.language)
        reply = Reply(
            status=early.status if early and alone else draft.status,
            text="\n\n".join(filter(None, [told, *notes, basis, open_question])),
            language=turn.language,
            actions=ways
            or (
                *(early.actions if early else ()),
                *self._actions(entries, draft, turn.language),
            ),
            sources=sources,
            passages=(*draft.entries, *draft.provisions, *draft.notes),
            risk=self._risk(turn, entries),
            engine=draft.engine,
            more=draft.more,
            confidence=draft.confidence,
        )
        if turn.language is Language.TRADITIONAL:
            reply = in_traditional(reply)
        return replace(turn, reply=reply)

    def _citations(self, draft: Draft) -> list[Citation]:
        """What the draft rests on, its provisions last."""
        provisions = (provision.partition(":") for provision in draft.provisions)
        return [
            *draft.citations,
            *(Citation(instrument=law, article=article) for law, _, article in provisions),
        ]

    def _actions(
        self, entries: list[Entry], draft: Draft, language: Language
    ) -> tuple[Action, ...]:
        if draft.status is not Status.ANSWERED:
            return ()
        wanted = [each for entry in entries for each in (*entry.actions, *entry.related)]
        shown = set(draft.entries)
        targets = [each for each in dict.fromkeys(wanted) if each not in shown]
        known = [self._library.entry[each] for each in targets if each in self._library.entry]
        plan: tuple[Action, ...] = ()
        if any(entry.topic in PLAN_TOPICS for entry in entries):
            words = self._wording.say("make_plan", language)
            plan = (Action(words, words),)
        asked = filter(None, (_asking(entry, language) for entry in known))
        return (*islice(asked, MOST_ACTIONS - len(plan)), *plan)

    def _risk(self, turn: Turn, entries: list[Entry]) -> Risk:
        if turn.screening is not None and turn.screening.risk is not Risk.NONE:
            return turn.screening.risk
        return entries[0].risk if entries else Risk.NONE


def _settled(turn: Turn, draft: Draft) -> Turn:
    """The turn without a doubt about its topic where the answer is sure."""
    if turn.early is None or not turn.early.unless_sure or not _answers(turn.early, draft):
        return turn
    return replace(turn, early=None, screening=None)


def _answers(early: EarlyReply, draft: Draft) -> bool:
    """Whether there is an answer beside which the early reply stands."""
    sure = draft.confidence >= SURE or not early.unless_sure
    return draft.status is not Status.NO_SOURCE and sure


def _asking(entry: Entry, language: Language) -> Action | None:
    """The button that asks for an entry: its title, in English its shortest English question."""
    if language is not Language.ENGLISH:
        return Action(entry.title, entry.title)
    words = asked_in(entry, language)
    if entry.english is None or words == entry.title:
        return None
    return Action(words[:1].upper() + words[1:], words)


def asked_in(entry: Entry, language: Language) -> str:
    """The words that ask for an entry: in English its shortest question, where it has one."""
    asked = [each for each in entry.questions if script_of(each) == "en"]
    return min(asked, key=len) if asked and language is Language.ENGLISH else entry.title


def choices(fork: Fork, language: Language) -> tuple[Action, ...]:
    """The buttons of a question asked back: each sends the question that its branch comes down to."""
    if language is Language.ENGLISH:
        return tuple(Action(each.label_en, each.question_en) for each in fork.branches)
    return tuple(Action(each.label, each.question) for each in fork.branches)


def in_traditional(reply: Reply) -> Reply:
    """A reply in Traditional characters; the messages behind its buttons too."""
    return replace(
        reply,
        text=traditionalise(reply.text),
        more=traditionalise(reply.more),
        actions=tuple(
            Action(traditionalise(each.label), traditionalise(each.message))
            for each in reply.actions
        ),
        sources=tuple(
            replace(each, title=traditionalise(each.title), locator=traditionalise(each.locator))
            for each in reply.sources
        ),
    )
