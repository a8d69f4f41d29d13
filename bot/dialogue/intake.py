"""A message in the borrower's own words, read into a budget and debts; nothing is guessed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bot.chinese.amounts import Amount
from bot.chinese.numbers import chinese_number
from bot.chinese.rates import Rate
from bot.debt.budget import Budget, Income, IncomeKind, Need, Spending
from bot.debt.case import LONGEST_CARD_PLAN, Case, Debt
from bot.debt.money import LARGEST, ZERO, percent, to_fen, yuan
from bot.dialogue import intake_words as words
from bot.dialogue.creditor_names import NO_NAMES, CreditorNames, Lender
from bot.dialogue.intake_debts import UNNAMED, Owed, debt_of
from bot.dialogue.intake_tokens import LABELS, Clause, Kind, Token, tokenise

MONTHLY_HOUSING_BELOW = 20_000  # a mortgage of less is the monthly payment, not the debt
MONTHS = {"year": Decimal(1) / 12, "quarter": Decimal(1) / 3, "week": Decimal(52) / 12,
          "day": Decimal(30)}  # fmt: skip
NEAR = 3  # characters between a figure and the label after it (3万2的分期乐)


@dataclass(frozen=True, slots=True)
class Intake:
    """What a message told: the case as far as it goes, and what must be asked back.

    ``missing`` names the contract's fields without which no plan can be computed.
    """

    budget: Budget
    debts: tuple[Debt, ...]
    plan_apr: Decimal | None = None
    max_instalments: int = LONGEST_CARD_PLAN
    read: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def case(self) -> Case | None:
        """The case, once nothing it needs is missing."""
        if self.missing:
            return None
        return Case(self.budget, self.debts, self.plan_apr, self.max_instalments)


def intake(text: str, today: date, names: CreditorNames = NO_NAMES) -> Intake:
    """Read a message; ``names`` are those people use for creditors."""
    desk = Desk()
    for clause in tokenise(text, today, names):
        desk.take(clause)
    return desk.told()


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure with the labels it belongs to, what it is of them, and per what."""

    figure: Token
    labels: tuple[Token, ...]
    role: str | None
    period: str | None


def bound(clause: Clause) -> Iterator[Bound]:
    """Each amount with its labels: those before it, else the one right after it."""
    waiting: list[Token] = []
    role: str | None = None
    period: str | None = None
    spent: set[int] = set()
    tokens = clause.tokens
    for place, token in enumerate(tokens):
        if token.kind in LABELS and token.start not in spent:
            waiting.append(token)
        elif token.kind is Kind.ROLE:
            role = token.value
        elif token.kind is Kind.PERIOD:
            period = token.value
        elif token.kind is Kind.DURATION:
            role = None  # 逾期两个月 is spent; what follows is another figure
        elif token.is_amount:
            labels = _same_kind(waiting) or _right_after(clause, place)
            spent.update(each.start for each in labels)
            yield Bound(token, labels, role or _role_after(tokens, place), period)
            waiting, role, period = [], None, None


def _same_kind(labels: list[Token]) -> tuple[Token, ...]:
    """The last labels of one kind: 房租吃饭4700 is one figure for two needs."""
    kept: list[Token] = []
    for label in reversed(labels):
        if kept and label.kind is not kept[0].kind:
            break
        kept.insert(0, label)
    return tuple(kept)


def _right_after(clause: Clause, place: int) -> tuple[Token, ...]:
    """3万2的分期乐: the label that follows at once; a blank between them parts them."""
    figure = clause.tokens[place]
    for later in clause.tokens[place + 1 :]:
        if later.is_amount:
            break
        if later.kind in LABELS:
            gap = clause.between(figure, later)
            return (later,) if len(gap) <= NEAR and " " not in gap else ()
    return ()


def _role_after(tokens: Sequence[Token], place: int) -> str | None:
    """3万本金: a role right after its figure, unless another figure follows it."""
    after = tokens[place + 1 : place + 3]
    if not after or after[0].kind is not Kind.ROLE or after[0].start - tokens[place].end > 1:
        return None
    followed = len(after) > 1 and after[1].kind is Kind.AMOUNT
    is_part = after[0].value in ("principal", "interest", "fees")
    return str(after[0].value) if is_part and not followed else None


