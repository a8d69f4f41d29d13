"""What each page does, through its forms, without a script."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from bot.curation.people import Role
from bot.curation.records import State
from bot.curation.web.charts import bars, lines
from bot.curation.web.entry_fields import fields_of_form
from bot.dialogue.hand_off import Side, Stage
from bot.dialogue.message import Kind, Message
from bot.knowledge.vocabulary import Language
from bot.store.hand_offs import HandOffs
from bot.store.tables import ConversationRow
from tests.curation.web import Site, Visitor, hidden, workspace_site
from tests.curation.workspaces import publish
from tests.operation.test_logo import picture

ENTER, TOMORROW = "visit-may-they-enter", "visit-tomorrow"
TICKED = ("stages", "lender_types", "channels", "creditors", "related", "actions")
PATIENCE = 60.0


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with workspace_site(tmp_path_factory.mktemp("pages")) as running:
        yield running


@pytest.fixture
def editor(site: Site) -> Visitor:
    return site.visitor(Role.EDITOR)


@pytest.fixture
def reviewer(site: Site) -> Visitor:
    return site.visitor(Role.REVIEWER)


@pytest.fixture
def manager(site: Site) -> Visitor:
    return site.visitor(Role.SITE_MANAGER)


def form_of(page: str) -> dict[str, object]:
    """What a browser would send of the entry's form as it stands there."""
    form = page[page.index('class="stack entry"') : page.index('class="bar"')]
    sent: dict[str, object] = {}
    for name, value in re.findall(r'<input[^>]*?name="(\w+)"[^>]*? value="([^"]*)"', form):
        if name not in (*TICKED, "csrf"):
            sent.setdefault(name, unescape(value))
    for name in TICKED:
        sent[name] = re.findall(rf'name="{name}" value="([^"]*)" checked', form)
    topic = re.search(r'name="topic".*?value="([^"]*)" selected', form, re.DOTALL)
    sent["topic"] = topic[1] if topic else ""
    letter = re.search(r'name="template">.*?</select>', form, re.DOTALL)
    picked = re.search(r'value="([^"]*)" selected', letter[0]) if letter else None
    sent["template"] = picked[1] if picked else ""
    for name, text in re.findall(r'<textarea name="(\w+)"[^>]*>([^<]*)</textarea>', form):
        sent[name] = unescape(text)
    for name in ("instrument", "article"):
        pattern = rf'name="citation_{name}"[^>]*? value="([^"]*)"'
        sent[f"citation_{name}"] = re.findall(pattern, form)
    selects = re.findall(r'name="citation_verified">(.*?)</select>', form, re.DOTALL)
    chosen = [re.findall(r'value="(\w+)" selected', each) for each in selects]
    sent["citation_verified"] = [each[0] if each else "text" for each in chosen]
    return sent


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.parametrize("entry", [ENTER, TOMORROW])
def test_a_form_sent_as_it_stands_changes_nothing(site: Site, editor: Visitor, entry: str) -> None:
    before = site.workspace.entries.version(entry).fields
    sent = form_of(editor.get(f"/entries/{entry}/edit").text)
    pairs = [(n, v) for n, vs in sent.items() for v in (vs if isinstance(vs, list) else [vs])]
    fields = fields_of_form(FormData(pairs), before, site.office.instrument_ids())
    assert fields == {n: v for n, v in before.items() if n not in ("id", "reviewed")}


