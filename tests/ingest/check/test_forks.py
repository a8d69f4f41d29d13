"""A question asked back that cannot be asked, or leads nowhere, is named by its line."""

import pytest

from tests.ingest.tiny_base import ENTRY, TOMORROW, TinyBase

FORKS = "forks.yaml"
FORK = """\
- id: when
  asks: 是今天还是明天？
  asks_en: Today or tomorrow?
  under: [visit-may-they-enter]
  about: [上门]
  branches:
    - label: 今天已经来了
      label_en: They are here
      words: [今天]
      entry: visit-may-they-enter
      question: 不开门行不行
      question_en: can debt collectors enter my home
    - label: 明天才来
      label_en: They come tomorrow
      words: [明天]
      entry: visit-tomorrow
      question: 短信说明天上门
      question_en: they say they will visit tomorrow
"""
LONG = "一个写得太长太长的按钮手机上放不下两行也放不下了"


@pytest.fixture(autouse=True)
def _fork(base: TinyBase) -> None:
    base.write(FORKS, FORK)
    base.write(TOMORROW, f"{base.read(TOMORROW)}\n## English\n\nYou may keep the door shut.\n")


def test_a_sound_fork_is_let_through(base: TinyBase) -> None:
    assert base.findings() == []


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("under: [visit-may-they-enter]", "under: [visit-someday]", "unknown-id"),
        ("entry: visit-tomorrow", "entry: visit-someday", "unknown-id"),
        ("question: 短信说明天上门", "question: 没有列出的问法", "not-listed"),
        (
            "question_en: they say they will visit tomorrow",
            "question_en: not listed anywhere",
            "not-listed",
        ),
        ("label: 今天已经来了", f"label: {LONG}", "too-long"),
        ("label_en: They are here", "label_en: 已经来了", "language"),
        ("asks: 是今天还是明天？", "asks: When?", "language"),
        ("words: [明天]", "words: [今天]", "word-twice"),
    ],
)
def test_a_fork_that_leads_nowhere_or_does_not_fit(
    base: TinyBase, right: str, wrong: str, code: str
) -> None:
    base.plant(FORKS, right, wrong)
    found = base.findings()
    assert {(file, name) for file, _, name in found} == {(FORKS, code)}


def test_nothing_is_asked_back_in_danger(base: TinyBase) -> None:
    base.plant(ENTRY, "risk: none", "risk: violence")
    assert ("forks.yaml", "fork-in-danger") in {(file, code) for file, _, code in base.findings()}


def test_a_branch_needs_an_entry_in_english(base: TinyBase) -> None:
    text = base.read(ENTRY)
    base.write(ENTRY, text[: text.index("## English")])
    assert {code for _, _, code in base.findings()} >= {"no-english"}