@dataclass(slots=True)
class Desk:
    """Where a message is laid out, clause by clause."""

    incomes: list[Income] = field(default_factory=list)
    spending: list[Spending] = field(default_factory=list)
    owed: list[Owed] = field(default_factory=list)
    daily: list[Spending] = field(default_factory=list)
    all_needs: Decimal | None = None
    buffer: Decimal | None = None
    pledge: Decimal | None = None
    dependants: int = 0
    total: Decimal | None = None
    plan_apr: Decimal | None = None
    max_instalments: int | None = None
    overdue_for_all: int | None = None
    no_income: bool = False
    open_labels: tuple[Token, ...] = ()
    read: list[str] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)

    def take(self, clause: Clause) -> None:
        """Read one clause: its amounts first, then what is said about the debts in it."""
        for each in bound(clause):
            self._amount(each, clause)
        for token in clause.tokens:
            if token.kind is Kind.PEOPLE:
                self._people(token)
            elif token.kind is Kind.NO_INCOME:
                self.no_income = True
            elif token.kind is Kind.CREDITOR and not self._owes_nothing(token):
                self._debt(token.value)
            elif token.kind is Kind.RATE:
                self._rate(token, clause)
            elif token.kind is Kind.DURATION:
                self._duration(token, clause)
            elif token.kind is Kind.TERM:
                self._term(token, clause)
        if words.GUARANTEED.search(clause.text) and self.owed:
            self.owed[-1].guaranteed = True
        self.open_labels = self._still_open(clause)

    def told(self) -> Intake:
        """Everything read, put together."""
        debts = tuple(self._debts())
        budget = self._budget()
        self._compare_total(debts)
        missing = tuple(_missing(budget, debts))
        self.questions.extend(_QUESTIONS[name] for name in missing)
        return Intake(
            budget=budget,
            debts=debts,
            plan_apr=self.plan_apr,
            max_instalments=self.max_instalments or LONGEST_CARD_PLAN,
            read=tuple(self.read),
            assumptions=tuple(dict.fromkeys(self.assumptions)),
            questions=tuple(dict.fromkeys(self.questions)),
            missing=missing,
        )

    def _still_open(self, clause: Clause) -> tuple[Token, ...]:
        """Labels at the clause's end that wait for a figure in the next (分期乐，3万2)."""
        labels: list[Token] = []
        for token in clause.tokens:
            if token.kind in LABELS:
                labels.append(token)
            elif token.is_amount:
                labels = []
        return _same_kind(labels)

    # ---- amounts --------------------------------------------------------------------------

    def _amount(self, each: Bound, clause: Clause) -> None:
        figure: Amount = each.figure.value
        labels = each.labels or self.open_labels
        kind = labels[-1].kind if labels else None
        label = "".join(dict.fromkeys(token.text for token in labels))
        is_need = kind is Kind.NEED  # a telephone bill of 50 is 50 yuan
        if not self._sound(figure, label or clause.text, each.figure.kind, is_need=is_need):
            return
        if kind is Kind.INCOME:
            self._income(figure, labels[-1], label, each.period)
        elif kind in (Kind.NEED, Kind.ALL_NEEDS):
            self._need(each, labels, label, clause)
        elif kind is Kind.BUFFER:
            self.buffer = self._one(figure, high=True)
            self.read.append(f"应急：{yuan(self.buffer)} 元")
        elif kind is Kind.PLEDGE:
            self.pledge = self._one(figure, high=False)
            self.read.append(f"每月能还：{yuan(self.pledge)} 元")
        else:
            self._owed_amount(figure, [t for t in labels if t.kind is Kind.CREDITOR], each, clause)

    def _sound(self, figure: Amount, about: str, kind: Kind, *, is_need: bool) -> bool:
        if kind is Kind.UNCLEAR and abs(figure.value) > 0 and not is_need:
            unit = f"{figure.text} 元还是 {figure.text} 万元"
            self.questions.append(f"“{about.strip()}”的“{figure.text}”是{unit}？")
            return False
        if figure.value < 0:
            self.questions.append(f"“{about.strip()}”的金额不能是负数：{figure.text}，请重写。")
            return False
        if figure.value > LARGEST:
            self.questions.append(f"“{about.strip()}”的金额太大：{figure.text}，请核对单位。")
            return False
        return True

    def _one(self, figure: Amount, *, high: bool) -> Decimal:
        """One value of a figure; of a range the prudent end."""
        value = to_fen(figure.high if high and figure.high is not None else figure.value)
        if not figure.exact:
            self.assumptions.append(f"“{figure.text}”按 {yuan(value)} 元算。")
            self.questions.append(f"“{figure.text}”具体是多少？这里先按 {yuan(value)} 元算。")
        return value

    def _a_month(self, value: Decimal, period: str | None, label: str) -> Decimal:
        if period is None:
            return value
        monthly = to_fen(value * MONTHS[period])
        self.assumptions.append(f"{label} {yuan(value)} 元折成每月 {yuan(monthly)} 元。")
        return monthly

    def _income(self, figure: Amount, token: Token, label: str, period: str | None) -> None:
        if token.text.startswith(("日薪", "时薪")) or period == "day" or "天" in token.text:
            self.questions.append(f"{label} {figure.text}，一个月大约能拿到多少？")
            return
        yearly = "年" in token.text or period == "year"
        value = self._a_month(self._one(figure, high=False), "year" if yearly else None, label)
        if words.NET_INCOME.match(token.text) and self.incomes:
            gross = self.incomes.pop()
            self.assumptions.append(f"收入按{label}的 {yuan(value)} 元算，不按{gross.label}。")
        self.incomes.append(Income(IncomeKind(token.value), label, value))
        self.read.append(f"收入（{label}）：每月 {yuan(value)} 元")

    def _need(self, each: Bound, labels: Sequence[Token], label: str, clause: Clause) -> None:
        value = self._a_month(self._one(each.figure.value, high=True), each.period, label)
        self.read.append(f"{label}：每月 {yuan(value)} 元")
        if labels[-1].kind is Kind.NEED:
            need = labels[-1].value if len(labels) == 1 else Need.OTHER
            self.spending.append(Spending(Need(need), label, value))
        elif words.DAILY.search(label) and not clause.after(each.figure).startswith(("(", "（")):
            self.daily.append(Spending(Need.OTHER, label, value))
        else:
            self.all_needs = value

    def _people(self, token: Token) -> None:
        said = token.value["count"] or token.value["kept"] or "一"
        number = int(chinese_number(said) or 0)
        self.dependants += number
        self.read.append(f"要养 {number} 人")

    # ---- debts ----------------------------------------------------------------------------

    def _owed_amount(
        self, figure: Amount, creditors: list[Token], each: Bound, clause: Clause
    ) -> None:
        role = each.role or "owed"
        if role == "ignored":
            for token in creditors:  # the debt is named, its sum comes next
                self._debt(token.value)
            return
        if role == "total" and not creditors:
            self.total = self._one(figure, high=True)
            self.read.append(f"总共欠：{yuan(self.total)} 元")
            return
        if _is_housing_payment(figure, creditors, role):
            self._need_from_loan(figure, creditors[-1].text)
            return
        if role == "monthly" and self.owed and words.SECURED.search(self.owed[-1].lender.name):
            self._need_from_loan(figure, self.owed.pop().lender.name)
            return
        if not creditors and role in ("owed", "borrowed", "remaining") and not each.role:
            self.questions.append(f"“{clause.text.strip('，,。 ')}”里的 {figure.text} 是什么钱？")
            return
        value = self._one(figure, high=True)
        for owed in self._owed_for(creditors, role, clause):
            owed.add("owed" if role == "total" else role, value)
            self.read.append(f"{owed.lender.name}：{_ROLE_WORDS.get(role, '欠')} {yuan(value)} 元")
        if "其中" in clause.text and self.owed:
            self.owed[-1].parts_included = True

    def _owed_for(self, creditors: list[Token], role: str, clause: Clause) -> list[Owed]:
        """The debts a figure belongs to; several creditors with one figure are one debt."""
        if not creditors:
            if role in ("owed", "borrowed", "remaining", "total") and not self._waits():
                return [self._debt(UNNAMED, fresh=True)]
            return [self.owed[-1] if self.owed else self._debt(UNNAMED)]
        if len(creditors) > 1 and _only_heads_a_list(creditors, clause):
            creditors = creditors[1:]
        lenders = [token.value for token in creditors]
        if len(lenders) == 1 or words.EACH.search(clause.text):
            return [self._debt(lender, role) for lender in lenders]
        names = "、".join(lender.name for lender in lenders)
        self.questions.append(f"{names}各欠多少？这里先合在一起算。")
        self.owed = [owed for owed in self.owed if owed.figures or owed.lender not in lenders]
        kinds = {lender.lender_type for lender in lenders}
        return [self._debt(Lender(names, kinds.pop() if len(kinds) == 1 else "any"))]

    def _waits(self) -> bool:
        """Whether the last creditor has no sum yet, or only what was borrowed."""
        return bool(self.owed) and not {"owed", "principal"} & self.owed[-1].figures.keys()

    def _debt(self, lender: Lender, role: str | None = None, *, fresh: bool = False) -> Owed:
        """The debt to a lender; a second whole sum for the same name is a second debt."""
        known = [owed for owed in self.owed if owed.lender.name == lender.name]
        if known and not fresh and not (role == "owed" and "owed" in known[-1].figures):
            return known[-1]
        if any(lender.name in owed.lender.name.split("、") for owed in self.owed) and role is None:
            return next(o for o in self.owed if lender.name in o.lender.name.split("、"))
        self.owed.append(Owed(lender))
        return self.owed[-1]

    def _owes_nothing(self, token: Token) -> bool:
        """A loan kept as an essential, or a word for any lender at all."""
        kept = any(each.label == token.text for each in self.spending)
        return kept or bool(words.ANY_LENDER.match(token.text))

    def _need_from_loan(self, figure: Amount, loan: str) -> None:
        """A home or car is kept first: its monthly payment is an essential, not a debt to share."""
        value = self._one(figure, high=True)
        self.spending.append(Spending(Need.HOUSING, loan, value))
        self.read.append(f"{loan}月供：每月 {yuan(value)} 元，算作必要开支")
        self.assumptions.append(f"{loan}每月要还的 {yuan(value)} 元先留出来，不和其他欠款一起分。")

    def _rate(self, token: Token, clause: Clause) -> None:
        rate: Rate = token.value
        if rate.absurd:
            self.questions.append(f"利率“{rate.text}”不合常理，请核对。")
            return
        if rate.question:
            self.questions.append(rate.question)
        self.assumptions.append(f"“{rate.text}”：{rate.assumed}，年化 {percent(rate.apr)}。")
        named = [t for t in clause.tokens if t.kind is Kind.CREDITOR]
        before = [t for t in named if t.start < token.start]
        if words.FOR_THE_PLAN.search(clause.after_last_amount(token)) or not (named or self.owed):
            self.plan_apr = rate.apr
            self.read.append(f"希望的年化：{percent(rate.apr)}")
        elif named and words.ALL.search(clause.text):
            for creditor in named:
                self._debt(creditor.value).apr = rate.apr
        elif named:
            self._debt((before or named)[-1].value).apr = rate.apr
        else:
            self.owed[-1].apr = rate.apr

    def _duration(self, token: Token, clause: Clause) -> None:
        late = words.LATE.search(clause.text) or token.text[0] in "mM"
        if not late:
            return
        days: int = token.value.days
        for note, place in ((token.value.assumed, self.assumptions),
                            (token.value.question, self.questions)):  # fmt: skip
            if note:
                place.append(f"“{token.text}”：{note}" if place is self.assumptions else note)
        creditors = [t for t in clause.tokens if t.kind is Kind.CREDITOR and t.start < token.start]
        if words.ALL.search(clause.text) and not creditors:
            self.overdue_for_all = days
        elif words.ALL.search(clause.text):
            for creditor in creditors:
                self._debt(creditor.value).overdue_days = days
        elif creditors or self.owed:
            owed = self._debt(creditors[-1].value) if creditors else self.owed[-1]
            owed.overdue_days = days
            if not creditors and len(self.owed) > 1:
                self.questions.append(f"“{token.text}”是只有{owed.lender.name}，还是几家都逾期？")
        else:
            self.overdue_for_all = days

    def _term(self, token: Token, clause: Clause) -> None:
        months: int = token.value.months
        before = clause.text[: clause.text.find(token.text)]
        if words.REMAINING_BEFORE.search(before) and self.owed:
            self.owed[-1].remaining_instalments = months
        elif words.LONGEST_BEFORE.search(before) and not clause.has(Kind.CREDITOR):
            self.max_instalments = months
            self.read.append(f"最长期数：{months} 期")

    # ---- putting together -----------------------------------------------------------------

    def _debts(self) -> Iterator[Debt]:
        for owed in self.owed:
            if owed.overdue_days is None:
                owed.overdue_days = self.overdue_for_all
            made = debt_of(owed)
            self.assumptions.extend(made.assumptions)
            self.questions.extend(made.questions)
            if made.debt is not None:
                yield made.debt
        if not any(owed.figures for owed in self.owed) and self.total is not None:
            self.questions.append("这些钱分别欠哪几家、各多少？这里先合在一起算。")
            yield Debt("全部欠款", self.total, overdue_days=self.overdue_for_all)

    def _budget(self) -> Budget:
        income = sum((each.amount for each in self.incomes), ZERO) if self.incomes else None
        if income is None and self.no_income:
            income = ZERO
            self.read.append("收入：现在没有")
        return Budget(
            income=income,
            essentials=self._essentials(),
            buffer=self.buffer,
            dependants=self.dependants,
            incomes=tuple(self.incomes),
            spending=tuple(self.spending),
            pledge=self.pledge,
        )

    def _essentials(self) -> Decimal | None:
        """One total, or what was listed; 生活开支 beside other costs is one of them."""
        self._place_daily()
        listed = sum((each.amount for each in self.spending), ZERO) if self.spending else None
        if self.all_needs is None:
            if listed is not None:
                named = "、".join(each.label for each in self.spending)
                self.assumptions.append(f"必要开支只算了你写的：{named}；没写的没有算。")
            return listed
        if listed is None:
            return self.all_needs
        if listed > self.all_needs:
            self.questions.append("各项开支加起来比总开支多，哪个对？这里先按多的算。")
            return listed
        self.assumptions.append("写了总开支，各项当作已经包含在里面。")
        return self.all_needs

    def _place_daily(self) -> None:
        listed = sum((each.amount for each in self.spending), ZERO)
        for each in self.daily:
            if not self.spending or each.amount == listed:
                self.all_needs = self.all_needs or each.amount
                continue
            others = "、".join(line.label for line in self.spending)
            self.questions.append(f"{each.label}包括{others}吗？这里先当作另外的一项。")
            self.spending.append(each)

    def _compare_total(self, debts: Sequence[Debt]) -> None:
        listed = sum((debt.claim for debt in debts), ZERO)
        if self.total is not None and debts and listed != self.total:
            self.questions.append(
                f"你说总共欠 {yuan(self.total)} 元，各家加起来是 {yuan(listed)} 元，"
                "差的是哪一家？这里先按各家加起来的算。"
            )