def test_publishing_waits_until_the_effect_was_seen(
    site: Site, editor: Visitor, reviewer: Visitor
) -> None:
    page = editor.get(f"/entries/{TOMORROW}/edit").text
    sent = form_of(page) | {"short_answer": "可以不开门。先打官方客服核对。", "then": "submit"}
    assert editor.post(f"/entries/{TOMORROW}/edit", **sent).status_code == 303
    entries = site.workspace.entries
    assert entries.get(TOMORROW).state is State.IN_REVIEW
    revision = entries.get(TOMORROW).revision
    assert editor.post(f"/entries/{TOMORROW}/approve", revision=revision).status_code == 403
    assert reviewer.post(f"/entries/{TOMORROW}/approve", revision=revision).status_code == 303
    revision = entries.get(TOMORROW).revision
    early = reviewer.post(f"/entries/{TOMORROW}/publish", revision=revision)
    assert early.headers["location"].endswith(f"/entries/{TOMORROW}/publish")
    assert entries.get(TOMORROW).state is State.APPROVED
    until(lambda: 'name="revision"' in reviewer.get(f"/entries/{TOMORROW}/publish").text)
    began = time.monotonic()
    reviewer.post(f"/entries/{TOMORROW}/publish", revision=revision)
    took = time.monotonic() - began
    assert entries.get(TOMORROW).state is State.PUBLISHED
    assert took < 20  # a busy machine's; it is under a second on an idle one
    assert site.app.library.entry[TOMORROW].short_answer.startswith("可以不开门。先打")
    publication = site.workspace.publications.page(size=1)[0]
    assert publication.evaluation is not None
    assert publication.evaluation["looked_at"] > 0


def test_nobody_approves_their_own_text(site: Site, reviewer: Visitor) -> None:
    sent = form_of(reviewer.get(f"/entries/{ENTER}/edit").text)
    sent |= {"short_answer": "不能。没有你同意，谁也不能进你家。", "then": "submit"}
    assert reviewer.post(f"/entries/{ENTER}/edit", **sent).status_code == 303
    revision = site.workspace.entries.get(ENTER).revision
    refused = reviewer.post(f"/entries/{ENTER}/approve", revision=revision)
    assert refused.status_code == 409
    assert "第二个人" in refused.text
    boss = site.visitor(Role.ADMINISTRATOR)
    boss.post("/accounts/one-person", allowed="yes")
    alone = reviewer.post(f"/entries/{ENTER}/approve", revision=revision, text="只有我一个人")
    assert alone.status_code == 303
    boss.post("/accounts/one-person", allowed="no")
    assert "一人通过" in reviewer.get(f"/entries/{ENTER}").text


def test_a_draft_that_breaks_rules_names_them(site: Site, editor: Visitor) -> None:
    made = editor.post("/entries/new", title="半截", topic="home-visits", questions="上门")
    path = made.headers["location"].removeprefix("/workspace").split("?")[0]
    page = editor.get(path).text
    refused = editor.post(path, **form_of(page), then="submit")
    assert refused.status_code == 422
    assert "还不能提交" in refused.text
    assert "先说结论：这里还没有写" in refused.text
    sent = form_of(refused.text) | {"short_answer": "打 99999。", "steps": "别开门。\n保证成功！"}
    told = editor.post(path, **sent, then="submit").text
    for fault in (
        "先说结论 第 1 行：99999 不在登记里",
        "现在可以做 第 2 行：不要写「保证成功」",
        "人们怎么问：只有 1 种问法，至少要 12 种",
    ):
        assert fault in told


def test_a_source_is_taken_in_and_written_beside(site: Site, editor: Visitor) -> None:
    text = "催收人员上门时先看工作证和委托书。\n\n可以不开门，也可以隔着门说话。\n" * 3
    taken = editor.upload("/intake", "上门须知.txt", text.encode())
    assert taken.status_code == 303
    path = taken.headers["location"].removeprefix("/workspace")
    assert "可以不开门" in editor.get(path).text
    beside = editor.get(f"/entries/new?source={path.rpartition('/')[2]}").text
    assert 'class="source"' in beside
    assert "可以不开门" in beside
    assert site.app.library.entry.keys() == {ENTER, TOMORROW}
    editor.post(f"{path}/settle")
    assert "上门须知" not in editor.get("/intake").text


