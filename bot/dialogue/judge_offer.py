"""The step that judges a lender's offer: its true price, whether it fits, what to ask in return."""

import asyncio
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.answering.composing.basis import basis_line, sources_of
from bot.answering.finish import asked_in
from bot.answering.reply import Action
from bot.answering.thinking import think
from bot.answering.turn import Turn
from bot.chinese.normalise import normalise
from bot.debt.budget import Budget, disposable
from bot.debt.case import Case, Debt
from bot.debt.money import ZERO, percent, to_fen, yuan
from bot.debt.offer import Offer, OfferJudgement, OfferKind, judge
from bot.dialogue import interview
from bot.dialogue.continue_interview import Interviews
from bot.dialogue.creditor_names import CreditorNames
from bot.dialogue.gathering import Gathered, gathered
from bot.dialogue.offer_talk import (
    CAPACITY,
    CREDITOR,
    LONGEST_TERM,
    QUESTIONS,
    OfferTalk,
    fits,
    offer_talk,
    tells_offer,
)
from bot.dialogue.phrasebook import Phrasebook, reader_of
from bot.dialogue.price_words import about_price, basis_of, one_place
from bot.dialogue.saying import HAN, danger_comes_first, said
from bot.drafting.matter import Matter, Particulars
from bot.drafting.proposal import proposals
from bot.drafting.template import Template
from bot.knowledge.library import Library
from bot.wording import Wording

LETTER = "counter-offer-reply"
WRITE, OTHER_TERMS, NEW_BUDGET = "写回复", "换个期数看看", "我的预算变了"
_CARRYING = (WRITE, OTHER_TERMS, NEW_BUDGET)
_WRITE = re.compile(
    r"(?:请|麻烦)?(?:你)?(?:帮我|给我)?写(?:一)?(?:封|个|份|下)?回复(?:信)?[。!！]?"
)
_TERM = re.compile(
    r"(?:换(?:成)?|改成?|如果|要是)?(?:分)?([0-9]{1,2})期(?:看看|呢|怎么样|的话)?[?？。]?"
)
_TERMS = (12, 18, 24, 36, 48, 60)
_PLAN = ("算算每月能还多少", "帮我做一个还款方案")
_LUMP_ENTRY = "negotiate-lump-sum"
_MOST_ASKED = 4
_WHICH_OFFER = "对方提的是什么方案？把期数、每期手续费或者减免多少写给我，我先算清再写回复。"
_DONE = "写好了。＿＿＿＿的地方请自己补上，核对属实再发。"
_FIRST_BY_HAND = (
    "带首付的方案没有现成的信。可以照这样发给对方：「请把首付金额、剩余期数、每期金额和日期、"
    "按期还款不再计收罚息、停止催收、还清后开结清证明，都写进书面协议；收到以前我不视为同意。」"
)


