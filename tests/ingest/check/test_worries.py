"""A worry that leads nowhere or says more than its entry is named by its line."""

import pytest

from tests.ingest.tiny_base import TinyBase

WORRIES = "worries.yaml"
WORRY = """\
- id: visit
  words: [上门, come to my house]
  unless: [法院]
  entry: visit-may-they-enter
  citations:
    - {instrument: civil-code, article: "1033", verified: text}
  answered_by: [visit-tomorrow]
  says: 上门：可以不开门，硬闯就打 110。
  says_en: "A visit: you need not open; call 110."
- id: tomorrow
  words: [明天]
  entry: visit-tomorrow
  says: 明天来：也可以不开门。
  says_en: "Tomorrow: you need not open either."
"""


@pytest.fixture(autouse=True)
def _worry(base: TinyBase) -> None:
    base.write(WORRIES, WORRY)


def test_sound_worries_are_let_through(base: TinyBase) -> None:
    assert base.findings() == []


@pytest.mark.parametrize(
    ("right", "wrong", "line", "code"),
    [
        ("entry: visit-may-they-enter", "entry: visit-someday", 4, "unknown-id"),
        ("answered_by: [visit-tomorrow]", "answered_by: [someday]", 7, "unknown-id"),
        ('article: "1033"', 'article: "1032"', 6, "not-cited"),
        ("硬闯就打 110", "硬闯拘留 17 天", 8, "figure"),
        ("可以不开门，", "可以不开门，" + "也可以一直不开门，" * 6, 8, "too-long"),
        ('says_en: "Tomorrow: you need not open either."', "says_en: 明天来", 14, "language"),
        ("words: [明天]", "words: [上门]", 11, "word-twice"),
    ],
)
def test_a_worry_that_leads_nowhere_or_says_too_much(
    base: TinyBase, right: str, wrong: str, line: int, code: str
) -> None:
    base.plant(WORRIES, right, wrong)
    assert (WORRIES, line, code) in base.findings()
