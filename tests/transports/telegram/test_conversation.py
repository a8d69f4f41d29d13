"""A talk with the bot, message by message, over real HTTP."""

from pathlib import Path
from typing import Any

import pytest

from bot.answering.reply import Action, Document, Engine, Reply, Status
from bot.dialogue.message import Kind
from bot.knowledge.vocabulary import Language
from tests.stands.bot_api import BotApi, labels_of
from tests.transports.telegram.running import running, settings_for
from tests.transports.telegram.scripted import Scripted

PNG = b"\x89PNG\r\n\x1a\n tiny"


def test_start_shows_four_buttons_and_just_ask(bot: BotApi) -> None:
    bot.say("/start")
    (welcome,) = bot.wait_told()
    assert labels_of(welcome) == ["按钮0", "按钮1", "按钮2", "按钮3", "直接问"]


def test_a_big_button_asks_its_question(bot: BotApi) -> None:
    bot.say("/start")
    bot.wait_told()
    query = bot.press("按钮2")
    assert bot.wait_told(2)[1]["text"] == "答：第2问"
    assert query not in bot.queries  # answered, so the button's spinner stops


def test_just_ask_says_what_to_type(bot: BotApi) -> None:
    bot.say("/start")
    bot.wait_told()
    bot.press("直接问")
    assert "打字" in bot.wait_told(2)[1]["text"]


def test_a_question_is_answered_and_typing_shown(bot: BotApi) -> None:
    bot.say("催收上门怎么办")
    (answer,) = bot.wait_told()
    assert answer["text"] == "答：催收上门怎么办"
    assert [call.fields["action"] for call in bot.accepted("sendChatAction")] == ["typing"]


def test_action_buttons_ask_and_the_verdict_is_kept(bot: BotApi, dialogue: Scripted) -> None:
    dialogue.reply = Reply(Status.ANSWERED, "先不开门。", actions=(Action("砸门了", "他们在砸门"),))
    bot.say("上门")
    (answer,) = bot.wait_told()
    assert labels_of(answer) == ["砸门了", "有用", "没用"]
    bot.press("砸门了")
    bot.wait_told(2)
    assert dialogue.heard[-1].text == "他们在砸门"
    bot.press("没用")
    bot.wait_for(lambda stand: stand.toasts[1:])
    assert dialogue.rated == [("answer2", False)]
    assert "志愿者" in bot.toasts[1]["text"]


def test_a_button_of_a_forgotten_answer_says_so(bot: BotApi, dialogue: Scripted) -> None:
    dialogue.reply = Reply(Status.ANSWERED, "先不开门。", actions=(Action("砸门了", "他们在砸门"),))
    bot.say("上门")
    bot.wait_told()
    dialogue.actions.clear()
    bot.press("砸门了")
    assert "打字" in bot.wait_told(2)[1]["text"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]}, "photo"),
        ({"voice": {"file_id": "f", "file_unique_id": "u", "duration": 3}}, "voice"),
        ({"video_note": {"file_id": "f", "file_unique_id": "u", "length": 1, "duration": 1}}, "voice"),
        ({"contact": {"phone_number": "13800138000", "first_name": "王"}}, "contact"),
        ({"location": {"latitude": 1.0, "longitude": 2.0}}, "location"),
        ({"animation": {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "duration": 1},
          "document": {"file_id": "f", "file_unique_id": "u"}}, "document"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "other"),
    ],
)  # fmt: skip
def test_what_is_not_text_gets_a_kind_word(bot: BotApi, content: dict[str, Any], kind: str) -> None:
    bot.send(**content)
    assert bot.wait_told()[0]["text"] == f"收到{Kind(kind)}"


def test_an_album_gets_one_kind_word(bot: BotApi, dialogue: Scripted) -> None:
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    for caption in ({}, {}, {"caption": "这些是真的吗"}):
        bot.send(photo=photo, media_group_id="album", **caption)
    bot.say("在吗")
    told = [each["text"] for each in bot.wait_told(3)]
    assert told == ["收到photo", "答：这些是真的吗", "答：在吗"]


def test_a_stickers_kind_word(bot: BotApi) -> None:
    sticker = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}
    bot.send(sticker=sticker | {"is_animated": False, "is_video": False, "type": "regular"})
    assert bot.wait_told()[0]["text"] == "收到sticker"


def test_words_under_a_picture_are_answered_too(bot: BotApi) -> None:
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    bot.send(photo=photo, caption="这是传票吗")
    kind_word, answer = bot.wait_told(2)
    assert (kind_word["text"], answer["text"]) == ("收到photo", "答：这是传票吗")


def test_documents_come_as_files_and_pictures_as_photos(bot: BotApi, dialogue: Scripted) -> None:
    letter = Document("协商信.docx", "application/msword", b"PK letter")
    chart = Document("图.png", "image/png", PNG)
    dialogue.reply = Reply(Status.ANSWERED, "写好了。", documents=(letter, chart))
    bot.say("帮我写信")
    _, file, photo = bot.wait_told(3)
    assert file["document"]["file_name"] == "协商信.docx"
    assert bot.files[file["document"]["file_id"]].content == b"PK letter"
    assert bot.files[photo["photo"][0]["file_id"]].content == PNG


