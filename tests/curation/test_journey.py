"""What volunteers do, from an invitation to the borrower's answer and back, in a real Chromium."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bot.curation.follow import following
from bot.curation.people import Role
from bot.curation.web.visit import COOKIE, ROOT
from tests.curation.web import PASSWORD, Site, code_now, workspace_site
from tests.curation.workspaces import new_entry
from tests.stands.bot_api import BotApi, bot_api
from tests.transports.telegram.running import in_thread, running, settings_for
from tests.transports.web.conftest import browser, screen

__all__ = ["browser"]  # a fixture shared with the chat page's tests
pytestmark = pytest.mark.browser

QUESTION = "催收说要去我单位闹"
SECONDS = 5.0  # within which every channel says what was published
LAW = "public-security-penalties-law-2025"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with workspace_site(tmp_path_factory.mktemp("journey")) as running_site:
        yield running_site


@contextmanager
def signed_in(browser: Browser, site: Site, role: Role, **options: object) -> Iterator[Page]:
    """A browser in which somebody of a role is signed in."""
    with screen(browser, **options) as page:
        page.context.add_cookies(
            [{"name": COOKIE, "value": site.tokens[role], "url": site.address + ROOT}]
        )
        yield page


def violations(page: Page) -> list[str]:
    tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": tags}).response["violations"]
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


def asked_on_the_web(page: Page, site: Site, text: str) -> str:
    """What the chat page answers."""
    page.goto(site.address)
    page.get_by_role("textbox").fill(text)
    page.get_by_role("textbox").press("Enter")
    answer = page.locator("article.theirs").last
    expect(answer.locator(".lead, p").first).to_be_visible(timeout=15_000)
    expect(answer).not_to_have_attribute("aria-busy", "true", timeout=15_000)
    return answer.inner_text()


def asked_on_telegram(stand: BotApi, text: str) -> str:
    before = len(stand.told())
    stand.say(text)
    return str(stand.wait_told(before + 1)[-1]["text"])


def within(seconds: float, is_so: Callable[[], bool]) -> float:
    """How long it took until something was so."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < seconds, "it took too long"
    return time.monotonic() - began


async def follow(site: Site) -> None:
    """What every running server does beside answering."""
    async with following(site.workspace.follow):
        await asyncio.Event().wait()


