"""What a volunteer writes to a borrower, as it comes, as Server-Sent Events."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header
from fastapi.responses import StreamingResponse

from bot.answering.reply import Engine, Reply
from bot.dialogue.hand_off import HandOff, Line, Side, Stage
from bot.dialogue.message import Message
from bot.store.hand_offs import HandOffs
from bot.store.web_conversations import TRANSPORT, Visit
from bot.transports.web.chat import UNHELD, Enter
from bot.transports.web.events import EVENT_STREAM, EVENTS, HEARTBEAT, event
from bot.transports.web.problems import problems

LOOK_SECONDS = 1.0
OPEN = (Stage.WAITING, Stage.TAKEN)
EXAMPLE = """\
id: 0
event: stage
data: {"stage": "waiting"}

id: 17
event: line
data: {"by": "volunteer", "text": "你好，先把短信截图留好。", "at": "2026-11-30T11:00:00+00:00"}

id: 17
event: end
data: {"stage": "closed"}

"""
STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Events: `stage` (waiting, taken), `line` (by the volunteer, or a notice of "
        "the assistant), `end`. Lines that begin with a colon are signs of life.",
        "content": {EVENT_STREAM: {**EVENTS, "example": EXAMPLE}},
    }
}
LastLine = Annotated[
    str | None,
    Header(alias="Last-Event-ID", pattern=r"^[0-9]{1,18}$", description="The last line received."),
]


@dataclass(frozen=True, slots=True)
class Place:
    """Which lines a reader has, and which stage it was told of."""

    line: int
    stage: Stage | None = None


class Volunteers:
    """The borrower's side of a talk with a person."""

    def __init__(self, hand_offs: HandOffs, heartbeat: float) -> None:
        self._hand_offs = hand_offs
        self._heartbeat = heartbeat

    async def stage(self, message: Message, reply: Reply) -> Stage | None:
        """Where a hand-off stands after a reply that may have moved it; none where none is open."""
        if reply.engine is not Engine.REVIEWED_WORDING:
            return None
        found = await asyncio.to_thread(self._hand_offs.latest, message.transport, message.key)
        return found.stage if found is not None and found.stage in OPEN else None

    async def events(self, key: str, place: Place) -> AsyncIterator[str]:
        """The lines after a place, as they come, until the talk is over."""
        told_at = time.monotonic()
        while True:
            hand_off, lines = await asyncio.to_thread(self._look, key, place.line)
            told = list(_told(hand_off, lines, place))
            if told:
                told_at, place = time.monotonic(), told[-1][0]
                yield "".join(each for _, each in told)
            if hand_off is None or hand_off.stage not in OPEN:
                return
            if time.monotonic() - told_at >= self._heartbeat:
                told_at = time.monotonic()
                yield HEARTBEAT
            await asyncio.sleep(LOOK_SECONDS)

    def _look(self, key: str, after: int) -> tuple[HandOff | None, list[Line]]:
        hand_off = self._hand_offs.latest(TRANSPORT, key)
        if hand_off is None:
            return None, []
        lines = self._hand_offs.lines(hand_off.number)
        mine = [line for line in lines if line.to is Side.BORROWER and line.id > after]
        self._hand_offs.carried(mine)
        return hand_off, mine


def _told(hand_off: HandOff | None, lines: list[Line], place: Place) -> Iterator[tuple[Place, str]]:
    stage = hand_off.stage if hand_off is not None else Stage.WITHDRAWN
    if stage in OPEN and stage is not place.stage:
        place = Place(place.line, stage)
        yield place, event(str(place.line), "stage", {"stage": stage})
    for line in lines:
        place = Place(line.id, place.stage)
        yield place, event(str(line.id), "line", line_record(line))
    if stage not in OPEN:
        yield place, event(str(place.line), "end", {"stage": stage})


def line_record(line: Line) -> dict[str, str]:
    """A line as the page shows it; who is not a volunteer is the assistant."""
    by = "volunteer" if line.by is Side.VOLUNTEERS else "assistant"
    return {"by": by, "text": line.text, "at": line.at.isoformat()}


def volunteer_routes(volunteers: Volunteers, enter: Enter) -> APIRouter:
    """The one route."""
    routes = APIRouter(prefix="/api/v1", tags=["conversations"])

    @routes.get(
        "/conversations/{conversation_id}/events",
        response_class=StreamingResponse,
        responses={**STREAM, **problems(401, 403, 404, 422, 429, 500)},
    )
    async def follow(
        visit: Annotated[Visit, Depends(enter)], last_event_id: LastLine = None
    ) -> StreamingResponse:
        """Follow a talk that was handed over to a volunteer; `end` says that it is over."""
        events = volunteers.events(visit.id, Place(int(last_event_id or 0)))
        return StreamingResponse(events, media_type=EVENT_STREAM, headers=UNHELD)

    return routes
