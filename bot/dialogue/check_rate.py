"""The step that tells what a loan truly costs a year, and which limit or practice applies to it."""

import asyncio
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from bot.answering.composing.basis import basis_line, sources_of
from bot.answering.finish import asked_in
from bot.answering.reply import Action
from bot.answering.thinking import think
from bot.answering.turn import Turn
from bot.chinese.normalise import simplified
from bot.chinese.rates import Period, Rate
from bot.debt.caps import CHECK_FROM, Finding, cap_findings
from bot.debt.money import percent, to_fen, yuan
from bot.debt.rate import RateResult, Received, days_rate, flat_fee, monthly_rate
from bot.dialogue import interview
from bot.dialogue.continue_interview import Interviews
from bot.dialogue.creditor_names import CreditorNames
from bot.dialogue.gathering import Gathered, gathered
from bot.dialogue.loan_talk import (
    LENDERS,
    QUESTIONS,
    LoanTalk,
    asks_rate,
    fits,
    is_explicit,
    loan_talk,
)
from bot.dialogue.loan_terms import EXAMPLE, LoanTerms
from bot.dialogue.phrasebook import Phrasebook, reader_of
from bot.dialogue.price_words import about_price, basis_of, one_place
from bot.dialogue.saying import danger_comes_first, said
from bot.knowledge.library import Library
from bot.knowledge.vocabulary import Language
from bot.wording import Wording

_OVER, _WITHHELD = "interest-over-cap-still-owe", "beheading-interest"
_BREAKDOWN = ("要合同和费用明细", "帮我写要合同和费用明细的信")
_INSTALMENTS = 12  # the usual term, to show what a fee on the first principal does


TELL_ME = (
    "把这笔借款写给我就能算，比如「到手10000，每月还1000，12期」，或者「到手3000，14天还3600」。"
    "手续费、担保费、会员费也写上。"
)
_WISH = "帮我算真实年化："
_WANTED = re.compile(
    r"(?:请|麻烦|你|能不能|可以)*(?:帮我|给我|替我|我想|我要|想)?(?:算|查|看)(?:一下|算|下)?"
    r"(?:这笔)?(?:贷款|借款|网贷)?(?:的)?(?:真实)?(?:年化)?(?:利率|利息)(?:是?多少|高不高)?"
    r"|(?:please )?(?:help me )?(?:work out|check) the (?:true )?(?:annual )?rate",
    re.IGNORECASE,
)


class CheckRate:
    """Answer a loan's figures with its price."""

    def __init__(
        self,
        interviews: Interviews | None,
        library: Library,
        wording: Wording,
        today: Callable[[], date],
        english: Phrasebook,
    ) -> None:
        self._english = english
        self._interviews = interviews
        self._library = library
        self._wording = wording
        self._names = CreditorNames(library.creditors)
        self._today = today

    async def __call__(self, turn: Turn) -> Turn:
        """The turn, replied where it tells a loan or a rate and wants its price by the year."""
        if danger_comes_first(turn):
            return turn
        heard, book = reader_of(turn, self._english)
        if _WANTED.fullmatch(simplified(turn.text).strip(" 。.!！?？")):
            return said(heard, book.say(TELL_ME), asks=True)
        text = f"{book.say(_WISH)}{turn.text}" if _was_told_to(turn, book) else turn.text
        told = await think(self._gathered, turn, text, book)
        if not told.added:
            return turn
        state = await self._state(turn.id)
        explicit = bool(told.answers) or is_explicit(book.hear(text))
        if state and interview.is_open(state) and not explicit:
            return turn  # told in answer to a question of the interview
        talk = loan_talk(told, self._today(), self._names, book)
        if talk.lacking:
            return said(heard, book.say(QUESTIONS[talk.lacking]), asks=True)
        return self._told(heard, talk, interview.reminder(state) if state else "", book)

    def _gathered(self, turn: Turn, text: str, book: Phrasebook) -> Gathered:
        """The loan as far as it was told, in the reader's own words."""
        day, names = self._today(), self._names
        return gathered(
            turn.context,
            text,
            lambda words: words if asks_rate(book.hear(words), day, names) else None,
            {fact: book.say(question) for fact, question in QUESTIONS.items()},
            lambda fact, words: fits(fact, book.hear(words), day, names),
        )

    async def _state(self, conversation_id: str) -> interview.State | None:
        if self._interviews is None:
            return None
        kept = await asyncio.to_thread(self._interviews.load, conversation_id)
        return interview.load(kept) if kept else None

    def _told(self, turn: Turn, talk: LoanTalk, reminder: str, book: Phrasebook) -> Turn:
        lines, apr, findings, assumed = _priced(talk)
        whose = talk.lender_type is None and apr > CHECK_FROM
        told = [each for each in findings if not (whose and each.code == "lender_type_unknown")]
        about, more = about_price(told)
        sources = sources_of(basis_of(findings), self._library, turn.today)
        label = self._wording.say("basis", turn.language)
        basis = basis_line(sources, label, turn.today, turn.language)
        end = QUESTIONS["lender"] if whose else reminder
        body = book.say("\n".join([*lines, *about]))
        whole = "\n\n".join(filter(None, [body, basis, book.say(end)]))
        more_text = book.say("\n".join(f"· {each}" for each in (*assumed, *more)))
        buttons = tuple(self._buttons(talk, apr, findings, book, turn.language, whose=whose))
        return said(turn, whole, buttons, more=more_text, sources=sources)

    def _buttons(
        self,
        talk: LoanTalk,
        apr: float,
        findings: Sequence[Finding],
        book: Phrasebook,
        language: Language,
        *,
        whose: bool,
    ) -> Iterator[Action]:
        if whose:
            yield from (
                Action(book.say(each), book.comma.join([talk.words, book.say(f"放款方是{each}")]))
                for each in LENDERS
            )
        asked = []
        if any(each.code == "beheading_interest" for each in findings):
            asked.append(("到手比合同少怎么还", _WITHHELD))
        if apr > CHECK_FROM:
            asked.append(("这家超了怎么办", _OVER))
        for label, entry in asked:
            if entry in self._library.entry:
                question = asked_in(self._library.entry[entry], language)
                yield Action(book.say(label), question)
        if apr > CHECK_FROM:
            yield Action(*map(book.say, _BREAKDOWN))


