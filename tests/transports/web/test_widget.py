"""The widget and the frame on an association's page, each on an origin of its own."""

import gzip
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from bot.app import App
from bot.knowledge.site import Site
from bot.store.sites import SiteStore
from bot.transports.web.app import web_app
from tests.stands.host_page import NOISY, host_page
from tests.stands.ports import free_port
from tests.stands.web_server import serving
from tests.transports.web.conftest import UNHURRIED, screen, with_data
from tests.transports.web.test_page import QUESTION, violations

pytestmark = pytest.mark.browser

SCRIPT = '<script src="ASSISTANT/widget.js" data-site="union" async></script>'
FRAME = '<iframe src="ASSISTANT/embed/union" title="帮手" width="380" height="640"></iframe>'
STRICT = "default-src 'none'; script-src ASSISTANT; connect-src ASSISTANT; img-src data:"
NAME = "便民新闻 <img src=x onerror=window.hit=1>"


class Association:
    """The assistant, and pages of the one origin that may carry it."""

    def __init__(self, app: App, folder: Path) -> None:
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.store = SiteStore(app.engine)
        self.site = Site(
            key="union",
            name=NAME,
            accent="#ffd54a",
            hotline="010-12345678",
            hours="工作日",
            origins=(self.origin,),
        )
        self.store.put(self.site)
        self.web = web_app(with_data(app, folder), UNHURRIED)
        self.assistant = ""

    @contextmanager
    def page(self, markup: str, policy: str | None = None, style: str = "") -> Iterator[str]:
        """The association's page with this markup."""
        with serving(host_page(self.assistant, markup, policy, style), self.port) as address:
            yield address


@pytest.fixture(scope="module")
def association(app: App, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Association]:
    association = Association(app, tmp_path_factory.mktemp("association"))
    with serving(association.web) as association.assistant:
        yield association


def opened(page: Page) -> Locator:
    """The widget's panel."""
    page.get_by_role("button", name="问一问").click()
    panel = page.get_by_role("dialog")
    expect(panel.locator(".log .actions button").first).to_be_visible()
    return panel


def asked(within: Locator | FrameLocator, text: str) -> Locator:
    within.get_by_role("textbox").fill(text)
    within.get_by_role("textbox").press("Enter")
    answer = within.locator("article.theirs").last
    expect(answer.locator(".rating")).to_be_visible(timeout=15_000)
    return answer


def test_a_visitor_asks_on_the_associations_page(
    browser: Browser, association: Association
) -> None:
    with association.page(SCRIPT) as address, screen(browser) as page:
        page.goto(address)
        panel = opened(page)
        expect(asked(panel, QUESTION).locator(".lead")).to_contain_text("15日内")
        assert "15" in asked(panel, "那要多久").inner_text()
        expect(panel.locator("h2")).to_have_text(NAME)
        expect(panel.locator(".hotline")).to_contain_text("010-12345678")
        assert page.evaluate("window.hit") is None
        assert (
            page.evaluate("document.cookie + localStorage.length + sessionStorage.length") == "00"
        )
        assert page.context.cookies() == []


def test_a_strict_content_policy_is_no_obstacle(browser: Browser, association: Association) -> None:
    with association.page(SCRIPT, STRICT) as address, screen(browser, complaints=False) as page:
        page.goto(address)
        answer = asked(opened(page), QUESTION)
        size = answer.locator(".lead").evaluate("e => getComputedStyle(e).fontSize")
        assert size == "22.1px"