def _only_heads_a_list(creditors: Sequence[Token], clause: Clause) -> bool:
    """三家网贷：分期乐… names no creditor of its own."""
    first, second = creditors[:2]
    listed = words.LISTED_AFTER.search(clause.between(first, second))
    return bool(words.ANY_LENDER.match(first.text) and listed)


def _is_housing_payment(figure: Amount, creditors: Sequence[Token], role: str) -> bool:
    if not creditors or not words.SECURED.search(creditors[-1].text):
        return False
    return role == "monthly" or (role == "owed" and figure.value < MONTHLY_HOUSING_BELOW)


def _missing(budget: Budget, debts: Sequence[Debt]) -> Iterator[str]:
    """The contract's fields that the message left out."""
    if budget.pledge is None:
        if budget.income is None:
            yield "income"
        if budget.essentials is None:
            yield "essential"
    if not debts:
        yield "debts"


_QUESTIONS = {
    "income": "每个月能拿到手的收入大约多少？",
    "essential": "每个月必要的开支（房租、吃饭、水电、交通、看病、孩子）大约多少？",
    "debts": "欠哪几家、各多少钱？",
}
_ROLE_WORDS = {
    "principal": "本金", "interest": "利息", "fees": "费用", "paid": "已还", "borrowed": "借了",
    "remaining": "还剩", "overdue": "逾期", "monthly": "每月要还",
}  # fmt: skip
