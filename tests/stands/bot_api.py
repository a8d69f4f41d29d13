"""A strict Bot API server on loopback: what Telegram refuses, it refuses, in the same words.

Tests drive it with plain method calls and wait on what it has received; the bot talks to it over
real HTTP, by long polling or by webhook.
"""

import asyncio
import json
import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.stands.bot_api_text import Refused, formatted
from tests.stands.ports import free_port, wait_until_listening

TOKEN = "7000000001:AAE-strict-stand-token"
BOT = {
    "id": 7000000001,
    "is_bot": True,
    "first_name": "借款人帮手",
    "username": "borrower_test_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}
TEXT_LIMIT, CAPTION_LIMIT, CALLBACK_LIMIT = 4096, 1024, 64
LARGEST_DOWNLOAD = 20 * 2**20
LONGEST_POLL_SECONDS = 2.0
WAIT_SECONDS = 20.0
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
_COMMAND = re.compile(r"/[A-Za-z0-9_]+(@\w+)?")

Json = dict[str, Any]


@dataclass
class Upload:
    """A file the bot sent."""

    name: str
    media_type: str
    content: bytes


@dataclass
class Fault:
    """What the next matching calls meet.

    ``cut`` closes the connection without an answer; ``accepted`` lets the call take effect first.
    ``share`` is the part of matching calls that is hit; ``times`` ends the fault.
    """

    method: str = "sendMessage"
    code: int = 0
    retry_after: int = 0
    migrate_to_chat_id: int = 0
    delay: float = 0.0
    cut: bool = False
    accepted: bool = False
    description: str = ""
    chat: int | None = None
    times: int | None = 1
    share: float = 1.0
    contains: str = ""
    hits: int = 0


@dataclass
class Call:
    """A call the bot made, and how it was answered."""

    method: str
    fields: dict[str, str]
    files: dict[str, Upload]
    status: int = 0
    description: str = ""
    result: Any = None
    at: float = field(default_factory=time.monotonic)

    @property
    def chat(self) -> int | None:
        """The chat it is for."""
        given = self.fields.get("chat_id")
        return int(given) if given else None


class Cut(Exception):
    """The connection is to be closed without an answer."""


class BotApi:
    """The stand: chats, pending updates, faults and everything that was called."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.pending: list[Json] = []
        self.messages: dict[int, dict[int, Json]] = {}
        self.files: dict[str, Upload] = {}
        self.commands: dict[str, list[Json]] = {}
        self.webhook: Json = {}
        self.webhook_statuses: list[int] = []
        self.queries: dict[str, int] = {}
        self.toasts: list[Json] = []
        self.chance = random.Random(7)  # noqa: S311 - a test wants the same faults each time
        self.port = 0
        self._update_id = 100
        self._message_id = 0
        self._polls = 0

    @property
    def address(self) -> str:
        """What BORROWER_AID_TELEGRAM_API is set to."""
        return f"http://127.0.0.1:{self.port}"

    # What people do

    def say(self, text: str, chat: int = 42, **extra: Any) -> int:
        """A person writes; the update's id."""
        return self.push("message", self.message_of_person(chat, text=text, **extra))

    def send(self, chat: int = 42, **content: Any) -> int:
        """A person sends something that is not text."""
        return self.push("message", self.message_of_person(chat, **content))

    def send_file(self, name: str, content: bytes, chat: int = 42, **extra: Any) -> int:
        """A person sends a document."""
        file_id = f"sent-{len(self.files)}"
        self.files[file_id] = Upload(name, "", content)
        document = {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_name": name}
        return self.send(chat, document=document | {"file_size": len(content)}, **extra)

    def edit(self, message_id: int, text: str, chat: int = 42) -> int:
        """A person changes what he wrote."""
        message = self.messages[chat][message_id] | {"text": text, "edit_date": _now()}
        return self.push("edited_message", message)

    def press(self, label: str, chat: int = 42, user: int | None = None) -> str:
        """A person presses the newest button with that label; the query's id."""
        message = next(
            each
            for each in reversed(self.messages[chat].values())
            if label in [button["text"] for button in buttons_of(each)]
        )
        query = f"query-{len(self.queries)}"
        self.queries[query] = chat
        (data, *_) = (b["callback_data"] for b in buttons_of(message) if b["text"] == label)
        self.push(
            "callback_query",
            {
                "id": query,
                "from": person(user or chat),
                "message": message,
                "chat_instance": str(chat),
                "data": data,
            },
        )
        return query

    def block(self, chat: int = 42) -> int:
        """A person blocks the bot."""
        self.faults.append(
            Fault(
                "*",
                403,
                chat=chat,
                times=None,
                description="Forbidden: bot was blocked by the user",
            )
        )
        was, now = ({"user": BOT, "status": each} for each in ("member", "kicked"))
        change = {
            "chat": chat_of(chat),
            "from": person(chat),
            "date": _now(),
            "old_chat_member": was,
            "new_chat_member": now | {"until_date": 0},
        }
        return self.push("my_chat_member", change)

    def message_of_person(self, chat: int, user: int | None = None, **content: Any) -> Json:
        """A message with its entities, kept in the chat."""
        message = {
            "message_id": self._next_message_id(),
            "from": person(user or abs(chat), content.pop("language", "zh-hans")),
            "chat": chat_of(chat),
            "date": _now(),
            **content,
        }
        if entities := entities_of_person(content.get("text", "")):
            message["entities"] = entities
        self.messages.setdefault(chat, {})[message["message_id"]] = message
        return message

    def push(self, kind: str, content: Json, update_id: int | None = None) -> int:
        """Queue an update for polling, or post it to the webhook."""
        with self.changed:
            if update_id is None:
                self._update_id += 1
                update_id = self._update_id
            update = {"update_id": update_id, kind: content}
            if not self.webhook:
                self.pending.append(update)
            self.changed.notify_all()
        if self.webhook:
            self.deliver(update)
        return update_id

    def deliver(self, update: Json) -> None:
        """Post to the webhook until it says 200, as Telegram does."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            try:
                answer = httpx.post(self.webhook["url"], json=update, headers=headers, timeout=10)
            except httpx.HTTPError:
                self.webhook_statuses.append(0)
            else:
                self.webhook_statuses.append(answer.status_code)
                if answer.is_success:
                    return
            time.sleep(0.1)
        raise TimeoutError("the webhook did not take the update")

    # What tests see

    def fail(self, method: str = "sendMessage", code: int = 0, **how: Any) -> Fault:
        """Plant a fault."""
        fault = Fault(method, code, **how)
        self.faults.append(fault)
        return fault

    def wait_for(
        self, happened: Callable[["BotApi"], Any], what: str = "", seconds: float = WAIT_SECONDS
    ) -> Any:
        """Wait until something has happened, and return it."""
        with self.changed:
            if not self.changed.wait_for(lambda: happened(self), seconds):
                raise TimeoutError(f"{what or 'it'} did not happen; calls: {self.summary()}")
            return happened(self)

    def told(self, chat: int = 42) -> list[Json]:
        """The bot's messages in a chat, as they now read."""
        return [each for each in self.messages.get(chat, {}).values() if each["from"] == BOT]

    def wait_told(self, count: int = 1, chat: int = 42) -> list[Json]:
        """Wait for the bot's messages in a chat."""
        found: list[Json] = self.wait_for(
            lambda stand: stand.told(chat) if len(stand.told(chat)) >= count else None,
            f"message {count} of chat {chat}",
        )
        return found

    def accepted(self, method: str, chat: int | None = None) -> list[Call]:
        """The calls of a method that took effect."""
        return [
            call
            for call in self.calls
            if call.method == method and call.status == 200 and chat in (None, call.chat)
        ]

    def summary(self) -> list[str]:
        """The last calls in one line each."""
        shown = [call for call in self.calls if call.method != "getUpdates"][-12:]
        return [f"{call.method} {call.status} {call.description}" for call in shown]

    def end_polls(self) -> None:
        """Let a long poll under way end."""
        with self.changed:
            self._polls += 1
            self.changed.notify_all()

    # The Bot API

    async def called(self, request: Request) -> Response:
        """Answer one call, under the faults that are planted."""
        fields, files = await read_fields(request)
        call = Call(request.path_params["method"], fields, files)
        try:
            if request.path_params["token"] != TOKEN:
                raise Refused(401, "Unauthorized")
            call.result = await self._answer(call)
            call.status = 200
            body = {"ok": True, "result": call.result}
        except Refused as refusal:
            call.status, call.description = refusal.code, refusal.description
            body = {"ok": False, "error_code": call.status, "description": call.description}
            if refusal.parameters:
                body["parameters"] = refusal.parameters
        except Cut:
            call.status, call.description = 0, "cut"
        with self.changed:
            self.calls.append(call)
            self.changed.notify_all()
        if call.status == 0:
            return CutResponse()
        if call.status == 502:
            return Response("<html>502 Bad Gateway</html>", 502, media_type="text/html")
        return JSONResponse(body, call.status)

    async def _answer(self, call: Call) -> Any:
        fault = self._fault_for(call)
        if fault is not None:
            await asyncio.sleep(fault.delay)
            if fault.accepted:
                self._take_effect(call)
            if fault.cut:
                raise Cut
            if fault.code:
                raise refusal_of(fault)
        if call.method == "getUpdates":
            return await self._get_updates(call.fields)
        return self._take_effect(call)

    def _take_effect(self, call: Call) -> Any:
        methods: dict[str, Callable[[Call], Any]] = {
            "getMe": lambda _: BOT,
            "getFile": self._get_file,
            "sendMessage": self._send_message,
            "editMessageText": self._edit_message_text,
            "sendDocument": lambda call: self._send_file(call, "document"),
            "sendPhoto": lambda call: self._send_file(call, "photo"),
            "sendChatAction": self._send_chat_action,
            "answerCallbackQuery": self._answer_callback_query,
            "setMyCommands": self._set_my_commands,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
        }
        if call.method not in methods:
            raise Refused(404, "Not Found: method not found")
        with self.changed:
            return methods[call.method](call)

    def _fault_for(self, call: Call) -> Fault | None:
        with self.changed:
            for fault in self.faults:
                if not self._hits(fault, call):
                    continue
                fault.hits += 1
                if fault.times is not None and fault.hits >= fault.times:
                    self.faults.remove(fault)
                return fault
        return None

    def _hits(self, fault: Fault, call: Call) -> bool:
        return (
            fault.method in ("*", call.method)
            and fault.chat in (None, call.chat)
            and fault.contains in call.fields.get("text", "")
            and self.chance.random() <= fault.share
        )

    async def _get_updates(self, fields: dict[str, str]) -> list[Json]:
        if self.webhook:
            raise Refused(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        return await asyncio.to_thread(self._poll, fields)

    def _poll(self, fields: dict[str, str]) -> list[Json]:
        offset, limit = int(fields.get("offset", 0)), int(fields.get("limit", 100))
        wait = min(float(fields.get("timeout", 0)), LONGEST_POLL_SECONDS)
        allowed = json.loads(fields.get("allowed_updates", "[]"))
        with self.changed:
            self._polls += 1
            mine = self._polls
            self.changed.notify_all()
            self.pending[:] = [each for each in self.pending if each["update_id"] >= offset]
            self.changed.wait_for(lambda: self.pending or self._polls != mine, wait)
            if self._polls != mine:
                raise Refused(
                    409,
                    "Conflict: terminated by other getUpdates request; "
                    "make sure that only one bot instance is running",
                )
            wanted = [each for each in self.pending if not allowed or set(each) & set(allowed)]
            return wanted[:limit]

    def _send_message(self, call: Call) -> Json:
        read = formatted(call.fields, "text", TEXT_LIMIT)
        return self._new_message(call, text=read.text, entities=read.entities)

    def _edit_message_text(self, call: Call) -> Json:
        message = self._messages_of(call).get(int(call.fields["message_id"]))
        if message is None:
            raise Refused(400, "Bad Request: message to edit not found")
        if message["from"] != BOT:
            raise Refused(400, "Bad Request: message can't be edited")
        read = formatted(call.fields, "text", TEXT_LIMIT)
        new = {"text": read.text, "entities": read.entities, **markup_of(call.fields)}
        old = {name: message.get(name) for name in ("text", "entities", "reply_markup")}
        if old == {"reply_markup": None} | new:
            raise Refused(400, NOT_MODIFIED)
        message.pop("reply_markup", None)
        message.update(new, edit_date=_now())
        return dict(message)

    def _send_file(self, call: Call, kind: str) -> Json:
        caption = formatted(call.fields, "caption", CAPTION_LIMIT)
        upload = call.files.get(kind)
        if upload is None or not upload.content:
            raise Refused(400, f"Bad Request: there is no {kind} in the request")
        if kind == "photo" and not upload.content.startswith((b"\x89PNG", b"\xff\xd8")):
            raise Refused(400, "Bad Request: IMAGE_PROCESS_FAILED")
        file_id = f"file-{len(self.files)}"
        self.files[file_id] = upload
        known = {
            "file_id": file_id,
            "file_unique_id": f"u{file_id}",
            "file_size": len(upload.content),
        }
        shape: Any = known | {"file_name": upload.name, "mime_type": upload.media_type}
        if kind == "photo":
            shape = [known | {"width": 1, "height": 1}]
        extra = {"caption": caption.text} if caption.text else {}
        return self._new_message(call, **{kind: shape}, **extra)

    def _get_file(self, call: Call) -> Json:
        file_id = call.fields.get("file_id", "")
        if file_id not in self.files:
            raise Refused(400, "Bad Request: invalid file_id")
        size = len(self.files[file_id].content)
        if size > LARGEST_DOWNLOAD:
            raise Refused(400, "Bad Request: file is too big")
        known = {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_size": size}
        return known | {"file_path": f"documents/{file_id}"}

    async def download(self, request: Request) -> Response:
        """A file as Telegram hands it out."""
        file = self.files.get(request.path_params["file_id"])
        if request.path_params["token"] != TOKEN or file is None:
            return Response("not found", 404)
        return Response(file.content, media_type="application/octet-stream")

    def _send_chat_action(self, call: Call) -> bool:
        self._messages_of(call)
        if call.fields.get("action") not in ("typing", "upload_document", "upload_photo"):
            raise Refused(400, "Bad Request: wrong parameter action in request")
        return True

    def _answer_callback_query(self, call: Call) -> bool:
        if self.queries.pop(call.fields.get("callback_query_id", ""), None) is None:
            raise Refused(
                400,
                "Bad Request: query is too old and response timeout expired or query ID is invalid",
            )
        if len(call.fields.get("text", "")) > 200:
            raise Refused(400, "Bad Request: MESSAGE_TOO_LONG")
        self.toasts.append(call.fields)
        return True

    def _set_my_commands(self, call: Call) -> bool:
        commands = json.loads(call.fields["commands"])
        for command in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
                raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                raise Refused(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[call.fields.get("language_code", "")] = commands
        return True

    def _set_webhook(self, call: Call) -> bool:
        secret = call.fields.get("secret_token")
        if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            raise Refused(400, "Bad Request: secret token contains unallowed characters")
        self.webhook = dict(call.fields) if call.fields.get("url") else {}
        return True

    def _delete_webhook(self, call: Call) -> bool:
        self.webhook = {}
        if call.fields.get("drop_pending_updates", "").lower() == "true":
            self.pending.clear()
        return True

    def _new_message(self, call: Call, **content: Any) -> Json:
        messages = self._messages_of(call)
        if given := call.fields.get("reply_parameters"):
            replied = messages.get(json.loads(given)["message_id"])
            if replied is None and not json.loads(given).get("allow_sending_without_reply"):
                raise Refused(400, "Bad Request: message to be replied not found")
        chat = int(call.fields["chat_id"])
        message = {
            "message_id": self._next_message_id(),
            "from": BOT,
            "chat": chat_of(chat),
            "date": _now(),
            **content,
            **markup_of(call.fields),
        }
        messages[message["message_id"]] = message
        return dict(message)

    def _messages_of(self, call: Call) -> dict[int, Json]:
        given = call.fields.get("chat_id", "")
        if not re.fullmatch(r"-?\d+", given):
            raise Refused(400, "Bad Request: chat_id is empty")
        if int(given) not in self.messages:
            raise Refused(400, "Bad Request: chat not found")
        return self.messages[int(given)]

    def _next_message_id(self) -> int:
        with self.changed:
            self._message_id += 1
            return self._message_id


class CutResponse(Response):
    """Closes the connection in the middle of the answer."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Promise more than is sent; the server then drops the connection."""
        headers = [(b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})
        raise ConnectionAbortedError


async def read_fields(request: Request) -> tuple[dict[str, str], dict[str, Upload]]:
    """The fields and files of a call, however they were sent."""
    if request.headers.get("content-type", "").startswith("application/json"):
        sent = await request.json()
        return {
            key: each if isinstance(each, str) else json.dumps(each) for key, each in sent.items()
        }, {}
    fields: dict[str, str] = dict(request.query_params)
    files: dict[str, Upload] = {}
    async with request.form() as form:
        for key, each in form.multi_items():
            if isinstance(each, UploadFile):
                content = await each.read()
                files[key] = Upload(each.filename or "", each.content_type or "", content)
            else:
                fields[key] = each
    for key, text in list(fields.items()):
        if text.startswith("attach://"):
            files[key] = files[fields.pop(key).removeprefix("attach://")]
    return fields, files


def refusal_of(fault: Fault) -> Refused:
    """A fault in Telegram's own words."""
    wording = {
        429: f"Too Many Requests: retry after {fault.retry_after}",
        403: "Forbidden: bot was blocked by the user",
        400: "Bad Request: can't parse entities: planted",
    }
    given = {
        "retry_after": fault.retry_after,
        "migrate_to_chat_id": fault.migrate_to_chat_id,
    }
    extra = {name: each for name, each in given.items() if each}
    text = fault.description or wording.get(fault.code, "Internal Server Error")
    return Refused(fault.code, text, **extra)


def markup_of(fields: dict[str, str]) -> Json:
    """The inline keyboard of a call, checked."""
    markup = json.loads(fields.get("reply_markup", "null"))
    if not markup or not markup.get("inline_keyboard"):
        return {}
    for button in [each for row in markup["inline_keyboard"] for each in row]:
        if not button.get("text"):
            raise Refused(400, "Bad Request: inline keyboard button text is empty")
        if not set(button) - {"text"}:
            raise Refused(400, "Bad Request: Text buttons are unallowed in the inline keyboard")
        if not 1 <= len(button.get("callback_data", "x").encode()) <= CALLBACK_LIMIT:
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
    return {"reply_markup": markup}


def buttons_of(message: Json) -> list[Json]:
    """The buttons under a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def labels_of(message: Json) -> list[str]:
    """What the buttons under a message say."""
    return [button["text"] for button in buttons_of(message)]


def entities_of_person(text: str) -> list[Json]:
    """The entities Telegram finds in what a person types: a command, a mention of the bot."""
    found: list[Json] = []
    if command := _COMMAND.match(text):
        found.append({"type": "bot_command", "offset": 0, "length": command.end()})
    mention = f"@{BOT['username']}"
    if (place := text.find(mention)) >= 0 and not (found and place < found[0]["length"]):
        found.append({"type": "mention", "offset": place, "length": len(mention)})
    return found


def person(user: int, language: str = "zh-hans") -> Json:
    """A person as updates show them."""
    return {"id": user, "is_bot": False, "first_name": "阿明", "language_code": language}


def chat_of(chat: int) -> Json:
    """A chat as updates show it; groups have negative ids."""
    if chat < 0:
        return {"id": chat, "type": "supergroup", "title": "互助群"}
    return {"id": chat, "type": "private", "first_name": "阿明"}


def _now() -> int:
    return int(time.time())


@contextmanager
def bot_api() -> Iterator[BotApi]:
    """A running stand, stopped at the end."""
    stand = BotApi()
    stand.port = free_port()
    web = Starlette(
        routes=[
            Route("/bot{token}/{method}", stand.called, methods=["GET", "POST"]),
            Route("/file/bot{token}/documents/{file_id}", stand.download),
        ]
    )
    config = uvicorn.Config(
        web, port=stand.port, log_level="critical", ws="none", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        wait_until_listening(stand.port)
        yield stand
    finally:
        stand.end_polls()
        server.should_exit = True
        thread.join()