def test_an_exact_answer_needs_two_people(site: Site, editor: Visitor, reviewer: Visitor) -> None:
    editor.post("/exact-answers", question="门口有人咋整", entry=TOMORROW)
    page = reviewer.get("/exact-answers").text
    approve = re.search(r"/workspace(/exact-answers/[^/\"]+/approve)", page)
    assert approve
    reviewer.post(approve[1], revision=hidden(page[approve.end() :], "revision"))
    assert "已发布" in reviewer.get("/exact-answers").text
    assert [each.question for each in site.app.library.exact_answers] == ["门口有人咋整"]
    again = editor.post("/exact-answers", question="门口有人咋整？", entry=TOMORROW)
    assert (again.status_code, "已经指定了" in again.text) == (422, True)
    unfit = editor.post("/exact-answers", question="门口有人", entry="nothing-here")
    assert (unfit.status_code, "这一条还没有发布" in unfit.text) == (422, True)
    reviewer.post(approve[1].replace("approve", "withdraw"))
    assert site.app.library.exact_answers == ()
    publication = f"/publications/{site.workspace.publications.page(size=1)[0].number}"
    assert "由搜索决定" in reviewer.get(publication).text
    reviewer.post(f"{publication}/roll-back", text="还是要")
    assert [each.question for each in site.app.library.exact_answers] == ["门口有人咋整"]


def test_a_site_is_made_with_its_line_and_its_notes(site: Site, manager: Visitor) -> None:
    assert manager.post("/sites/new", key="BAD KEY", name="x").status_code == 422
    manager.post("/sites/new", key="lakeside", name="湖畔消协")
    page = manager.get("/sites/lakeside").text
    assert "data-site=&#34;lakeside&#34;" in page
    sent = {"name": "湖畔消协", "hotline": "010-1", "session_minutes": "240"}
    wrong = manager.post("/sites/lakeside", **sent, origins="javascript:alert(1)")
    assert wrong.status_code == 422
    assert "允许的网址" in wrong.text
    manager.post("/sites/lakeside", **sent, origins="https://lake.example.org\n")
    manager.post("/sites/lakeside/notes", title="本地窗口", text="周三下午有律师值班。")
    page = manager.get("/sites/lakeside").text
    assert "https://lake.example.org" in page
    assert "周三下午有律师值班" in page
    wrong = manager.post("/sites/lakeside", **sent, volunteer_hours="晚上")
    assert (wrong.status_code, "志愿者在的时间" in wrong.text) == (422, True)
    manager.post("/sites/lakeside", **sent, volunteer_hours="周二 19：00—21：00")
    assert 'value="周二 19：00—21：00"' in manager.get("/sites/lakeside").text


def test_a_site_gets_its_logo_from_the_browser(site: Site, manager: Visitor) -> None:
    manager.post("/sites/new", key="hill", name="山上消协")
    refused = manager.upload("/sites/hill/logo", "logo.png", b"<svg onload=alert(1)>")
    assert (refused.status_code, "PNG、JPEG 或 WebP" in refused.text) == (422, True)
    assert manager.upload("/sites/hill/logo", "x.svg", picture("PNG")).status_code == 303
    shown = re.search(r'src="(/api/v1/sites/hill/logo[^"]*)"', manager.get("/sites/hill").text)
    assert shown
    served = httpx.get(site.address + shown[1])
    assert served.headers["content-type"] == "image/png"
    assert served.headers["x-content-type-options"] == "nosniff"
    manager.post("/sites/hill/logo/remove")
    assert 'class="logo"' not in manager.get("/sites/hill").text


def test_a_creditor_that_a_publication_brings_is_known_at_once(site: Site) -> None:
    household = {"text": "月入6500，房租2000，欠湖光32000逾期两个月，没别的债"}

    def creditors() -> list[str]:
        told = httpx.post(f"{site.address}/api/v1/plans", json=household).json()
        return [each["creditor"] for each in told["allocation"]]

    assert creditors() == ["没写名字的欠款"]
    registry = site.app.settings.knowledge_dir / "creditors.yaml"
    kept = registry.read_text("utf-8")
    registry.write_text(
        kept + kept.replace("fenqile", "huguang").replace("分期乐", "湖光"), "utf-8"
    )
    publish(site.workspace, ENTER, short_answer="不能。没有你同意，谁也不能进你的家门。")
    site.workspace.follow.once()
    assert creditors() == ["湖光"]


