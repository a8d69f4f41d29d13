"""A dialogue whose answers a test can foretell."""

from bot.answering.reply import Action, Reply, Status
from bot.answering.turn import Listener
from bot.dialogue.message import Kind, Message, Response
from bot.knowledge.vocabulary import Language


class Scripted:
    """A dialogue that answers 答：TEXT, or what the test wants it to."""

    def __init__(self, reply: Reply | None = None) -> None:
        self.reply = reply
        self.heard: list[Message] = []
        self.rated: list[tuple[str, bool]] = []
        self.actions: dict[str, tuple[Action, ...]] = {}

    async def __call__(self, message: Message, listener: Listener | None = None) -> Response:
        self.heard.append(message)
        if message.kind is Kind.START:
            return Response(Reply(Status.CLARIFY, "你好", actions=self.start_actions()))
        if message.kind is not Kind.TEXT:
            return Response(Reply(Status.CLARIFY, f"收到{message.kind}"))
        reply = self.reply or Reply(Status.ANSWERED, f"答：{message.text}")
        answer_id = f"answer{len(self.heard)}"
        self.actions[answer_id] = reply.actions
        return Response(reply, answer_id)

    async def action(self, answer_id: str, number: int) -> str | None:
        actions = self.actions.get(answer_id, ())
        return actions[number].message if 0 <= number < len(actions) else None

    async def rate(self, answer_id: str, *, useful: bool, reason: str | None = None) -> bool:
        self.rated.append((answer_id, useful))
        return True

    def start_actions(self, language: Language = Language.SIMPLIFIED) -> tuple[Action, ...]:
        return tuple(Action(f"按钮{n}", f"第{n}问") for n in range(4))
