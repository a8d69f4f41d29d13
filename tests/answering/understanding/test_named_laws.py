"""The laws that a question names."""

import pytest

from bot.answering.understanding.named_laws import NamedLaws
from bot.app import App
from bot.knowledge.instrument import InstrumentKind


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("民法典哪条说可以展期", {"civil-code"}),
        ("个保法第几条让我撤回同意", {"personal-information-protection-law"}),
        ("民诉法解释第几条说口头异议无效", {"spc-civil-procedure-interpretation-2022"}),
        ("治安处罚第几条管骚扰", {"public-security-penalties-law-2025"}),
        ("法律哪条说可以展期", set()),
        ("Which PIPL article is on consent", {"personal-information-protection-law"}),
        ("what does the civil code say", {"civil-code"}),
    ],
)
def test_names_and_short_names_are_read_the_longest_first(
    app: App, question: str, named: set[str]
) -> None:
    assert NamedLaws(app.library)(question) == named


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("网上点了同意算提醒过我吗，哪个解释", InstrumentKind.INTERPRETATION),
        ("把人逼疯，按寻衅滋事的解释是第几条", InstrumentKind.INTERPRETATION),
        ("信用报告错了几天答复，条例第几条", InstrumentKind.REGULATION),
    ],
)
def test_a_kind_stands_for_all_of_it_where_no_name_does(
    app: App, question: str, kind: InstrumentKind
) -> None:
    of_kind = {law.id for law in app.library.instruments if law.kind is kind}
    assert NamedLaws(app.library)(question) == of_kind


def test_a_reply_of_the_court_is_meant_beside_the_law_it_is_about(app: App) -> None:
    named = NamedLaws(app.library)("民间借贷司法解释管小贷公司吗，哪个批复")
    assert {"spc-private-lending-2020", "spc-private-lending-scope-reply"} <= named