def test_styles_leak_neither_in_nor_out(browser: Browser, association: Association) -> None:
    look = """e => {
        const style = getComputedStyle(e);
        return [style.color, style.fontSize, style.letterSpacing, style.textTransform, style.display];
    }"""
    seen = []
    for style in ("", NOISY):
        with association.page(SCRIPT, style=style) as address, screen(browser) as page:
            page.goto(address)
            before = page.locator("main .lead").evaluate(look)
            opener = page.get_by_role("button", name="问一问").evaluate(look)
            answer = asked(opened(page), QUESTION)
            parts = [
                answer.locator(each).first.evaluate(look) for each in (".lead", "li", "button")
            ]
            seen.append([opener, *parts])
            assert page.locator("main .lead").evaluate(look) == before
    assert seen[0] == seen[1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_panel(
    browser: Browser, association: Association, scheme: str
) -> None:
    with (
        association.page(SCRIPT) as address,
        screen(browser, color_scheme=scheme, viewport={"width": 1000, "height": 800}) as page,
    ):
        page.goto(address)
        assert violations(page) == []
        answer = asked(opened(page), QUESTION)
        for summary in answer.locator("summary").all():
            summary.click()
        assert violations(page) == []


def test_it_fills_a_phone_and_stays_in_its_corner_elsewhere(
    browser: Browser, association: Association
) -> None:
    sizes = {}
    with association.page(SCRIPT) as address:
        for width, height in ((390, 844), (320, 568), (1200, 800)):
            with screen(browser, viewport={"width": width, "height": height}) as page:
                page.goto(address)
                box = opened(page).bounding_box()
                assert box is not None
                sizes[width] = (box["width"], box["height"])
                assert page.evaluate("document.documentElement.scrollWidth") == width
    assert sizes[390] == (390, 844)
    assert sizes[320] == (320, 568)
    assert sizes[1200] == (400, 640)


def test_the_keyboard_opens_closes_and_comes_back(
    browser: Browser, association: Association
) -> None:
    with association.page(SCRIPT) as address, screen(browser) as page:
        page.goto(address)
        opener = page.get_by_role("button", name="问一问")
        expect(opener).to_be_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        panel = page.get_by_role("dialog")
        expect(panel.get_by_role("textbox")).to_be_focused()
        page.keyboard.type("上门")
        page.keyboard.press("Enter")
        expect(panel.locator("article.mine")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
        expect(opener).to_be_focused()
        page.keyboard.press("Enter")
        expect(panel.locator("article.mine")).to_have_count(1)


@pytest.mark.parametrize(
    ("attributes", "button", "paper"),
    [
        ('data-theme="dark"', "问一问", "rgb(22, 25, 26)"),
        ('data-theme="light" data-lang="en"', "Ask", "rgb(255, 255, 255)"),
        ('data-lang="zh-Hant" data-side="left"', "問一問", "rgb(255, 255, 255)"),
        ('data-label="欠款咨询" data-accent="#8a1f5c"', "欠款咨询", "rgb(255, 255, 255)"),
        ('data-accent="red;}*{display:none" data-lang="xx"', "问一问", "rgb(255, 255, 255)"),
    ],
)
def test_attributes_choose_the_look(
    browser: Browser, association: Association, attributes: str, button: str, paper: str
) -> None:
    script = SCRIPT.replace("async", f"{attributes} async")
    with (
        association.page(script) as address,
        screen(browser, viewport={"width": 1000, "height": 800}) as page,
    ):
        page.goto(address)
        opener = page.get_by_role("button", name=button)
        opener.click()
        panel = page.get_by_role("dialog")
        expect(panel).to_be_visible()
        assert panel.evaluate("e => getComputedStyle(e).backgroundColor") == paper
        box = panel.bounding_box()
        assert box is not None
        assert (box["x"] < 100) == ("left" in attributes)
        expect(panel.locator(".log .actions button").first).to_be_visible()
        assert violations(page) == []


def test_a_page_that_is_not_the_sites_gets_no_answer(
    browser: Browser, association: Association
) -> None:
    stranger = host_page(association.assistant, SCRIPT)
    with serving(stranger) as address, screen(browser, complaints=False) as page:
        page.goto(address)
        page.get_by_role("button", name="问一问").click()
        expect(page.get_by_role("button", name="现在连不上")).to_contain_text("110")
        assert page.get_by_role("dialog").count() == 0


def test_a_policy_that_forbids_scripts_leaves_the_page_alone(
    browser: Browser, association: Association
) -> None:
    policy = "default-src 'self'; script-src 'self'"
    with association.page(SCRIPT, policy) as address, screen(browser, complaints=False) as page:
        page.goto(address)
        expect(page.get_by_role("heading", name="协会")).to_be_visible()
        assert page.locator("borrower-aid").count() == 0


def test_the_frame_works_where_scripts_are_forbidden(
    browser: Browser, association: Association
) -> None:
    policy = "default-src 'none'; frame-src ASSISTANT; img-src data:"
    with association.page(FRAME, policy) as address, screen(browser, complaints=False) as page:
        page.goto(address)
        frame = page.frame_locator("iframe")
        expect(frame.locator(".log .actions button").first).to_be_visible()
        expect(asked(frame, QUESTION).locator(".lead")).to_contain_text("15日内")
        expect(frame.locator(".hotline")).to_contain_text(NAME)


@pytest.mark.parametrize("path", ["/embed/union", "/"])
def test_nobody_else_may_frame_it(browser: Browser, association: Association, path: str) -> None:
    with ExitStack() as stack:
        page = stack.enter_context(screen(browser, complaints=False))
        stranger = host_page(association.assistant, FRAME.replace("/embed/union", path))
        page.goto(stack.enter_context(serving(stranger)))
        expect(page.locator("iframe")).to_be_visible()
        assert page.frame_locator("iframe").locator("#talk").count() == 0


def test_it_is_light_and_loads_only_what_is_needed(
    browser: Browser, association: Association
) -> None:
    requested: list[str] = []
    with association.page(SCRIPT) as address, screen(browser) as page:
        page.on("request", lambda request: requested.append(request.url))
        page.goto(address)
        expect(page.get_by_role("button", name="问一问")).to_be_visible()
        assert [each for each in requested if each.startswith(association.assistant)] == [
            f"{association.assistant}/widget.js"
        ]
        opened(page)
    parts = [each for each in requested if "/static/" in each or each.endswith("widget.js")]
    assert len(parts) > 6
    assert sum(len(gzip.compress(httpx.get(each).content)) for each in parts) < 20_000
