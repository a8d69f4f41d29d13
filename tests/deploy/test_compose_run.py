"""What docker-compose.yml says, run here over real servers: it answers, and outlives each of them."""

import secrets
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
import pytest

from tests.deploy.compose import COMPOSE, OURS, Service, Stack
from tests.stands.bot_api import TOKEN, BotApi, bot_api
from tests.stands.chroma import ChromaServer
from tests.stands.postgres import PostgresServer, postgres_programs

QUESTIONS = ("收到支付令怎么办", "催收说今天上门，我该怎么办", "他们打电话给我家人怎么办")
HOLDING = "收到，正在查依据"
CHATS = 10  # on each transport
AWAY_SECONDS = 2.0
PATIENCE_SECONDS = 90.0
BACK_SECONDS = 20.0  # promised are ten, on a machine that is not busy with other tests


@dataclass
class Running:
    """The whole, and each part by its name."""

    services: dict[str, Service]
    postgres: PostgresServer
    chroma: ChromaServer
    telegram: BotApi

    @property
    def address(self) -> str:
        """Of the web chat."""
        return f"http://127.0.0.1:{self.services['web'].port}/api/v1"

    def answers(self, chat: int) -> list[str]:
        """What a chat was told, without a word that the answer is on its way."""
        said = [each["text"] for each in self.telegram.told(chat)]
        return [text for text in said if not text.startswith(HOLDING)]

    def part(self, name: str) -> Service | PostgresServer | ChromaServer:
        """What can be killed and started again."""
        others = {"postgres": self.postgres, "chroma": self.chroma}
        return self.services.get(name) or others[name]


@pytest.fixture(scope="module")
def running(
    postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    programs = postgres_programs()
    assert programs is not None
    server, chroma = (
        PostgresServer(programs),
        ChromaServer(tmp_path_factory.mktemp("chroma"), COMPOSE["services"]["chroma"]["command"]),
    )
    server.start()
    server.run("CREATE ROLE aid LOGIN")
    server.run("CREATE DATABASE aid OWNER aid")
    chroma.start()
    with bot_api() as telegram:
        env = {
            "BORROWER_AID_TELEGRAM_TOKEN": TOKEN,
            "BORROWER_AID_TELEGRAM_API": telegram.address,
        }
        stack = Stack(server, chroma, tmp_path_factory.mktemp("data"), env)
        services = {name: stack.service(name) for name in OURS}
        try:
            for each in services.values():
                each.start()
            yield Running(services, server, chroma, telegram)
        finally:
            for each in services.values():
                each.kill()
            chroma.kill()
            server.remove()


class Visitor:
    """Somebody on the chat page, whose page sends again what was not answered."""

    def __init__(self, address: str) -> None:
        self._http = httpx.Client(base_url=address, timeout=60)
        begun = self._http.post("/conversations", json={}).json()
        self._place = f"/conversations/{begun['id']}"
        self._token = {"Authorization": f"Bearer {begun['token']}"}

    def leave(self) -> None:
        """Close the page."""
        self._http.close()

    def ask(self, text: str) -> str:
        """The answer, whole."""
        headers = {**self._token, "Idempotency-Key": secrets.token_hex(8)}
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                reply = self._http.post(
                    f"{self._place}/messages", json={"text": text}, headers=headers
                )
            except httpx.HTTPError:
                reply = None
            if reply is not None:
                assert "Traceback" not in reply.text
                if "event: done" in reply.text:
                    return reply.text
            time.sleep(0.5)
        raise AssertionError("a message was lost")

    def asked(self) -> list[str]:
        """The questions that were kept."""
        kept = self._http.get(self._place, headers=self._token).json()
        return [each["text"] for each in kept["messages"] if each["role"] == "user"]


Coming = Callable[[], Visitor]


@pytest.fixture
def visitor(running: Running) -> Iterator[Coming]:
    """Lets visitors in, and sees them out at the end."""
    came: list[Visitor] = []

    def comes() -> Visitor:
        came.append(Visitor(running.address))
        return came[-1]

    yield comes
    for each in came:
        each.leave()


def until(holds: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> float:
    """Wait for something; how long it took."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds
        time.sleep(0.1)
    return time.monotonic() - began


def test_it_holds_a_conversation_on_both_transports(running: Running, visitor: Coming) -> None:
    assert "支付令" in visitor().ask(QUESTIONS[0])
    running.telegram.say(QUESTIONS[0], chat=900)
    until(lambda: bool(running.answers(900)))
    assert "支付令" in running.answers(900)[0]
    for service in running.services.values():
        assert service.ready()


def test_it_answers_over_the_chroma_server(running: Running, visitor: Coming) -> None:
    somebody = visitor()

    def vectors() -> str:
        somebody.ask(f"我欠了钱 {secrets.token_hex(4)}")
        return str(httpx.get(f"{running.address.removesuffix('/api/v1')}/readyz").json()["vectors"])

    until(lambda: vectors() == "ok")


@pytest.mark.parametrize("name", ["chroma", "postgres", "worker"])
def test_the_loss_of_one_part_loses_no_message(
    running: Running, visitor: Coming, name: str, record_property: Callable[[str, object], None]
) -> None:
    part, telegram = running.part(name), running.telegram
    chats = [hash((name, number)) % 10**9 + 10**6 for number in range(CHATS)]
    visitors = [visitor() for _ in range(CHATS)]

    def visit(somebody: Visitor) -> None:
        for question in QUESTIONS:
            assert "event: done" in somebody.ask(question)
            time.sleep(0.5)

    def chat(number: int) -> None:
        for count, question in enumerate(QUESTIONS, 1):
            telegram.say(question, chat=number)
            until(lambda count=count: len(running.answers(number)) >= count)  # type: ignore[misc]
            time.sleep(0.5)

    with ThreadPoolExecutor(2 * CHATS) as pool:
        talks = [pool.submit(visit, each) for each in visitors]
        talks += [pool.submit(chat, each) for each in chats]
        time.sleep(0.7)
        part.kill()
        time.sleep(AWAY_SECONDS)
        part.start()
        took = until(lambda: all(each.ready() for each in running.services.values()), BACK_SECONDS)
        for each in talks:
            each.result(timeout=2 * PATIENCE_SECONDS)
    record_property("seconds_until_ready", round(took, 1))
    time.sleep(1)  # what would be answered twice would come now
    for each in visitors:
        assert sorted(each.asked()) == sorted(QUESTIONS)
    for number in chats:
        said = running.answers(number)
        assert len(said) == len(QUESTIONS)
        assert not any("Traceback" in each or "出了点问题" in each for each in said)
