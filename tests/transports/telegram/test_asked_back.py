"""A question asked back on Telegram: its buttons stand under the answer, one press takes the branch."""

from pathlib import Path

from bot.app import App
from tests.stands.bot_api import BotApi, labels_of
from tests.transports.telegram.running import running, settings_for


def test_a_press_answers_for_the_branch(stand: BotApi, app: App, tmp_path: Path) -> None:
    with running(settings_for(stand, tmp_path), app.respond):
        stand.say("收到一封信怎么办")
        stand.wait_for(lambda stand: stand.told() and labels_of(stand.told()[-1]))
        asked = stand.told()[-1]
        assert "这是谁发来的？" in asked["text"]
        assert labels_of(asked)[:3] == ["法院的纸质文书", "律师或公司的函", "短信或链接"]
        stand.press("律师或公司的函")
        stand.wait_for(lambda stand: "律师函不是法院文书" in stand.told()[-1]["text"])
        stand.say("那要不要回")
        stand.wait_for(lambda stand: len(stand.told()) >= 3 and labels_of(stand.told()[-1]))
    assert "律师" in stand.told()[-1]["text"]