class JudgeOffer:
    """Answer what a lender proposes with figures, not with feelings."""

    def __init__(
        self,
        interviews: Interviews | None,
        library: Library,
        wording: Wording,
        templates: Mapping[str, Template],
        today: Callable[[], date],
        english: Phrasebook,
    ) -> None:
        self._english = english
        self._interviews = interviews
        self._library = library
        self._wording = wording
        self._names = CreditorNames(library.creditors)
        self._templates = templates
        self._today = today

    async def __call__(self, turn: Turn) -> Turn:
        """The turn, replied where it tells an offer or goes on with one."""
        if danger_comes_first(turn):
            return turn
        heard, book = reader_of(turn, self._english)
        told = await think(self._gathered, turn, book)
        wish = _wish(turn.text, book)
        if not told.told:
            return said(heard, book.say(_WHICH_OFFER), asks=True) if wish == WRITE else turn
        if not told.added and wish is None:
            return turn
        state = await self._state(turn.id)
        begins = wish is None and not told.answers
        if state and interview.is_open(state) and begins and not _asks(book.hear(turn.text)):
            return turn  # told in answer to a question of the interview
        known = _Known.of(state)
        talk = await think(offer_talk, told, self._today(), self._names, known.debts, book)
        whose = told.answer(CREDITOR)
        return await asyncio.to_thread(self._answered, heard, talk, known, wish, whose, book)

    def _gathered(self, turn: Turn, book: Phrasebook) -> Gathered:
        """The offer as far as it was told, in the reader's own words."""
        day, names = self._today(), self._names

        def begins(text: str) -> str | None:
            if pressed := _pressed(text, book):
                return pressed[1]
            return text if tells_offer(book.hear(text), day, names) else None

        return gathered(
            turn.context,
            turn.text,
            begins,
            {fact: book.say(question) for fact, question in QUESTIONS.items()},
            lambda fact, words: fits(fact, book.hear(words), day, names),
        )

    async def _state(self, conversation_id: str) -> interview.State | None:
        if self._interviews is None:
            return None
        kept = await asyncio.to_thread(self._interviews.load, conversation_id)
        return interview.load(kept) if kept else None

    def _answered(
        self,
        turn: Turn,
        talk: OfferTalk,
        known: "_Known",
        wish: str | None,
        whose: str | None,
        book: Phrasebook,
    ) -> Turn:
        if talk.offer is None or wish == NEW_BUDGET:
            fact = talk.lacking or CAPACITY
            names = [debt.creditor for debt in known.debts] if fact != CAPACITY else []
            return said(turn, book.say(QUESTIONS[fact]), names, asks=True)
        if wish == WRITE:
            return self._letter(turn, talk, known, whose, book)
        known = known.with_capacity(talk.capacity)
        offer = talk.offer
        if wish == OTHER_TERMS:
            buttons = [_carrying(each, talk, book) for each in (WRITE, NEW_BUDGET)]
            return said(turn, book.say("\n".join(_other_terms(offer, known))), buttons)
        if wish is not None:
            offer = _over(offer, int(wish))
        return self._judged(turn, replace(talk, offer=offer), known, book)

    def _judged(self, turn: Turn, talk: OfferTalk, known: "_Known", book: Phrasebook) -> Turn:
        offer = talk.offer
        assert offer is not None
        judged = judge(offer, known.capacity, known.share_of(offer.creditor))
        findings = judged.rate.findings if judged.rate else ()
        about, more = about_price(findings)
        sources = sources_of(basis_of(findings), self._library, turn.today)
        label = self._wording.say("basis", turn.language)
        asks_budget = judged.rate is not None and known.capacity is None
        end = QUESTIONS[CAPACITY] if asks_budget else known.reminder
        basis = basis_line(sources, label, turn.today, turn.language)
        body = book.say("\n".join([*_lines(talk, offer, judged), *about]))
        whole = "\n\n".join(filter(None, [body, basis, book.say(end)]))
        rest = (*judged.ask_for[_MOST_ASKED:], *more)
        more_text = book.say("\n".join(f"· {each}" for each in rest))
        buttons = tuple(self._buttons(turn, talk, offer, known, book))
        return said(turn, whole, buttons, more=more_text, sources=sources)

    def _buttons(
        self, turn: Turn, talk: OfferTalk, offer: Offer, known: "_Known", book: Phrasebook
    ) -> Iterator[Action]:
        if not talk.first:
            yield _carrying(WRITE, talk, book)
        if offer.kind is OfferKind.INSTALMENTS:
            yield _carrying(OTHER_TERMS, talk, book)
            if known.capacity is None:
                yield Action(*map(book.say, _PLAN))
            else:
                yield _carrying(NEW_BUDGET, talk, book)
        elif entry := self._library.entry.get(_LUMP_ENTRY):
            yield Action(book.say("一次结清要注意什么"), asked_in(entry, turn.language))

    def _letter(
        self,
        turn: Turn,
        talk: OfferTalk,
        known: "_Known",
        whose: str | None,
        book: Phrasebook,
    ) -> Turn:
        from bot.dialogue.letters import written_out  # Word and PDF only when asked for

        offer = talk.offer
        assert offer is not None
        if talk.first:
            return said(turn, book.say(_FIRST_BY_HAND))
        matter = known.matter(offer, whose, talk.capacity, self._today())
        handed = written_out(self._templates[LETTER], matter)
        if not handed.documents:
            names = [debt.creditor for debt in known.debts]
            return said(turn, book.say(QUESTIONS[CREDITOR]), names, asks=True)
        notes = [f"· {note}" for note in handed.notes]
        return said(turn, book.say("\n".join([_DONE, *notes])), documents=handed.documents)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the interview told about the person; nothing where there was none."""

    case: Case | None = None
    debts: tuple[Debt, ...] = ()
    reason: str | None = None
    capacity: Decimal | None = None
    reminder: str = ""

    @classmethod
    def of(cls, state: interview.State | None) -> "_Known":
        """What a state knows."""
        if state is None:
            return cls()
        told = state.told
        capacity = to_fen(disposable(told.budget)) if told.budget.complete else None
        reminder = interview.reminder(state)
        return cls(told.case(), told.debts, told.reason, capacity, reminder)

    def with_capacity(self, capacity: Decimal | None) -> "_Known":
        """The same with what was said just now, which counts more."""
        if capacity is None:
            return self
        return replace(self, case=None, capacity=capacity)

    def share_of(self, creditor: str | None) -> Decimal | None:
        """What the plan keeps for a creditor each month."""
        if self.case is None:
            return None
        offered = [each for each in proposals(self.case) if each.debt.creditor == creditor]
        return offered[0].monthly if offered else None

    def matter(
        self, offer: Offer, whose: str | None, capacity: Decimal | None, today: date
    ) -> Matter:
        """What a reply to the offer is about: the case where it holds this debt, else it alone."""
        creditor = offer.creditor or whose
        particulars = Particulars(reason=self.reason)
        owed = {debt.creditor for debt in self.debts}
        if self.case is not None and capacity is None and (creditor is None or creditor in owed):
            return Matter(self.case, today, particulars, offer, creditor=creditor)
        debt = Debt(creditor or "", offer.principal, lender_type=offer.lender_type or "any")
        budget = Budget(pledge=capacity if capacity is not None else self.capacity)
        return Matter(Case(budget, (debt,)), today, particulars, offer, creditor=creditor)


def _carrying(label: str, talk: OfferTalk, book: Phrasebook) -> Action:
    """A button that still knows its offer when it is pressed days later."""
    return Action(book.say(label), f"{book.say(f'{label}：')}{talk.words}")


def _pressed(text: str, book: Phrasebook) -> tuple[str, str] | None:
    """The button that a message is, and the offer it carries in the reader's words."""
    label, _, words = normalise(text).partition(":")
    wish = book.hear(re.sub(r"\s", "", label) if HAN.search(label) else label)
    return (wish, words.strip()) if wish in _CARRYING and words.strip() else None


