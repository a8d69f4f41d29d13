"""The chat page in a real Chromium."""

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect

from bot.answering.reply import Action, Document, Engine, Reply, Source, Status
from bot.app import App
from bot.chinese.scripts import traditionalise
from bot.knowledge.instrument import InstrumentKind
from bot.knowledge.vocabulary import Verification
from bot.settings import ROOT
from bot.transports.web.app import web_app
from tests.stands.ports import free_port, wait_until_listening
from tests.stands.web_server import serving
from tests.transports.web.conftest import screen, with_reply

pytestmark = pytest.mark.browser

QUESTION = "收到支付令怎么办"
HOSTILE = (
    "<img src=x onerror=window.hit=1><script>window.hit=1</script>[点我](javascript:window.hit=1)"
)


def opened(page: Page, site: str) -> Page:
    """The page with its welcome."""
    page.goto(site)
    expect(page.locator(".log .actions button").first).to_be_visible()
    return page


def asked(page: Page, text: str) -> Locator:
    """The answer to a question, when it is whole."""
    page.get_by_role("textbox").fill(text)
    page.get_by_role("textbox").press("Enter")
    answer = page.locator("article.theirs").last
    expect(answer).not_to_have_attribute("aria-busy", "true", timeout=15_000)
    return answer


def violations(page: Page) -> list[str]:
    """What axe-core finds, and where."""
    tall = page.evaluate("document.documentElement.scrollHeight")
    if page.viewport_size and tall > page.viewport_size["height"]:
        # all in sight: half a link under the field's bar is not small, it is scrolled
        page.set_viewport_size({**page.viewport_size, "height": tall})
    tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": tags}).response["violations"]
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


def test_a_question_is_answered_and_followed_up(page: Page, site: str) -> None:
    opened(page, site)
    answer = asked(page, QUESTION)
    expect(answer.locator(".lead")).to_contain_text("15日内")
    assert "15" in asked(page, "那要多久").inner_text()


def test_the_first_line_is_the_largest_thing_on_the_screen(page: Page, site: str) -> None:
    answer = asked(opened(page, site), QUESTION)
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    lead = answer.locator(".lead").evaluate(size)
    others = page.locator("p:not(.lead), li, button, h1").evaluate_all(f"all => all.map({size})")
    assert lead > max(others)


def test_an_action_asks_the_next_question(page: Page, site: str) -> None:
    opened(page, site).locator(".log .actions button").first.click()
    expect(page.locator("article.mine")).to_have_count(1)
    expect(page.locator("article.theirs").last.locator(".lead")).to_be_visible()


def test_sources_are_folded_with_their_tags(page: Page, site: str) -> None:
    answer = asked(opened(page, site), QUESTION)
    assert "依据：" not in answer.locator(".body").inner_text()
    sources = answer.locator("details.sources")
    expect(sources.locator("li").first).to_be_hidden()
    sources.locator("summary").click()
    expect(sources.locator("li").first).to_have_text(re.compile("法律.*民事诉讼法第227条"))


def test_what_fits_less_is_shown_on_request(browser: Browser, web_home: App) -> None:
    reply = Reply(Status.ANSWERED, "**先不开门。**", more="1. 先看证件\n2. 全程录音")
    with serving(web_app(with_reply(web_home, reply))) as site, screen(browser) as page:
        page.goto(site)
        answer = asked(page, "上门")
        expect(answer.get_by_text("先看证件")).to_be_hidden()
        answer.get_by_text("展开更多").click()
        expect(answer.get_by_text("先看证件")).to_be_visible()


def test_hotlines_can_be_dialled(page: Page, site: str) -> None:
    answer = asked(opened(page, site), "欠了二十多万，不想活了")
    assert answer.locator("a[href='tel:12356']").count() == 1


