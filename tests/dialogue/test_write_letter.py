"""Which messages ask for a letter outright, and which only ask about one."""

import pytest

from bot.dialogue.write_letter import letter_asked
from bot.drafting.template import read_templates
from bot.settings import ROOT

TEMPLATES = read_templates(ROOT / "knowledge_base" / "letters")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("帮我写一封停止联系第三人的信", "stop-third-party-contact"),
        ("写一封要求停止联系家人的函", "stop-third-party-contact"),
        ("写一封不要再联系我父母的信", "stop-third-party-contact"),
        ("写结清证明申请", "clearance-certificate"),
        ("帮我写一份给招行的结清证明申请", "clearance-certificate"),
        ("帮我写减免结清确认", "settlement-confirmation"),
        ("帮我写要合同和费用明细的信", "documents-request"),
        ("能不能帮我写一份展期申请书？", "extension-application"),
        ("写困难说明", "hardship-statement"),
        ("帮我写个性化分期还款申请书", "instalment-application"),
        ("幫我寫協商信", "negotiation-letter"),
        ("帮我写给分期乐的协商信", "negotiation-letter"),
        ("帮我写电话话术", "phone-script"),
    ],
)
def test_reads_which_letter_is_wanted(text: str, kind: str) -> None:
    assert letter_asked(text) == kind
    assert kind in TEMPLATES


@pytest.mark.parametrize(
    "text",
    [
        "结清证明怎么写",
        "协商信怎么写",
        "写协商信有用吗",
        "写个投诉信",
        "帮我写一封信",
        "做分期",
        "做还款计划",
        "银行让我写困难说明可以吗",
        "他们写信给我单位了",
        "帮我写合同",
        "帮我写假的困难证明",
    ],
)
def test_a_question_about_a_letter_is_no_request(text: str) -> None:
    assert letter_asked(text) is None
