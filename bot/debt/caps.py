"""Which limit or practice applies to a loan's price: it depends on who lends."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bot.debt.money import percent

VERY_HIGH = 0.36  # only decides when to warn; the words state no limit
CHECK_FROM = 0.12  # below four times the lowest recent LPR no limit is in question


@dataclass(frozen=True, slots=True)
class Finding:
    """Something noticed about a price, in a code for programs and words for people.

    ``certainty`` says how far the legal statement was checked (text, secondary, memory);
    ``instrument`` and ``article`` name its source where the article was read.
    """

    code: str
    text: str
    certainty: str | None = None
    instrument: str | None = None
    article: str | None = None


_OFFICIAL = "据公开报道，以官方文件为准"

_PRIVATE = Finding(
    "private_four_lpr",
    "个人和一般企业之间的民间借贷：超过合同成立时一年期 LPR 四倍的部分法院不支持，"
    "利息、违约金和其他费用合计也不得超过（民间借贷司法解释第25、29条）。LPR 请查合同成立当月数值；"
    f"2025年12月为 3.0%，四倍是 12%（{_OFFICIAL}）。",
    "text",
    "spc-private-lending-2020",
    "25",
)
_LICENSED = Finding(
    "licensed_not_four_lpr",
    "银行、消费金融公司等持牌机构不适用民间借贷的 LPR 四倍（民间借贷司法解释第1条）。",
    "text",
    "spc-private-lending-2020",
    "1",
)
_COURT = Finding(
    "licensed_court_practice",
    "持牌机构的利息、罚息、违约金和其他费用合计过高的，可以请求法院调减；具体口径要向法院"
    "（12368）或律师（12348）核对。调减的只是过高部分，本金和合理利息仍要还。",
    "memory",
    "spc-finance-trial-opinions-2017",
)
_SEVEN_KINDS = Finding(
    "local_finance_not_four_lpr",
    "小额贷款公司、融资担保公司等地方金融组织不适用民间借贷的 LPR 四倍"
    "（法释〔2020〕27号批复第1条）。",
    "text",
    "spc-private-lending-scope-reply",
    "1",
)
_MICROLOAN = Finding(
    "microloan_24",
    "小额贷款公司不得新发放综合融资成本超过年化 24% 的贷款，到 2027 年底新发放贷款原则上降到"
    f"一年期 LPR 四倍以内（{_OFFICIAL}）。",
    "secondary",
    "microloan-cost-guideline-2025",
)
_PLATFORM = Finding(
    "platform_24",
    "银行和平台合作的助贷，增信服务费要计入综合融资成本，业内执行为年化不超过 24%"
    f"（2025-10-01 起施行，{_OFFICIAL}）。",
    "secondary",
    "internet-lending-notice-2025",
)
_CONSUMER_FINANCE = Finding(
    "consumer_finance_guidance",
    "消费金融公司有新发放贷款平均综合成本 20% 左右的监管指导，没有见到公开的法定上限"
    f"（{_OFFICIAL}）。",
    "secondary",
)
_CARD = Finding(
    "card_no_fixed_cap",
    "信用卡利率和分期费用没有固定的法定上限；利息、复利、分期手续费、违约金总额过高的，"
    "可以请求法院酌减（银行卡民事纠纷司法解释第2条）。",
    "text",
    "spc-bank-card-disputes-2021",
    "2",
)
_UNKNOWN = Finding(
    "lender_type_unknown",
    "上限要看合同上的放款方是谁：民间借贷、银行、消费金融、小额贷款、助贷平台各不相同。"
    "先看合同里的放款机构，再对照。",
)
_DISCLOSURE = Finding(
    "ask_cost_table",
    "可以向放款机构要合同、费用明细和还款明细，把利息、担保费、服务费、会员费都算进去核对。",
)

_BY_LENDER = {
    "private": (_PRIVATE,),
    "bank": (_LICENSED, _COURT),
    "trust": (_LICENSED, _COURT),
    "credit_card": (_CARD,),
    "consumer_finance": (_LICENSED, _CONSUMER_FINANCE, _COURT),
    "microloan": (_SEVEN_KINDS, _MICROLOAN),
    "guarantee": (_SEVEN_KINDS,),
    "asset_company": (_SEVEN_KINDS,),
    "platform": (_PLATFORM,),
}
_REPORTED_LIMIT = {"microloan": 0.24, "platform": 0.24}


def cap_findings(apr: float, lender_type: str | None) -> Iterator[Finding]:
    """What limits a price of so much a year, given who lends."""
    if apr > VERY_HIGH:
        yield Finding(
            "very_high",
            f"年化约 {percent(Decimal(apr))}，非常高。保存合同、转账和聊天记录，"
            "不要借新还旧，可以免费问 12348。",
        )
    if apr <= CHECK_FROM:
        return
    if (limit := _REPORTED_LIMIT.get(lender_type or "")) is not None and apr > limit:
        yield Finding(
            "above_reported_limit",
            f"年化约 {percent(Decimal(apr))}，高于据公开报道这类机构的 24%，以官方文件为准；"
            "可以要求说明并投诉。超过的只影响高出的部分，不是整笔不用还。",
            "secondary",
        )
    yield from _BY_LENDER.get(lender_type or "", (_UNKNOWN,))
    yield _DISCLOSURE
