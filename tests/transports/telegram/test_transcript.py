"""The page of talks shows what the whole assistant really says."""

import re
from pathlib import Path

import pytest

from bot.app import App
from tests.transports.telegram.transcript import (
    A_FILE,
    HAND_OFF,
    IN_ENGLISH,
    OWN_DATA,
    PAGE,
    PLAN,
    QUESTIONS,
    TALKS,
    record,
    with_volunteers,
)

# A notice by the name that a clerk can read, and the question of which language to speak.
ALLOWED = {"助贷新规", "用哪种文字回答你"}


def test_the_seed_questions_get_sourced_answers(app: App) -> None:
    talk = record(app, QUESTIONS, chat=6001)
    assert talk.count("> 依据") == len(QUESTIONS) - 1
    assert "〔直接问〕" in talk


def test_a_plan_ends_with_a_letter_for_each_lender(app: App) -> None:
    talk = record(app, PLAN, chat=6002)
    assert "1,018.75" in talk
    assert "📎 （图）" in talk
    assert "-10 到期" in talk
    assert talk.count(".docx") >= 2


def test_a_whole_talk_in_english(app: App) -> None:
    talk = record(app, IN_ENGLISH, chat=6005)
    assert "You can pay 1,500 yuan a month" in talk
    assert "📎 （图）" in talk
    assert "The true rate is about 45.5% a year" in talk
    assert "leaves 301.04 yuan" in talk
    assert "📎 对还款方案的答复-Fenqile.docx" in talk
    assert "Are you sure?" in talk
    assert "Everything is deleted" in talk
    answers = re.sub(r"📎.*|\*\*我：.*|〔.*〕|.*Sources.*", "", talk)
    chinese = set(re.findall(r"[\u3400-\u9fff]+", answers))
    assert chinese <= ALLOWED, chinese


def test_a_letter_sent_as_a_file_is_answered_and_masked(app: App) -> None:
    talk = record(app, A_FILE, chat=6006)
    assert "看起来是法院传票" in talk
    assert "> 依据" in talk
    assert "13800138000" not in talk


def test_own_data_is_shown_and_deleted(app: App) -> None:
    talk = record(app, OWN_DATA, chat=6003)
    assert "📎 mydata.json" in talk
    assert "已经全部删除" in talk


def test_a_talk_with_a_volunteer_goes_both_ways(data_dir: Path, tmp_path: Path) -> None:
    aid = with_volunteers(data_dir, f"sqlite:///{tmp_path}/aid.sqlite3")
    talk = record(aid, HAND_OFF, chat=6004)
    assert "（志愿者看到）#1" in talk
    assert "👤 志愿者：" in talk
    assert "志愿者结束了这次对话" in talk
    assert "13800138000" not in talk.replace(HAND_OFF[0], "")


@pytest.mark.parametrize("title", [title for title, _ in TALKS])
def test_the_page_holds_every_talk(title: str) -> None:
    page = PAGE.read_text("utf-8")
    talk = dict(TALKS)[title]
    assert f"## {title}" in page
    assert all(f"{said}**\n" in page for said in talk)