def test_a_document_can_be_had(browser: Browser, web_home: App, tmp_path: Path) -> None:
    letter = Document("协商信 <1>.txt", "text/plain", "尊敬的客服".encode())
    reply = Reply(Status.ANSWERED, "**写好了。**", documents=(letter,))
    with serving(web_app(with_reply(web_home, reply))) as site, screen(browser) as page:
        page.goto(site)
        answer = asked(page, "帮我写信")
        with page.expect_download() as download:
            answer.get_by_role("link", name="下载").click()
        download.value.save_as(tmp_path / "letter.txt")
    assert (tmp_path / "letter.txt").read_text("utf-8") == "尊敬的客服"
    assert download.value.suggested_filename.startswith("协商信")


def test_a_plan_is_made_step_by_step_with_its_chart_and_letters(page: Page, site: str) -> None:
    opened(page, site)
    answer = asked(page, "月入6500，房租吃饭4700，留300应急，分期乐欠32600，微粒贷15400")
    for press in ("没有", "没有了", "没逾期", "跳过", "对", "看图表"):
        answer.get_by_role("button", name=press, exact=True).click()
        expect(page.locator("[aria-busy]")).to_have_count(0)
        answer = page.locator("article.theirs").last
    expect(answer.locator("img")).to_be_visible()
    assert answer.locator("img").evaluate("e => e.naturalWidth") > 300
    assert "1,500" in page.locator("article.theirs .lead").last.inner_text()
    answer.get_by_role("button", name="看方案表", exact=True).click()
    plans = page.get_by_role("table", name="还款方案一览")
    row = plans.get_by_role("row").filter(has_text="停息，每月等额")
    expect(row.get_by_role("cell")).to_have_text(["1,500", "32", "48,000", "0"])
    answer = page.locator("article.theirs").last
    answer.get_by_role("button", name="写协商信", exact=True).click()
    letters = page.locator("article.theirs").last.get_by_role("link", name="分期乐")
    expect(letters.first).to_be_visible()
    with page.expect_download() as download:
        letters.first.click()
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"
    assert violations(page) == []


def test_nothing_in_an_answer_can_run(browser: Browser, web_home: App) -> None:
    script = "javascript:window.hit=1"
    law = InstrumentKind.LAW
    source = Source(HOSTILE, HOSTILE, law, "in_force", None, Verification.TEXT, script)
    reply = Reply(
        Status.ANSWERED,
        f"**{HOSTILE}**\n\n1. {HOSTILE}\n\n· {HOSTILE}",
        actions=(Action(HOSTILE, HOSTILE),),
        sources=(source,),
        more=HOSTILE,
        documents=(Document(HOSTILE, "text/html", HOSTILE.encode()),),
        engine=Engine.MODEL,
    )
    with serving(web_app(with_reply(web_home, reply))) as site, screen(browser) as page:
        page.goto(site)
        answer = asked(page, HOSTILE)
        for summary in answer.locator("summary").all():
            summary.click()
        assert HOSTILE in answer.inner_text()
        assert answer.locator("img, script, a[href^='javascript']").count() == 0
        assert page.evaluate("window.hit") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("language", "question"),
    [("zh-CN", QUESTION), ("zh-TW", "收到支付令怎麼辦"), ("en-US", "can they tell my boss?")],
)
def test_axe_finds_nothing(
    browser: Browser, site: str, scheme: str, language: str, question: str
) -> None:
    with screen(browser, locale=language, color_scheme=scheme) as page:
        answer = asked(opened(page, site), question)
        for summary in page.locator("summary").all():
            summary.click()
        expect(answer).to_be_visible()
        assert violations(page) == []


@pytest.mark.parametrize("question", [QUESTION, "欠了二十多万，不想活了"])
def test_a_narrow_screen_needs_no_sideways_scrolling(
    browser: Browser, site: str, question: str
) -> None:
    with screen(browser, viewport={"width": 320, "height": 568}) as page:
        asked(opened(page, site), question)
        for summary in page.locator("summary").all():
            summary.click()
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        small = page.locator("button, summary, select, #leave, textarea").evaluate_all(
            "all => all.map(e => e.getBoundingClientRect()).filter(r => r.width && r.height < 44).length"
        )
        assert small == 0


