"""A long answer is seen to begin at once, in one message that grows."""

import asyncio
import time
from itertools import pairwise
from pathlib import Path

from bot.answering.reply import Reply, Status
from bot.answering.turn import Listener
from bot.dialogue.message import Message, Response
from tests.stands.bot_api import BotApi, labels_of
from tests.transports.telegram.running import running, settings_for
from tests.transports.telegram.scripted import Scripted

SENTENCES = ("**先不开门。**", "再打110。", "留好录音。")


class Slow(Scripted):
    """Words its answer sentence by sentence."""

    def __init__(self, before: float, between: float) -> None:
        super().__init__()
        self.before, self.between = before, between

    async def __call__(self, message: Message, listener: Listener | None = None) -> Response:
        assert listener is not None
        await asyncio.sleep(self.before)
        for sentence in SENTENCES:
            await listener(sentence)
            await asyncio.sleep(self.between)
        return Response(Reply(Status.ANSWERED, "\n".join(SENTENCES)), "answer1")


def test_the_first_words_stand_within_a_second_and_a_half(stand: BotApi, tmp_path: Path) -> None:
    with running(settings_for(stand, tmp_path), Slow(0.2, 1.0)):
        began = time.monotonic()
        stand.say("上门")
        (first,) = stand.wait_told(1)
        assert time.monotonic() - began < 1.5
        assert first["text"].startswith("先不开门。")
        stand.wait_for(lambda stand: labels_of(stand.told()[0]))
    (answer,) = stand.told()
    assert answer["text"] == "先不开门。\n再打110。\n留好录音。"
    assert labels_of(answer) == ["有用", "没用"]
    assert len(stand.accepted("sendMessage")) == 1


def test_edits_keep_the_pace_telegram_allows(stand: BotApi, tmp_path: Path) -> None:
    with running(settings_for(stand, tmp_path), Slow(0.0, 0.8)):
        stand.say("上门")
        stand.wait_for(lambda stand: stand.told() and labels_of(stand.told()[0]))
    while_wording = [stand.accepted("sendMessage")[0], *stand.accepted("editMessageText")[:-1]]
    gaps = [b.at - a.at for a, b in pairwise(while_wording)]
    assert all(gap >= 1 for gap in gaps)


def test_a_model_that_thinks_long_is_waited_for_with_a_word(stand: BotApi, tmp_path: Path) -> None:
    with running(settings_for(stand, tmp_path), Slow(2.0, 0.0)):
        began = time.monotonic()
        stand.say("上门")
        assert "正在查依据" in stand.wait_told(1)[0]["text"]
        assert time.monotonic() - began < 1.5
        stand.wait_for(lambda stand: labels_of(stand.told()[0]))
    assert [message["text"] for message in stand.told()] == ["先不开门。\n再打110。\n留好录音。"]


def test_a_draft_the_reader_deleted_is_answered_all_the_same(stand: BotApi, tmp_path: Path) -> None:
    with running(settings_for(stand, tmp_path), Slow(2.0, 0.0)):
        stand.say("上门")
        (draft,) = stand.wait_told(1)
        del stand.messages[42][draft["message_id"]]
        (answer,) = stand.wait_told(1)
    assert answer["text"].startswith("先不开门。")


def test_a_stopped_bot_completes_the_same_message_at_the_next_start(
    stand: BotApi, tmp_path: Path
) -> None:
    settings = settings_for(stand, tmp_path)
    with running(settings, Slow(60, 0)):
        stand.say("上门")
        stand.wait_told(1)
    with running(settings, Slow(0, 0)):
        stand.wait_for(lambda stand: labels_of(stand.told()[0]))
    assert [message["text"] for message in stand.told()] == ["先不开门。\n再打110。\n留好录音。"]


def test_the_loop_stays_awake_while_a_slow_model_answers_fifty_chats(
    stand: BotApi, tmp_path: Path
) -> None:
    with running(settings_for(stand, tmp_path), Slow(1.0, 0.3)):
        for chat in range(1, 51):
            stand.say("上门", chat=chat)
        stand.wait_for(
            lambda stand: all(
                stand.told(chat) and labels_of(stand.told(chat)[0]) for chat in range(1, 51)
            ),
            "fifty answers",
        )
    assert all(len(stand.told(chat)) == 1 for chat in range(1, 51))
