"""The laws that a question names."""

import pytest

from bot.answering.understanding.named_laws import NamedLaws
from bot.app import App


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("民法典哪条说可以展期", {"civil-code"}),
        ("个保法第几条让我撤回同意", {"personal-information-protection-law"}),
        ("民诉法解释第几条说口头异议无效", {"spc-civil-procedure-interpretation-2022"}),
        ("治安处罚第几条管骚扰", {"public-security-penalties-law-2025"}),
        ("法律哪条说可以展期", set()),
    ],
)
def test_names_and_short_names_are_read_the_longest_first(
    app: App, question: str, named: set[str]
) -> None:
    assert NamedLaws(app.library)(question) == named