def _was_told_to(turn: Turn, book: Phrasebook) -> bool:
    """Whether the figures were just asked for; an interview that is open then waits."""
    before = simplified(turn.context[-1].text) if turn.context else ""
    return before.startswith(book.say(TELL_ME)[:20])


def _priced(talk: LoanTalk) -> tuple[list[str], float, Sequence[Finding], Sequence[str]]:
    """What is said of the price, the price, what was noticed about it, and what was assumed."""
    if talk.rate is not None:
        apr = float(talk.rate.apr)
        asked = [talk.rate.question] if talk.rate.question else []
        return list(_by_the_year(talk.rate)), apr, list(cap_findings(apr, talk.lender_type)), asked
    terms = talk.terms
    assert terms is not None
    assert terms.received is not None
    result = _result(terms, terms.received, talk.lender_type)
    assumed = (*terms.assumptions, *result.assumptions)
    return (
        list(_of_loan(terms, terms.received, result)),
        result.apr_nominal,
        result.findings,
        assumed,
    )


def _result(terms: LoanTerms, received: Received, lender_type: str | None) -> RateResult:
    if terms.repay is not None and terms.days:
        return days_rate(received, terms.repay, terms.days, lender_type, terms.advertised)
    return monthly_rate(received, terms.payments, lender_type, terms.advertised)


def _of_loan(terms: LoanTerms, received: Received, result: RateResult) -> Iterator[str]:
    """The price in one breath, from what was received and what goes back."""
    apr, advertised = one_place(result.apr_nominal), terms.advertised
    cost, net = yuan(result.total_cost), yuan(received.net)
    if terms.days and terms.repay is not None:
        yield f"**到手 {net} 元，{terms.days} 天多还 {cost} 元，折成年化约 {apr}。**"
        return
    dearer = advertised is not None and result.apr_nominal > float(advertised) + 0.005
    instead = f"，不是 {percent(advertised)}" if dearer and advertised is not None else ""
    lent = "每借" if _is_example(terms) else "到手"
    yield (
        f"**真实年化约 {apr}{instead}；{lent} {net} 元，"
        f"共还 {yuan(result.total_repaid)} 元，多还 {cost} 元。**"
    )
    if dearer:
        yield "因为本金每月在减少，费用却没有跟着减。"


def _is_example(terms: LoanTerms) -> bool:
    """Whether the sum is ours, because none was told."""
    return any(each.startswith("没有写金额") for each in terms.assumptions)


def _by_the_year(rate: Rate) -> Iterator[str]:
    """A rate a month or a day, said by the year."""
    word = {Period.MONTH: "每月", Period.DAY: "每天"}[rate.period]
    yield f"**{rate.text}，就是{word} {percent(rate.rate)}，一年单利 {percent(rate.apr)}。**"
    yield f"借 {yuan(EXAMPLE)} 元、一年后一次还，利息约 {yuan(to_fen(EXAMPLE * rate.apr))} 元。"
    if rate.period is Period.MONTH:
        payments = flat_fee(EXAMPLE, _INSTALMENTS, Decimal(rate.rate))
        true = one_place(monthly_rate(Received(EXAMPLE), payments).apr_nominal)
        yield f"如果分 {_INSTALMENTS} 期还、费用一直按最初的本金收，真实年化约 {true}。"
