"""Whether a message asks what a loan truly costs a year, and the terms told for it."""

import re
from dataclasses import dataclass
from datetime import date

from bot.chinese.normalise import normalise
from bot.chinese.rates import Period, Rate
from bot.chinese.reading import read
from bot.dialogue.creditor_names import CreditorNames
from bot.dialogue.gathering import Gathered
from bot.dialogue.loan_terms import LoanTerms, lender_in, loan_terms
from bot.dialogue.phrasebook import OUR_OWN, Phrasebook

QUESTIONS = {
    "received": "实际到手多少钱？写个数就行，比如「9500」。",
    "instalment": "每期（或者到期一次）要还多少钱？",
    "months": "分多少期，或者借多少天？",
    "lender": "合同上写的放款方是哪一类？民间借贷、银行、消费金融、小额贷款、助贷平台的上限各不相同。",
}
LENDERS = ("银行", "消费金融公司", "小额贷款公司", "网贷平台", "个人")
_PREFIX = {"received": "到手", "instalment": "每期还", "months": "", "lender": "放款方是"}

_TRUE_RATE = re.compile(
    r"(?:真实|实际)的?(?:年化|年利率|利率|年息|利息)|(?:年化|年利率|年息|利率|利息|息)(?:率|是|到底|大概|算|算下来|相当于|等于|合|有)*(?:多少|几|多高)"
    r"|(?:多少|几)(?:个点)?的?(?:年化|年利率|利率|年息|利息)|(?:折|换算|折合|折算)(?:成|为)?(?:年化|年利率|年息)|irr",
    re.IGNORECASE,
)
_TO_YEARLY = re.compile(
    r"(?:是|等于|相当于|折|合|换算|折算|折合|算|成|为|到底|一年|的)*"
    r"(?:年化|年利率|年息|一年)(?:率|利率|利息|的利息|是|有|到底|大概|等于|相当于|合)*(?:多少|几|多高)(?:个点)?"
    r"|(?:是|等于|相当于|折|合|换算|折算|折合|算|成|为|到底)*(?:多少|几)(?:个点)?的?(?:年化|年利率|年息)(?:率|利率)?"
)
_PERSON = re.compile(r"放款方是\s?(?:个人|私人|朋友|亲戚|同事)")
_HIGH = re.compile(r"高不高|高吗|贵不贵|贵吗|划算|划得来|算高|过高|超(?:了|没)|正常吗|合理吗|太高")
_NOT_A_LOAN = re.compile(
    r"合法|违法|犯法|犯罪|法律|法院|起诉|判|支持|保护|司法|法条|哪条|规定|上限|lpr|四倍|红线|征信|坐牢"
    r"|怎么办|咋办|退|逾期|罚息|违约金|滞纳金|不还|要不要还|用还|怎么还|按(?:多少|哪个)还|投诉|报警|骗|真的吗|提前|最低还款|催|威胁|骚扰|上门|通讯录",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[?？]|吗|呢|怎么|什么|为什么|能不能|是不是|会不会")
LONGEST_NAME = 12
END = " .。!！?？"
LONGEST_LOAN = 40  # characters of a message that is nothing but a loan


@dataclass(frozen=True, slots=True)
class LoanTalk:
    """A loan as far as it was told, or a bare rate to be told by the year; ``lacking`` is next.

    ``words`` tell all of it in one message.
    """

    terms: LoanTerms | None
    words: str
    rate: Rate | None = None
    lender_type: str | None = None
    lacking: str | None = None


def asks_rate(text: str, today: date, names: CreditorNames) -> bool:
    """Whether a message tells a loan or a rate in figures and wants its price by the year."""
    plain = normalise(text)
    if _NOT_A_LOAN.search(plain):
        return False
    terms = loan_terms(_told(plain), today, names)
    if not terms.missing:
        return is_explicit(plain) or _is_bare(plain, terms)
    reading = read(_told(plain), today, names.find(_told(plain)))
    if not _TRUE_RATE.search(plain):
        return False
    has_time = bool(reading.terms or reading.durations)
    return _bare_rate(plain, today, names) is not None or bool(reading.amounts and has_time)


def fits(fact: str, said: str, today: date, names: CreditorNames) -> bool:
    """Whether words can be the answer about a fact."""
    if fact == "lender":
        kind = lender_in(said) or re.match(r"个人|私人", said) or names.find(said)
        return bool(kind) and len(said) <= LONGEST_NAME
    reading = read(said, today, names.find(said))
    return bool(reading.terms or reading.durations if fact == "months" else reading.amounts)


def loan_talk(
    told: Gathered, today: date, names: CreditorNames, book: Phrasebook = OUR_OWN
) -> LoanTalk:
    """The loan in a message and the answers since, told in the language of ``book``."""
    answers = [f"{_PREFIX[fact]}{book.hear(said)}" for fact, said in told.answers]
    words = book.comma.join([told.told.rstrip(END), *map(book.say, answers)])
    heard = "，".join([book.hear(told.told), *answers])
    terms = loan_terms(_told(heard), today, names)
    lender_type = "private" if _PERSON.search(heard) else terms.lender_type or lender_in(heard)
    rate = _bare_rate(heard, today, names)
    if rate is None and terms.missing:
        return LoanTalk(None, words, lacking=terms.missing[0])
    return LoanTalk(None if rate else terms, words, rate, lender_type)


def _told(plain: str) -> str:
    """The words without the question about a year, whose 年化 is not part of a rate."""
    return _TO_YEARLY.sub("，", plain)


def _bare_rate(plain: str, today: date, names: CreditorNames) -> Rate | None:
    """The one rate of a message that tells no loan: 月息2分, 日息万五."""
    told = _told(plain)
    reading = read(told, today, names.find(told))
    if reading.amounts or reading.terms or reading.durations or len(reading.rates) != 1:
        return None
    rate = reading.rates[0]
    return None if rate.absurd or rate.period is Period.YEAR else rate


def is_explicit(text: str) -> bool:
    """Whether a message asks for the price, rather than only telling a loan."""
    plain = normalise(text)
    return bool(_TRUE_RATE.search(plain) or _HIGH.search(plain))


def _is_bare(plain: str, terms: LoanTerms) -> bool:
    """Whether a message is nothing but a loan that was paid out and what goes back for it."""
    if len(plain) > LONGEST_LOAN or _ASKS.search(plain) or not re.search(r"借|到手|到账", plain):
        return False
    return bool(re.search(r"还", plain)) and (terms.days is not None or terms.months is not None)