def test_darkness_follows_the_device(browser: Browser, site: str) -> None:
    with screen(browser, color_scheme="dark") as page:
        opened(page, site)
        paper = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    assert paper == "rgb(22, 25, 26)"


def test_the_language_can_be_switched(page: Page, site: str) -> None:
    opened(page, site)
    page.locator("#language").select_option("en")
    expect(page.locator("h1")).to_have_text("Borrower Aid")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("button", name="Someone at my door")).to_be_visible()
    page.locator("#language").select_option("zh-Hant")
    expect(page.get_by_role("button", name="有人上門")).to_be_visible()
    expect(asked(page, QUESTION)).to_have_attribute("lang", "zh-Hant")


def test_the_keyboard_alone_is_enough(page: Page, site: str) -> None:
    opened(page, site)
    reached = []
    for _ in range(8):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.id || document.activeElement.textContent")
        )
    assert reached[:3] == ["language", "leave", "有人上门"]
    assert "question" in reached
    page.get_by_role("textbox").focus()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    answer = page.locator("article.theirs").last
    expect(answer.locator(".sources")).to_be_visible()
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.closest('.sources') !== null"):
            break
    page.keyboard.press("Enter")
    expect(answer.locator(".sources li").first).to_be_visible()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_a_screen_reader_hears_that_the_answer_is_there(page: Page, site: str) -> None:
    asked(opened(page, site), QUESTION)
    expect(page.get_by_role("status")).to_have_text(re.compile("^回答好了：支付令"))


def test_leaving_is_quick_and_does_not_come_back(page: Page, site: str) -> None:
    elsewhere = "https://www.weather.com.cn/"

    def weather(route: Route) -> None:
        route.fulfill(body="<title>天气</title>", content_type="text/html")

    page.route(f"{elsewhere}**", weather)
    page.goto("data:text/html,<title>before</title>")
    opened(page, site)
    assert page.title() == "便民问答"
    page.get_by_role("link", name="快速离开").click()
    page.wait_for_url(elsewhere)
    page.go_back()
    assert page.title() == "before"


def test_nothing_stays_on_the_device(page: Page, site: str) -> None:
    asked(opened(page, site), QUESTION)
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [
        0,
        0,
        "",
    ]


def test_the_conversation_can_be_had_and_deleted(page: Page, site: str, tmp_path: Path) -> None:
    asked(opened(page, site), QUESTION)
    page.get_by_text("我的数据").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载这次对话").click()
    download.value.save_as(tmp_path / "talk.json")
    kept = json.loads((tmp_path / "talk.json").read_text("utf-8"))
    assert [each["role"] for each in kept["messages"]] == ["user", "assistant"]
    page.get_by_role("button", name="删除这次对话").click()
    expect(page.get_by_text("删了找不回来。确定吗？").first).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="不删").click()
    expect(page.locator("article.mine")).to_have_count(1)
    page.get_by_role("button", name="删除这次对话").click()
    page.get_by_role("button", name="确定删除").click()
    expect(page.locator("article")).to_have_count(1)
    expect(page.locator("article")).to_have_text("已删除。这里不再保存你说过的话。")


def test_the_wish_to_be_forgotten_can_be_written(page: Page, site: str) -> None:
    asked(opened(page, site), QUESTION)
    answer = asked(page, "删除我的数据")
    expect(answer).to_contain_text("你说过的话和我的回答（2 条）")
    page.get_by_role("button", name="确定删除").click()
    expect(page.locator("article")).to_have_count(1)
    expect(page.locator("article")).to_contain_text("已经全部删除")
    again = asked(page, QUESTION)
    expect(again).to_contain_text("15")