async def test_a_volunteer_takes_a_talk_speaks_and_ends_it(site: Site, editor: Visitor) -> None:
    await site.app.respond(Message("web", "somebody", "上门了怎么办", Kind.TEXT))
    with Session(site.app.engine) as session:
        wanted = select(ConversationRow.id).where(ConversationRow.key == "somebody")
        conversation = session.scalars(wanted).one()
    hand_offs = HandOffs(site.app.engine)
    talk = hand_offs.ask(conversation, Language.SIMPLIFIED)
    hand_offs.move(talk.number, (Stage.ASKED,), Stage.WAITING)
    assert f"/talks/{talk.number}" in editor.get("/talks").text
    editor.post(f"/talks/{talk.number}/take")
    late = site.visitor(Role.REVIEWER).post(f"/talks/{talk.number}/take")
    assert "too_late" in late.headers["location"]
    editor.post(f"/talks/{talk.number}/say", text="你好，我是志愿者 <b>小林</b>。")
    assert "&lt;b&gt;小林" in editor.get(f"/talks/{talk.number}/lines").text
    editor.post(f"/talks/{talk.number}/close", text="先留好短信。")
    found = hand_offs.find(talk.number)
    assert found is not None
    assert found.stage is Stage.CLOSED
    said = [line.text for line in hand_offs.lines(talk.number) if line.by is Side.VOLUNTEERS]
    assert said == ["你好，我是志愿者 <b>小林</b>。"]


QUIET_PAGES = ("/", "/accounts", "/audit", "/talks", "/publications", "/publications/1", "/sites")
QUIET_PAGES += ("/own", "/intake", "/gaps", "/gaps/figures", "/exact-answers", "/audit/check")
NAMES = r"\b(test|anna|ben|hill|lakeside)\b|[a-z]+(-[a-z0-9]+)+|[0-9a-f]{64}|https?://\S*"
NAMES += "|Telegram|txt|PDF|Word|PNG|JPEG|WebP"


@pytest.mark.parametrize("path", QUIET_PAGES)
def test_the_chinese_pages_speak_no_english(site: Site, path: str) -> None:
    boss = site.visitor(Role.ADMINISTRATOR)
    boss.post("/accounts/invite", note="小周", role="editor")
    page = boss.get(path).text.partition("<main id=")[2].partition(">")[2]
    seen = unescape(re.sub(r"<[^>]*>", " ", page))
    attributes = " ".join(re.findall(r'(?:aria-label|placeholder|alt)="([^"]*)"', page))
    assert re.findall(r"[A-Za-z]{3,}", re.sub(NAMES, "", f"{seen} {attributes}")) == []


def test_a_source_that_cannot_be_read_is_told_in_chinese(editor: Visitor) -> None:
    broken = editor.upload("/intake", "文件.pdf", b"no pdf at all")
    assert (broken.status_code, "可能不是 PDF" in broken.text) == (422, True)
    away = editor.post("/intake", address="ftp://example.org/x")
    assert "网址要以 http 或 https 开头" in away.text


def test_the_pages_speak_english_on_request(site: Site, editor: Visitor) -> None:
    assert "今晚要做的" in editor.get("/").text
    chosen = editor.post("/language", language="en", back="/")
    assert "borrower_aid_work_language=en" in chosen.headers["set-cookie"]


def test_a_chart_ends_at_its_names() -> None:
    days = [date(2026, 11, each) for each in (1, 2, 3)]
    chart = lines(days, [("答", [1.0, 4.0, 4.0]), ("没答", [0.0, 0.0, 4.0])])
    assert chart is not None
    assert [line.value for line in chart.lines] == ["4", "4"]
    first, second = (line.last[1] for line in chart.lines)
    assert second - first >= 18, "names that would cover each other are moved apart"
    assert lines(days[:1], [("答", [1.0])]) is None


def test_bars_stand_in_their_order() -> None:
    chart = bars([("a", 1), ("b", 4)])
    assert chart is not None
    assert [bar.name for bar in chart.bars] == ["b", "a"]
    assert chart.bars[0].length == 4 * chart.bars[1].length
    assert bars([("a", 0)]) is None


def test_what_goes_wrong_is_said_calmly(site: Site, editor: Visitor) -> None:
    unknown = editor.get("/entries/nothing-here")
    assert unknown.status_code == 404
    assert "没有这一页" in unknown.text
    stale = editor.post(f"/entries/{TOMORROW}/submit", revision="1")
    assert stale.status_code == 409
    assert "什么都没有改动" in stale.text
