"""Takes the pictures in docs/images from the running page: `python -m scripts.screenshots`."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from bot.app import build
from bot.settings import ROOT, Settings
from bot.transports.web.app import web_app
from tests.stands.web_server import serving
from tests.transports.web.conftest import FLAGS

IMAGES = ROOT / "docs" / "images"
QUESTION = "分期乐催收短信说明天上门，我妈有心脏病，我好怕"
PLAN = ("没有", "没有了", "没逾期", "跳过", "对", "看图表")
PHONE = {"width": 390, "height": 844}
PICTURES = {
    "chat": (QUESTION, {"locale": "zh-CN", "viewport": PHONE}),
    "chat-dark": (QUESTION, {"locale": "zh-CN", "viewport": PHONE, "color_scheme": "dark"}),
    "chat-narrow": (QUESTION, {"locale": "zh-CN", "viewport": {"width": 320, "height": 640}}),
    "plan": (
        "月入6500，房租吃饭4700，留300应急，分期乐欠32600，微粒贷15400",
        {"locale": "zh-CN", "viewport": PHONE},
    ),
    "chat-english": (
        "can they tell my boss I owe money?",
        {"locale": "en-US", "viewport": PHONE},
    ),
}


def main() -> None:
    """Take every picture."""
    with tempfile.TemporaryDirectory() as folder:
        app = build(Settings(_env_file=None, data_dir=Path(folder)))  # type: ignore[call-arg]
        with serving(web_app(app)) as site, sync_playwright() as playwright:
            chromium = shutil.which("chromium") or shutil.which("chromium-browser")
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            for name, (question, options) in PICTURES.items():
                take(browser, site, name, question, options)
            browser.close()


def take(
    browser: Browser, site: str, name: str, question: str, options: Mapping[str, object]
) -> None:
    """One picture of an answered question, at twice the size for sharp print."""
    context = browser.new_context(device_scale_factor=2, **options)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(site)
    expect(page.locator(".log .actions button").first).to_be_visible()
    answered(page, question)
    page.screenshot(path=IMAGES / f"{name}.png")
    context.close()


def answered(page: Page, question: str) -> None:
    """Ask and wait until the whole answer stands there."""
    page.get_by_role("textbox").fill(question)
    page.get_by_role("textbox").press("Enter")
    for press in PLAN if question.startswith("月入") else ():
        settled(page).get_by_role("button", name=press, exact=True).click()
    settled(page).locator("p").first.wait_for()


def settled(page: Page) -> Locator:
    """The last answer, when it is whole."""
    expect(page.locator("[aria-busy]")).to_have_count(0)
    return page.locator("article.theirs").last


if __name__ == "__main__":
    main()
