"""Cases for the tests of letters: one family, three lenders, every kind of letter."""

from datetime import date
from decimal import Decimal

from bot.debt.budget import Budget, Income, IncomeKind, Need, Spending
from bot.debt.case import Case, Debt
from bot.debt.offer import Offer, OfferKind
from bot.drafting.letter import Drafted, Letter, draft
from bot.drafting.matter import Matter, Particulars
from bot.drafting.template import read_templates
from bot.settings import ROOT

TODAY = date(2026, 11, 23)
TEMPLATES = read_templates(ROOT / "knowledge_base" / "letters")

LOAN = Debt(
    "某某贷", Decimal(21000), Decimal("1350.5"), Decimal(600), overdue_days=41,
    lender_type="platform",
)  # fmt: skip
BANK_LOAN = Debt("江城银行", Decimal(9000), overdue_days=0, lender_type="bank")
CARD = Debt("江城银行信用卡", Decimal(38000), overdue_days=95, lender_type="credit_card")


def budget(income: int = 5800, essentials: int = 4100, buffer: int | None = 200) -> Budget:
    return Budget(
        Decimal(income),
        Decimal(essentials),
        None if buffer is None else Decimal(buffer),
        dependants=2,
        incomes=(Income(IncomeKind.WAGE, "工资", Decimal(income)),),
        spending=(Spending(Need.HOUSING, "房租", Decimal(essentials)),),
    )


def matter(*debts: Debt, of: Budget | None = None, **more: object) -> Matter:
    case = Case(of or budget(), debts or (LOAN, BANK_LOAN, CARD))
    return Matter(case, TODAY, **more)  # type: ignore[arg-type]


FULL = Particulars(
    name="贾喆",
    contact="139****0000",
    contract_number="HT-2025-0071",
    card_tail="8123",
    reason="工厂七月停产，八月起只有夜班，母亲做了手术",
    first_due=date(2026, 12, 20),
    due_day=date(2026, 12, 15),
    extension_months=6,
    settlement_amount=Decimal(15000),
    pay_by=date(2026, 12, 31),
    account="以官方 App 还款页为准",
    credit_report="按实际结清日报送",
    paid_on=date(2026, 11, 10),
    paid_amount=Decimal("1234.56"),
    third_party="我的姐姐和两位同事",
    contacted_on="11月20日上午",
    called_from="0571 开头的号码",
    evidence_kept=True,
    other_evidence="停产通知",
)
OFFER = Offer(OfferKind.INSTALMENTS, Decimal("22950.5"), 24, Decimal("0.006"), creditor="某某贷")
LUMP = Offer(
    OfferKind.LUMP_SUM, Decimal("22950.5"), discount=Decimal("0.3"), within_days=5,
    creditor="某某贷",
)  # fmt: skip


def drafted(kind: str, about: Matter) -> Drafted:
    return draft(TEMPLATES[kind], about)


def only(kind: str, about: Matter) -> Letter:
    (letter,) = drafted(kind, about).letters
    return letter