def test_a_verdict_is_thanked_for(page: Page, site: str) -> None:
    answer = asked(opened(page, site), QUESTION)
    with page.expect_response("**/feedback") as said:
        answer.get_by_role("button", name="没用").click()
    assert said.value.status == 204
    expect(answer.locator(".rating")).to_have_text("谢谢，我们会请志愿者看看这条答案。")


@contextmanager
def slow_site(port: int, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A server in its own process that takes its time over each sentence."""
    command = [sys.executable, "-m", "tests.transports.web.slow_site", str(port), str(folder)]
    with subprocess.Popen(command, cwd=ROOT) as server:
        try:
            wait_until_listening(port)
            yield server
        finally:
            server.kill()


def test_an_answer_goes_on_after_the_server_was_killed(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    with screen(browser, complaints=False) as page:
        with slow_site(port, tmp_path) as server:
            page.goto(f"http://127.0.0.1:{port}")
            page.get_by_role("textbox").fill("上门")
            page.get_by_role("textbox").press("Enter")
            answer = page.locator("article.theirs").last
            expect(answer.locator(".lead")).to_be_visible()
            server.kill()
            expect(answer.get_by_text("正在重新连接")).to_be_visible()
            expect(answer.locator(".lead")).to_be_visible()
        with slow_site(port, tmp_path):
            expect(answer.get_by_text("留好录音。")).to_be_visible(timeout=20_000)
            expect(answer).not_to_have_attribute("aria-busy", "true")
            assert answer.inner_text().count("先不开门") == 1


def test_without_a_connection_the_emergency_numbers_stay(browser: Browser, site: str) -> None:
    with screen(browser, complaints=False) as page:
        page.clock.install()
        opened(page, site)
        page.context.set_offline(True)
        page.get_by_role("textbox").fill(QUESTION)
        page.get_by_role("textbox").press("Enter")
        answer = page.locator("article.theirs").last
        expect(answer.get_by_text("正在重新连接")).to_be_visible()
        expect(answer.locator("a[href='tel:110']")).to_be_visible()  # at once, not after the tries
        again = answer.get_by_role("button", name="再试一次")
        for _ in range(60):  # each try fails in real time, the waits between them in the page's
            page.clock.run_for(9000)
            if again.is_visible():
                break
            page.wait_for_timeout(100)
        for number in ("110", "12356", "12348"):
            expect(answer.locator(f"a[href='tel:{number}']")).to_be_visible()
        page.context.set_offline(False)
        again.click()
        expect(answer.locator(".lead")).to_contain_text("15日内")


def test_an_over_long_message_comes_back_into_the_field(browser: Browser, site: str) -> None:
    with screen(browser, complaints=False) as page:
        opened(page, site)
        answer = asked(page, "上门" * 60_000)
        expect(answer).to_contain_text("请写短一些")
        assert len(page.get_by_role("textbox").input_value()) == 120_000


def test_the_page_is_light_and_asks_nobody_else(page: Page, site: str) -> None:
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    opened(page, site)
    assert all(each.startswith((site, "data:")) for each in requested)
    files = [each for each in requested if "/api/" not in each and each.startswith("http")]
    assert len(files) > 5
    assert sum(len(gzip.compress(httpx.get(each).content)) for each in files) < 80_000


def test_the_parts_travel_compressed(site: str) -> None:
    for name in ("talk.js", "talk.css", "words.js"):
        reply = httpx.get(f"{site}/static/{name}")
        assert reply.headers["content-encoding"] == "gzip"


def test_three_languages_say_the_same(page: Page, site: str) -> None:
    page.goto(site)
    words = page.evaluate(
        """async () => JSON.parse(JSON.stringify((await import("/static/words.js")).WORDS))"""
    )
    assert set(words) == {"zh-Hans", "zh-Hant", "en"}
    assert words["zh-Hans"].keys() == words["zh-Hant"].keys() == words["en"].keys()
    assert (
        json.loads(traditionalise(json.dumps(words["zh-Hans"], ensure_ascii=False)))
        == words["zh-Hant"]
    )
