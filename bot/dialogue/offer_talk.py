"""Whether a message tells a lender's offer, and what it tells together with the answers since."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.chinese.amounts import amounts
from bot.chinese.normalise import normalise
from bot.chinese.reading import read
from bot.debt.budget import disposable
from bot.debt.case import Debt
from bot.debt.money import LARGEST, ZERO, to_fen
from bot.debt.offer import Offer, OfferKind
from bot.dialogue.creditor_names import CreditorNames
from bot.dialogue.gathering import Gathered
from bot.dialogue.intake import intake
from bot.dialogue.loan_terms import figures_of
from bot.dialogue.offer_terms import offer_terms
from bot.dialogue.phrasebook import OUR_OWN, Phrasebook

PRINCIPAL, PRICE, LUMP_SUM = "principal", "price", "lump_sum"
CAPACITY, CREDITOR = "capacity", "creditor"
LONGEST_NAME = 12
END = " .。!！?？"
LONGEST_TERM = 99  # instalments; more is no plan anybody was offered
QUESTIONS = {
    PRINCIPAL: "这个方案是哪一家的，按多少欠款算？写个数就行，比如「2万」。",
    PRICE: "每期手续费、年利率或者每期还多少？免息就写「免息」。",
    LUMP_SUM: "一次结清要付多少钱，或者减免多少？",
    CAPACITY: "你每月能拿出多少还这一家？写个数，我看付不付得起。",
    CREDITOR: "这个方案是哪一家提的？",
}
_LENDER = r"银行|平台|催收|客服|对方|他们|机构|信用卡中心|中心|贷款公司|网贷|小贷|消金|公司"
_SAYS = r"说|让|叫|要求|要我|同意|答应|给我|只给|提出|提议|肯|愿意|可以|建议|给(?:了|出)"
_WORTH = re.compile(
    r"划算|划得来|合算|值不值|值得(?:吗|答应|接受)|贵不贵|要不要(?:答应|接受|同意|签)"
    r"|(?:能不能|该不该|应不应该|可不可以|可以|能|该)(?:答应|接受|同意|签)|付得起|还得起"
)
_NOT_AN_OFFER = re.compile(
    r"一是.+二是|两个?(?:事|问题)|合法|违法|犯法|犯罪|法律|法院|起诉|法条|哪条|规定|上限|lpr|四倍|真的吗|是真的|骗|可信|靠谱|征信"
    r"|坐牢|有用吗|有没有坑|防止|反悔|定金|保证金|个人(?:账户|支付宝|微信)|能帮(?:我|你)|哪个|都能|不答应|不同意|(?:要|交)(?:啥|什么)(?:条件|材料|手续)"
    r"|停息挂账|中介|代办|债务(?:优化|重组|规划|咨询)|法务公司|视频|网上|听说|(?:网贷|信用卡|小贷|消金|银行)(?:可以|能)[^，。]{0,14}[吗么]"
    r"|(?:已经?|早就|早已|明明|显示我?|都)(?:结|还|付)清|(?:结|还|付)清了|搞错|弄错|没借过|不认识"
    r"|资产(?:管理)?公司|债权转让|调解书|判决|为什么|凭什么|怎么(?:谈|申请|协商|说|写|要求)|如何"
    r"|(?:能不能|怎么|我想|我要|我可以)(?:让|跟|和|与|向|找|请|要求)"
    r"|(?:我|想|能|能不能|可以|怎么)(?:想|要求|跟|和|与|向|找|让|请)(?:" + _LENDER + r")",
    re.IGNORECASE,
)
_FREE = re.compile(r"免息|停息|无息|零利息|0利息|不收(?:利息|手续费)|没有?(?:利息|手续费)")
_CLAUSE = re.compile(r"(?<![0-9])[，,]|[，,](?![0-9]{3}(?![0-9]))|[。；;！!？?\n]")
_CAN_PAY = re.compile(
    r"我?(?:现在)?(?:每个?月|一个?月|月)(?:最多|大概|大约|顶多|只|也|就|才|差不多)*"
    r"(?:能|可以|拿得出|还得起|付得起)"
)
_FIRST = re.compile(
    r"(?:先(?:还|付|交)|首付|首期(?:付|还)?)(?:掉|了)?\s?"
    r"(?:(?P<percent>[0-9]+(?:\.[0-9]+)?)\s?%|(?P<sum>[0-9一二两三四五六七八九十百千万wWkK.,]+)\s?(?:元|块)?)"
)
_PART = re.compile(r"[0-9一二两三四五六七八九半]\s?[成折%]")
_SHARE = re.compile(r"[0-9.]+\s?%")


@dataclass(frozen=True, slots=True)
class OfferTalk:
    """An offer as far as it was told: ``lacking`` is the next fact to ask for.

    ``words`` tell all of it in one message; ``first`` is paid before the instalments begin, which
    are about the rest.
    """

    offer: Offer | None
    words: str
    first: Decimal = ZERO
    capacity: Decimal | None = None
    lacking: str | None = None


def tells_offer(text: str, today: date, names: CreditorNames) -> bool:
    """Whether a message tells what a lender proposes, in figures."""
    plain = normalise(text)
    if _NOT_AN_OFFER.search(plain):
        return False
    worth = bool(_WORTH.search(plain))
    if not worth and not _lender_speaks(plain, names):
        return False
    offered, _ = _without_capacity(plain)
    offered, first = _without_first(offered, LARGEST)
    reading = read(offered, today, names.find(offered))
    if reading.terms:
        priced = any(not each.absurd for each in reading.rates) or bool(_FREE.search(plain))
        return priced or worth or bool(first) or "instalment" in figures_of(reading)
    owed = Debt("", LARGEST)
    waived = offer_terms(offered, today, names, [owed]).offer
    return waived is not None and waived.discount > 0


def offer_talk(
    told: Gathered,
    today: date,
    names: CreditorNames,
    debts: Sequence[Debt],
    book: Phrasebook = OUR_OWN,
) -> OfferTalk:
    """The offer in a message and the answers since; ``debts`` are those known already.

    It is told in the language of ``book``, and so are its ``words``.
    """
    answers = [_worded(fact, book.hear(said)) for fact, said in told.answers if fact != CAPACITY]
    offered_words, can_pay = _without_capacity("，".join([book.hear(told.told), *answers]))
    answered = told.answer(CAPACITY)
    capacity = _capacity(book.hear(answered) if answered else can_pay, today, names)
    owed = offer_terms(_FIRST.sub("", offered_words), today, names, debts)
    principal = owed.offer.principal if owed.offer else ZERO
    offered, first = _without_first(offered_words, principal)
    if answered and capacity is not None:
        answers.append(f"我每月能还{capacity}元")
    words = book.comma.join([told.told.rstrip(END), *map(book.say, answers)])
    talk = OfferTalk(None, words, first, capacity)
    if owed.offer is None:
        fact = LUMP_SUM if QUESTIONS[LUMP_SUM] in owed.questions else PRINCIPAL
        return replace(talk, lacking=fact)
    if _unpriced(owed.offer, offered):
        return replace(talk, lacking=PRICE)
    return replace(talk, offer=replace(owed.offer, principal=principal - first))


def fits(fact: str, said: str, today: date, names: CreditorNames) -> bool:
    """Whether words can be the answer about a fact."""
    if fact == CREDITOR:
        return len(said) <= LONGEST_NAME
    if fact == CAPACITY:
        return _capacity(said, today, names) is not None
    reading = read(said, today, names.find(said))
    if reading.amounts or names.find(said):
        return True
    priced = bool(reading.rates or _FREE.search(said))
    return priced if fact == PRICE else fact == LUMP_SUM and bool(_PART.search(said))


def _lender_speaks(plain: str, names: CreditorNames) -> bool:
    named = "|".join([_LENDER, *(re.escape(each.text) for each in names.find(plain))])
    return bool(re.search(rf"(?:{named})[^。！？\n]{{0,14}}?(?:{_SAYS})", plain))


def _unpriced(offer: Offer, said: str) -> bool:
    """Whether instalments have no price at all; only 免息 says that there is none."""
    priced = offer.fee_rate or offer.apr or offer.instalment
    return offer.kind is OfferKind.INSTALMENTS and not priced and not _FREE.search(said)


def _worded(fact: str, said: str) -> str:
    """A short answer with the words it leaves out, as the reader of offers wants them."""
    if fact == PRINCIPAL and re.search(r"\d|[一二两三四五六七八九十百千万]", said):
        return f"欠{said}"
    if fact == LUMP_SUM:
        return f"减免{said}" if re.search(r"成|折|%", said) else f"一次还{said}"
    if fact == PRICE and _SHARE.fullmatch(said.strip()):
        return f"每期手续费{said}"
    if fact == PRICE and len(amounts(said)) == 1 and amounts(said)[0].text == said.strip(" 元块"):
        return f"每期还{said}"
    return said


def _without_capacity(said: str) -> tuple[str, str | None]:
    """The offer's clauses, and the one that tells what the person can pay a month."""
    clauses = _CLAUSE.split(said)
    own = [each for each in clauses if _CAN_PAY.search(each)]
    kept = [each for each in clauses if each not in own]
    return "，".join(kept), _CAN_PAY.sub("", own[-1]) if own else None


def _without_first(offered: str, principal: Decimal) -> tuple[str, Decimal]:
    """The words without a first payment, and that payment in yuan."""
    found = _FIRST.search(offered)
    if found is None:
        return offered, ZERO
    if found["percent"]:
        first = to_fen(principal * Decimal(found["percent"]) / 100)
    else:
        sums = amounts(found["sum"])
        first = to_fen(sums[0].value) if sums else ZERO
    rest = _FIRST.sub("", offered, count=1)
    return rest, first if 0 < first < principal else ZERO


def _capacity(said: str | None, today: date, names: CreditorNames) -> Decimal | None:
    """What can be paid a month: one figure, or what income leaves after essentials."""
    if not said:
        return None
    told = intake(said, today, names).budget
    if told.complete:
        return to_fen(disposable(told))
    sums = read(said, today).amounts
    return to_fen(sums[0].value) if len(sums) == 1 and 0 < sums[0].value <= LARGEST else None