def test_from_an_invitation_to_an_answer_and_back(
    browser: Browser, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = new_entry()
    with ExitStack() as stack:
        stand = stack.enter_context(bot_api())
        settings = settings_for(stand, tmp_path_factory.mktemp("telegram"))
        stack.enter_context(running(settings, site.app.respond))
        stack.enter_context(in_thread(follow(site)))
        boss = stack.enter_context(signed_in(browser, site, Role.ADMINISTRATOR))
        second = stack.enter_context(signed_in(browser, site, Role.REVIEWER))
        fresh = stack.enter_context(screen(browser))
        borrower = stack.enter_context(screen(browser))

        # nobody can answer yet
        assert text["short_answer"] not in asked_on_the_web(borrower, site, QUESTION)
        assert str(text["short_answer"]) not in asked_on_telegram(stand, QUESTION)

        # invited, a name and a password, the second factor on the phone
        boss.goto(f"{site.address}{ROOT}/accounts")
        boss.get_by_label("给谁").fill("新来的小赵")
        boss.get_by_role("button", name="生成链接").click()
        link = boss.locator("#link").inner_text()
        fresh.goto(link)
        fresh.get_by_label("名字").fill("小赵")
        fresh.get_by_label("密码").fill(PASSWORD)
        fresh.get_by_role("button", name="继续").click()
        assert violations(fresh) == []
        secret = fresh.locator("#secret").inner_text()
        fresh.get_by_label("6 位数字").fill(code_now(secret))
        fresh.get_by_role("button", name="继续").click()
        expect(fresh.locator(".codes li")).to_have_count(8)
        fresh.get_by_role("link", name="我抄好了").click()
        fresh.get_by_role("button", name="退出").click()
        fresh.get_by_label("名字").fill("小赵")
        fresh.get_by_label("密码").fill(PASSWORD)
        fresh.get_by_role("button", name="登录").click()
        fresh.get_by_label("手机验证器里的 6 位数字").fill(code_now(secret, ahead=1))
        fresh.get_by_role("button", name="继续").click()

        # an entry from a question that got no answer
        fresh.goto(f"{site.address}{ROOT}/")
        fresh.get_by_role("link", name="人们问了").click()
        gap = fresh.locator(".gap").filter(has_text=QUESTION)
        assert violations(fresh) == []
        gap.get_by_role("button", name="用这个问题写新条目").click()
        expect(fresh.get_by_label("问法")).to_have_value(QUESTION)
        fresh.get_by_label("标题", exact=True).fill(str(text["title"]))
        fresh.get_by_label("问法").fill("\n".join(text["questions"]))
        fresh.locator("[name=short_answer]").fill(str(text["short_answer"]))
        expect(fresh.locator("[data-preview] .web")).to_contain_text(str(text["short_answer"]))
        expect(fresh.locator("[data-preview] .telegram")).to_contain_text("没有义务替你还钱")
        fresh.locator("[name=steps]").fill("\n".join(text["steps"]))
        fresh.locator("[name=why]").fill(
            "多次发信息恐吓、干扰正常生活的，可处拘留（治安管理处罚法第50条）。"
        )
        fresh.locator("[name=citation_instrument]").first.fill("治安管理处罚法")
        fresh.locator("[name=citation_article]").first.fill("50")
        fresh.locator("[name=topic]").select_option("contacts-and-workplace")
        fresh.get_by_label("催收中").check()
        fresh.get_by_label("公安机关 110").check()
        fresh.locator("[name=id]").fill("work-they-come")
        fresh.get_by_role("button", name="保存").click()
        expect(fresh.get_by_role("status").first).to_contain_text("已保存")
        assert violations(fresh) == []
        fresh.get_by_role("button", name="保存并提交复核").click()
        expect(fresh.locator(".tag.in_review").first).to_be_visible()
        expect(fresh.get_by_role("button", name="通过")).to_have_count(0)

        # a second person looks, approves, sees the effect, publishes
        second.goto(f"{site.address}{ROOT}/")
        second.get_by_role("link", name=str(text["title"])).click()
        assert violations(second) == []
        second.get_by_role("button", name="通过").click()
        expect(second.get_by_role("heading", name="答得更好")).to_be_visible(timeout=60_000)
        second.get_by_role("button", name="发布").click()
        expect(second.get_by_role("status").first).to_contain_text("已发布", timeout=60_000)

        def web_says() -> bool:
            return str(text["short_answer"]) in asked_on_the_web(borrower, site, QUESTION)

        def telegram_says() -> bool:
            return str(text["short_answer"]) in asked_on_telegram(stand, QUESTION)

        within(SECONDS, telegram_says)
        within(SECONDS, web_says)

        # the law changes: the entry waits to be checked
        second.goto(f"{site.address}{ROOT}/instruments/{LAW}")
        second.get_by_label("在哪里看到的").fill("全国人大网")
        second.get_by_role("button", name="标记").click()
        second.goto(f"{site.address}{ROOT}/")
        queue = second.locator(".queue.check")
        expect(queue.get_by_role("link", name=str(text["title"]))).to_be_visible()

        # and back
        second.goto(f"{site.address}{ROOT}/publications")
        second.get_by_role("link", name=str(text["title"])).first.click()
        second.get_by_text("撤销这次发布").click()
        second.get_by_label("为什么").fill("先撤下再想想")
        second.get_by_role("button", name="撤销").click()
        expect(second.get_by_role("status").first).to_contain_text("已退回")
        within(SECONDS, lambda: not telegram_says())
        within(SECONDS, lambda: not web_says())
    count, _last = site.people.audit.check()
    assert count > 10


def test_two_editors_at_once_lose_nothing(browser: Browser, site: Site) -> None:
    edit = f"{site.address}{ROOT}/entries/visit-may-they-enter/edit"
    with (
        signed_in(browser, site, Role.EDITOR) as anna,
        signed_in(browser, site, Role.REVIEWER, complaints=False) as ben,
    ):
        anna.goto(edit)
        ben.goto(edit)
        anna.locator("[name=do_not]").fill("不要给开门的钥匙。")
        anna.get_by_role("button", name="保存", exact=True).click()
        expect(anna.get_by_role("status").first).to_contain_text("已保存")
        ben.locator("[name=do_not]").fill("不要在空白纸上签字。")
        expect(ben.locator("[data-saving]")).to_contain_text("小林 刚才也改了", timeout=20_000)
        ben.get_by_role("button", name="保存", exact=True).click()
        conflict = ben.locator(".conflict")
        expect(conflict).to_contain_text("不要给开门的钥匙")
        expect(conflict.locator(".change ins")).to_contain_text("不要在空白纸上签字")
        expect(ben.locator("[name=do_not]")).to_have_value("不要在空白纸上签字。")
        assert violations(ben) == []
        ben.locator("[name=do_not]").fill("不要给开门的钥匙。\n不要在空白纸上签字。")
        ben.get_by_role("button", name="保存", exact=True).click()
        expect(ben.get_by_role("status").first).to_contain_text("已保存")
    entries = site.workspace.entries
    kept = [each.fields.get("do_not") for each in entries.versions("visit-may-they-enter")]
    assert kept[:2] == [["不要给开门的钥匙。", "不要在空白纸上签字。"], ["不要给开门的钥匙。"]]


def test_what_is_typed_is_kept_without_a_press(browser: Browser, site: Site) -> None:
    with signed_in(browser, site, Role.EDITOR) as page:
        page.goto(f"{site.address}{ROOT}/entries/visit-tomorrow/edit")
        page.locator("[name=script]").fill("请不要上门。")
        expect(page.locator("[data-saving]")).to_contain_text("已自动保存", timeout=20_000)
        page.locator("[name=script]").fill("请不要上门，谢谢。")
        page.get_by_role("button", name="保存", exact=True).click()
        expect(page.get_by_role("status").first).to_contain_text("已保存")
    version = site.workspace.entries.version("visit-tomorrow")
    assert version.fields["script"] == "请不要上门，谢谢。"


PAGES = (
    "/",
    "/entries",
    "/entries/visit-tomorrow",
    "/entries/visit-tomorrow/edit",
    "/entries/new",
    "/exact-answers",
    "/instruments",
    f"/instruments/{LAW}",
    "/ask?q=明天上门怎么办",
    "/intake",
    "/gaps",
    "/gaps/figures",
    "/talks",
    "/publications",
    "/publications/1",
    "/sites",
    "/accounts",
    "/audit",
    "/own",
)


@pytest.mark.parametrize(("width", "scheme"), [(375, "light"), (1280, "dark")])
def test_every_page_is_open_to_all_and_fits(
    browser: Browser, site: Site, width: int, scheme: str
) -> None:
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    with signed_in(browser, site, Role.ADMINISTRATOR, **options) as page:
        for path in PAGES:
            page.goto(site.address + ROOT + path)
            assert violations(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") == width, path