def test_a_picture_telegram_cannot_read_comes_as_a_file(bot: BotApi, dialogue: Scripted) -> None:
    broken = Document("图.png", "image/png", b"no picture")
    dialogue.reply = Reply(Status.ANSWERED, "图", documents=(broken,))
    bot.say("图")
    assert bot.wait_told(2)[1]["document"]["file_name"] == "图.png"


def test_a_long_answer_is_split_and_buttons_stand_under_its_end(
    bot: BotApi, dialogue: Scripted
) -> None:
    dialogue.reply = Reply(Status.ANSWERED, "一句话。" * 2000)
    bot.say("长")
    first, last = bot.wait_told(2)
    assert first["text"] + last["text"] == "一句话。" * 2000
    assert labels_of(first) == []
    assert labels_of(last) == ["有用", "没用"]


def test_refused_html_comes_as_plain_text(bot: BotApi, dialogue: Scripted) -> None:
    dialogue.reply = Reply(Status.ANSWERED, "**先不开门** & 等")
    bot.fail(code=400, contains="<b>")
    bot.say("上门")
    (answer,) = bot.wait_told()
    assert (answer["text"], answer["entities"]) == ("先不开门 & 等", [])


def test_an_edited_message_is_answered_again_under_it(bot: BotApi) -> None:
    bot.say("上们怎么办")
    bot.wait_told()
    (asked, *_) = bot.messages[42]
    bot.edit(asked, "上门怎么办")
    answers = bot.wait_told(2)
    assert answers[1]["text"] == "答：上门怎么办"
    assert str(asked) in bot.accepted("sendMessage")[-1].fields["reply_parameters"]


def test_commands_are_named_in_chinese_and_english(bot: BotApi) -> None:
    bot.wait_for(lambda stand: len(stand.commands) == 3)
    names = {command["command"] for command in bot.commands["zh"]}
    assert names >= {"plan", "letters", "rates", "language", "privacy", "mydata", "forget", "help"}
    assert bot.commands["en"][0]["description"] == "Make a repayment plan"
    assert bot.commands[""] == bot.commands["zh"]


def test_plan_is_a_sentence_to_the_dialogue(bot: BotApi, dialogue: Scripted) -> None:
    bot.say("/plan")
    bot.wait_told()
    assert dialogue.heard[-1].text == "帮我做一个还款计划"


def test_a_chosen_language_holds(bot: BotApi, dialogue: Scripted) -> None:
    bot.say("/language")
    (choice,) = bot.wait_told()
    assert labels_of(choice) == ["简体中文", "繁體中文", "English"]
    bot.press("English")
    assert bot.wait_told(2)[1]["text"] == "Fine, I will answer in English from now on."
    bot.say("上门")
    bot.wait_told(3)
    assert dialogue.heard[-1].language is Language.ENGLISH


def test_the_chosen_script_is_called_by_its_name(bot: BotApi) -> None:
    bot.say("/language")
    bot.wait_told()
    bot.press("繁體中文")
    assert bot.wait_told(2)[1]["text"] == "好，之後用繁體中文回答你。"


def test_a_dialogue_that_fails_is_one_calm_sentence(
    bot: BotApi, dialogue: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    dialogue.action = broken  # type: ignore[method-assign,assignment]
    dialogue.reply = Reply(Status.ANSWERED, "先不开门。", actions=(Action("砸门了", "他们在砸门"),))
    bot.say("上门")
    bot.wait_told()
    bot.press("砸门了")
    text = bot.wait_told(2)[1]["text"]
    assert "110" in text
    assert "secret" not in text
    assert "secret detail" in caplog.text


def test_too_many_messages_are_asked_to_wait_once(
    stand: BotApi, dialogue: Scripted, tmp_path: Path
) -> None:
    with running(settings_for(stand, tmp_path, telegram_per_minute=3), dialogue):
        for number in range(6):
            stand.say(f"第{number}句")
        stand.wait_told(4)
        stand.say("别的聊天", chat=43)
        assert stand.wait_told(1, chat=43)[0]["text"] == "答：别的聊天"
    texts = [message["text"] for message in stand.told()]
    assert texts[:3] == ["答：第0句", "答：第1句", "答：第2句"]
    assert len(texts) == 4
    assert "太" not in texts[3]
    assert "过一分钟" in texts[3]


def test_a_command_is_known_by_its_text_and_takes_what_follows(
    bot: BotApi, dialogue: Scripted
) -> None:
    bot.push(
        "message",
        bot.message_of_person(42, text="/Rates 借1万，每月还1000，12期") | {"entities": []},
    )
    bot.wait_told()
    assert dialogue.heard[-1].text == "帮我算真实年化利率：借1万，每月还1000，12期"


def test_a_moving_location_is_spoken_of_once(bot: BotApi) -> None:
    where = {"latitude": 1.0, "longitude": 2.0, "live_period": 600}
    message = bot.message_of_person(42, location=where)
    bot.push("message", message)
    bot.wait_told()
    bot.push("edited_message", message | {"location": where | {"latitude": 1.1}, "edit_date": 1})
    bot.say("上门")
    assert [each["text"] for each in bot.wait_told(2)] == ["收到location", "答：上门"]


def test_a_form_of_ours_asks_for_no_verdict(bot: BotApi, dialogue: Scripted) -> None:
    dialogue.reply = Reply(Status.ANSWERED, "还有别家吗？", engine=Engine.REVIEWED_WORDING)
    bot.say("分期乐欠3万")
    assert labels_of(bot.wait_told()[0]) == []