def _wish(text: str, book: Phrasebook) -> str | None:
    """What is wanted of an offer judged before: a button's words, or a number of instalments."""
    if pressed := _pressed(text, book):
        return pressed[0]
    plain = re.sub(r"\s", "", normalise(book.hear(text)))
    if _WRITE.fullmatch(plain):
        return WRITE
    if plain in (OTHER_TERMS, NEW_BUDGET):
        return plain
    term = _TERM.fullmatch(plain)
    return term[1] if term and 0 < int(term[1]) <= LONGEST_TERM else None


def _asks(text: str) -> bool:
    return bool(re.search(r"[?？吗嗎呢]|划算|划得来|合算|怎么办|要不要|能不能", normalise(text)))


def _lines(talk: OfferTalk, offer: Offer, judged: OfferJudgement) -> Iterator[str]:
    if talk.first:
        yield f"先付 {yuan(talk.first)} 元，剩下 {yuan(offer.principal)} 元分 {offer.months} 期："
    first, *rest = judged.findings
    yield f"**{first}**" if judged.rate is None else _headline(offer, judged)
    yield from rest
    yield f"可以争取：{'；'.join(judged.ask_for[:_MOST_ASKED])}。"


def _headline(offer: Offer, judged: OfferJudgement) -> str:
    """The price in one breath, against what was said of it."""
    assert judged.rate is not None
    if judged.extra == 0:
        return f"**每月约 {yuan(judged.monthly)} 元，{offer.months} 期还完，不多收钱。**"
    if judged.extra < 0:
        less = yuan(-judged.extra)
        return f"**每月约 {yuan(judged.monthly)} 元，总共还 {yuan(judged.total)} 元，比欠款少 {less} 元。**"
    price = (
        f"每月约 {yuan(judged.monthly)} 元，总共多还 {yuan(judged.extra)} 元；"
        f"真实年化约 {one_place(judged.rate.apr_nominal)}"
    )
    if not offer.fee_rate:
        return f"**{price}。**"
    return (
        f"**{price}，不是 {percent(offer.fee_rate)}×12={percent(offer.fee_rate * 12)}。**"
        f"因为本金每月在减少，手续费却一直按 {yuan(offer.principal)} 元收。"
    )


def _other_terms(offer: Offer, known: _Known) -> Iterator[str]:
    """The same price over other numbers of instalments."""
    yield "**同样的价钱，换个期数是这样：**"
    for months in (each for each in _TERMS if each != offer.months):
        judged = judge(_over(offer, months), known.capacity)
        fits = {None: "", True: "，付得起", False: "，付不起"}[judged.affordable]
        yield f"· {months} 期：每月 {yuan(judged.monthly)} 元，总共多还 {yuan(judged.extra)} 元{fits}"
    yield "期数越长，每月越轻，总共越多。有没有这些期数要问对方。"


def _over(offer: Offer, months: int) -> Offer:
    """The offer over another time, at the price it has."""
    if offer.instalment is None:
        return replace(offer, months=months)
    rate = judge(offer).rate
    assert rate is not None
    apr = max(Decimal(rate.apr_nominal).quantize(Decimal("0.0001")), ZERO)
    return replace(offer, months=months, instalment=None, apr=apr)
