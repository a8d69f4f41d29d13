"""Entries, lenders and letters are chosen by name; a form that a button sends is not lost unseen."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from playwright.sync_api import Browser, expect

from bot.curation.people import Role
from bot.curation.records import State, Wanted
from bot.curation.web.visit import ROOT
from tests.curation.test_journey import signed_in, violations
from tests.curation.test_pages import form_of
from tests.curation.web import Site, Visitor, workspace_site
from tests.transports.web.conftest import browser

__all__ = ["browser"]  # a fixture shared with the chat page's tests

ENTER, TOMORROW = "visit-may-they-enter", "visit-tomorrow"
SENT, SENT_IN_ENGLISH = "不开门行不行", "can debt collectors enter my home"
FORKS = f"""\
- id: who-comes
  asks: 来的是什么人？
  asks_en: Who is it that comes?
  under: [{TOMORROW}]
  branches:
    - label: 要进门的
      label_en: Somebody who wants in
      words: [进门]
      entry: {ENTER}
      question: {SENT}
      question_en: {SENT_IN_ENGLISH}
    - label: 说明天来的
      label_en: Somebody who comes tomorrow
      words: [明天]
      entry: {TOMORROW}
      question: 短信说明天上门
      question_en: collector says tomorrow
"""
EDIT = f"/entries/{ENTER}/edit"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("choosing")
    (folder / "knowledge_base").mkdir()
    (folder / "knowledge_base" / "forks.yaml").write_text(FORKS, "utf-8")
    with workspace_site(folder) as running:
        yield running


@pytest.fixture
def editor(site: Site) -> Visitor:
    return site.visitor(Role.EDITOR)


def ticked(page: str, field: str) -> list[str]:
    return re.findall(rf'name="{field}" value="([^"]*)" checked', page)


def offered(page: str, field: str) -> list[str]:
    return re.findall(rf'name="{field}" value="([^"]*)">([^<]*)', page)


def test_what_is_chosen_stands_by_its_title(editor: Visitor) -> None:
    page = editor.get(EDIT).text
    assert ticked(page, "related") == [TOMORROW]
    assert 'value="visit-tomorrow" checked>说明天上门怎么办' in page
    assert "编号，空格分开" not in page


@pytest.mark.parametrize(
    ("field", "words", "found"),
    [
        ("actions", "明天", (TOMORROW, "说明天上门怎么办")),
        ("actions", "明天 上门", (TOMORROW, "说明天上门怎么办")),
        ("actions", "明天上門", (TOMORROW, "说明天上门怎么办")),
        ("actions", "收到短信说明天上门", (TOMORROW, "说明天上门怎么办")),
        ("creditors", "分期", ("fenqile", "分期乐")),
    ],
)
def test_found_without_a_script_and_chosen(
    site: Site, editor: Visitor, field: str, words: str, found: tuple[str, str]
) -> None:
    editor.post(EDIT, **form_of(editor.get(EDIT).text) | {field: [], "then": "save"})
    before = site.workspace.entries.get(ENTER)
    sent = form_of(editor.get(EDIT).text) | {"short_answer": "还没写完", f"find_{field}": words}
    shown = editor.post(EDIT, **sent | {"then": f"find:{field}"})
    assert shown.status_code == 200
    assert [(id_, name.strip()) for id_, name in offered(shown.text, field)] == [found]
    assert "还没写完" in shown.text
    assert site.workspace.entries.get(ENTER) == before, "looking keeps nothing"
    saved = editor.post(EDIT, **form_of(shown.text) | {field: [found[0]], "then": "save"})
    assert saved.status_code == 303
    assert site.workspace.entries.version(ENTER).fields[field] == [found[0]]


def test_what_is_chosen_or_is_the_entry_itself_is_not_found_again(editor: Visitor) -> None:
    sent = form_of(editor.get(EDIT).text) | {"related": [TOMORROW], "find_related": "上门"}
    shown = editor.post(EDIT, **sent | {"then": "find:related"}).text
    assert offered(shown, "related") == []
    assert "没有找到" in shown
    assert ticked(shown, "related") == [TOMORROW]


def test_a_new_entry_looks_before_it_is_made(site: Site, editor: Visitor) -> None:
    before = site.workspace.entries.page(Wanted()).total
    shown = editor.post("/entries/new", title="", find_actions="明天", then="find:actions").text
    assert offered(shown, "actions")[0][0] == TOMORROW
    assert site.workspace.entries.page(Wanted()).total == before


def test_the_letter_is_chosen_by_its_title(site: Site, editor: Visitor) -> None:
    page = editor.get(EDIT).text
    options = dict(re.findall(r'<option value="([\w-]+)"[^>]*>([^<]*)</option>', page))
    assert options["negotiation-letter"] == "协商还款申请"
    sent = form_of(page) | {"template": "negotiation-letter", "then": "save"}
    editor.post(EDIT, **sent)
    assert site.workspace.entries.version(ENTER).fields["template"] == "negotiation-letter"
    assert 'value="negotiation-letter" selected' in editor.get(EDIT).text


def test_what_no_borrower_can_read_is_marked(editor: Visitor) -> None:
    sent = form_of(editor.get(EDIT).text) | {"related": [TOMORROW, "gone-since"], "then": "save"}
    editor.post(EDIT, **sent)
    page = editor.get(EDIT).text
    assert ticked(page, "related") == [TOMORROW, "gone-since"]
    assert 'checked>gone-since <span class="tag check">借款人读不到' in page
    editor.post(EDIT, **form_of(page) | {"related": [TOMORROW], "then": "save"})


@pytest.mark.parametrize("path", ["/choices?field=title&words=x", "/choices?field=related&words="])
def test_nothing_is_found_for_no_words_or_no_such_field(editor: Visitor, path: str) -> None:
    assert editor.get(path).text.strip() == ""


def test_a_form_that_a_button_sends_is_told_before_it_is_submitted(
    site: Site, editor: Visitor
) -> None:
    page = editor.get(EDIT).text
    assert "有 2 个问法是按钮在用的" in page
    assert "你去掉了问法" not in page
    questions = str(form_of(page)["questions"])
    fewer = questions.replace(f"{SENT}\n", "")
    typed = editor.post("/similar", questions=fewer, entry=ENTER).text
    assert f"你去掉了问法「{SENT}」：机器人反问「来的是什么人？」的按钮「要进门的」" in typed
    kept = editor.post("/similar", questions=questions, entry=ENTER).text
    assert "你去掉了问法" not in kept
    sent = form_of(page) | {"questions": fewer, "then": "submit"}
    sent |= {"english_short_answer": "They may not.", "english_steps": "Say no."}
    refused = editor.post(EDIT, **sent)
    assert refused.status_code == 422
    assert f"少了问法「{SENT}」" in unescape(refused.text)
    assert site.workspace.entries.get(ENTER).state is State.DRAFT


def test_the_english_that_a_button_needs_is_told_too(editor: Visitor) -> None:
    page = editor.get(EDIT).text
    sent = form_of(page) | {"english_short_answer": "", "english_steps": "", "then": "submit"}
    assert "不能没有英文：反问「来的是什么人？」" in editor.post(EDIT, **sent).text


def test_an_entry_that_a_button_leads_to_stays(site: Site, editor: Visitor) -> None:
    revision = site.workspace.entries.get(TOMORROW).revision
    refused = editor.post(f"/entries/{TOMORROW}/retire", revision=revision, text="旧了")
    assert refused.status_code == 422
    assert "反问「来的是什么人？」的按钮「说明天来的」要靠这一条来答" in refused.text
    assert site.workspace.entries.get(TOMORROW).state is State.PUBLISHED


@pytest.mark.browser
@pytest.mark.parametrize("width", [375, 1280])
def test_in_a_browser(browser: Browser, site: Site, width: int) -> None:
    with signed_in(browser, site, Role.EDITOR, viewport={"width": width, "height": 900}) as page:
        page.goto(f"{site.address}{ROOT}{EDIT}")
        page.locator("details:has([data-choose=actions])").evaluate("each => { each.open = true }")
        buttons = page.locator("[data-choose=actions]")
        buttons.get_by_role("searchbox").fill("明天")
        expect(buttons.locator("[data-found] p")).to_be_visible()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.locator("[name=questions]").fill("催收的能进我家门吗")
        expect(page.locator("[data-similar]")).to_contain_text(f"你去掉了问法「{SENT}」")
        assert violations(page) == []


@pytest.mark.browser
def test_ticked_in_a_browser_it_is_kept(browser: Browser, site: Site) -> None:
    with signed_in(browser, site, Role.EDITOR) as page:
        page.goto(f"{site.address}{ROOT}/entries/new")
        page.get_by_label("标题", exact=True).fill("有人敲门")
        page.get_by_label("问法").fill("有人敲门怎么办")
        page.locator("[name=topic]").select_option("home-visits")
        page.get_by_text("更多", exact=True).click()
        related = page.locator("[data-choose=related]")
        related.get_by_role("searchbox").fill("进我家")
        related.get_by_role("searchbox").press("Enter")
        related.locator("[data-found]").get_by_label("催收员能不能进我家").check()
        expect(related.locator("[data-chosen]")).to_contain_text("催收员能不能进我家")
        page.get_by_role("button", name="保存", exact=True).click()
        expect(page.get_by_role("status").first).to_contain_text("已保存")
        expect(page.locator("[name=related][checked]")).to_have_value(ENTER)
