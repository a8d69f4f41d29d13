"""Plans, letters, the true price of a loan, and what a text counts: the batch commands over HTTP."""

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, Response
from fastapi import Path as InPath
from pydantic import AfterValidator

from bot.answering.reply import Document
from bot.dialogue.creditor_names import CreditorNames
from bot.drafting.template import Template
from bot.transports.jsonl.lines import Record
from bot.transports.jsonl.parse import parse_record
from bot.transports.jsonl.plan import plan_record
from bot.transports.jsonl.rate import rate_record
from bot.transports.web.door import Door
from bot.transports.web.events import document_record
from bot.transports.web.problems import in_utf8, problems

PLANS: dict[str, Any] = {
    "in words": {
        "value": {"text": "月入6500，房租吃饭4700，留300应急，分期乐欠32600，微粒贷15400"}
    },
    "in fields": {
        "value": {
            "income": 6500,
            "essential": 4700,
            "buffer": 300,
            "debts": [
                {"creditor": "分期乐", "principal": 32600},
                {"creditor": "微粒贷", "principal": 15400},
            ],
            "plan_apr": 0.18,
        }
    },
}
RATES: dict[str, Any] = {
    "in words": {"value": {"text": "到手10000，分12期，每期还1000"}},
    "in fields": {"value": {"received": 10000, "instalment": 1000, "months": 12}},
}
READINGS: dict[str, Any] = {"a sentence": {"value": {"text": "3月15日前还3万2，日息万分之五"}}}


def whole(record: Record) -> Record:
    """The record, unless a half character hides in it: no answer could repeat that."""
    try:
        json.dumps(record, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError) as fault:
        raise ValueError("holds half a character, or is nested too deeply") from fault
    return record


MEDIA_TYPES = {
    "txt": "text/plain; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
WORDS = {"type": "string", "minLength": 1, "maxLength": 100_000}


def either(*fields: str) -> dict[str, Any]:
    """How a body is described that tells its case in words or in these fields."""
    return {
        "type": "object",
        "properties": {"text": WORDS},
        "anyOf": [{"required": ["text"]}, {"required": list(fields)}],
    }


HOUSEHOLD = Body(openapi_examples=PLANS, json_schema_extra=either("income", "essential", "debts"))
LOAN = Body(openapi_examples=RATES, json_schema_extra=either("received"))
TEXT = Body(openapi_examples=READINGS, json_schema_extra={**either(), "required": ["text"]})
Fields = Annotated[dict[str, Any], AfterValidator(whole)]


def calculation_routes(
    names: Callable[[], CreditorNames],
    templates: Mapping[str, Template],
    today: Callable[[], date],
    door: Door,
) -> APIRouter:
    """The routes of calculations; they keep nothing. Names are asked for anew each time."""
    routes = APIRouter(
        prefix="/api/v1",
        tags=["calculations"],
        dependencies=[Depends(door.count)],
        responses=problems(400, 403, 413, 422, 429, 500),
    )

    @routes.post("/plans", responses=answered_with("plan"))
    async def plans(record: Annotated[Fields, HOUSEHOLD]) -> Response:
        """Repayment plans for a household: fields as the `plan` command takes them, or words."""
        return await calculated(lambda: plan_record(record, today(), names()))

    @routes.post("/rates", responses=answered_with("rate"))
    async def rates(record: Annotated[Fields, LOAN]) -> Response:
        """The true yearly rate of a loan: fields as the `rate` command takes them, or words."""
        return await calculated(lambda: rate_record(record, today(), names()))

    @routes.post("/readings", responses=answered_with("parse"))
    async def readings(record: Annotated[Fields, TEXT]) -> Response:
        """The amounts, rates, times and days that a text names."""
        return await calculated(lambda: parse_record(record, today()))

    @routes.post("/drafts/{kind}", responses=answered_with("draft"))
    async def drafts(
        kind: Annotated[str, InPath(pattern=r"^[a-z-]{1,40}$", examples=["negotiation-letter"])],
        record: Annotated[Fields, HOUSEHOLD],
        form: Literal["txt", "docx", "pdf"] = "docx",
    ) -> Response:
        """Letters of one kind: documents as the `document` event carries them, and notes."""
        return await calculated(lambda: drafted(kind, record, form, today(), templates, names()))

    return routes


def drafted(
    kind: str,
    record: Record,
    form: str,
    today: date,
    templates: Mapping[str, Template],
    names: CreditorNames,
) -> Record:
    """Each letter as a file, and what its sender should know."""
    from bot.drafting.render import render  # Word and PDF only when asked for
    from bot.transports.jsonl.draft import drafted_files, file_name

    letters, notes = drafted_files(kind, record, form, today, templates, names)
    files = [
        Document(f"{file_name(each)}.{form}", MEDIA_TYPES[form], render([each], form))
        for each in letters
    ]
    return {"documents": [document_record(each) for each in files], "notes": list(notes)}


async def calculated(calculation: Callable[[], Record]) -> Response:
    """The result of a calculation, worked out beside the event loop."""
    return Response(in_utf8(await asyncio.to_thread(calculation)), media_type="application/json")


def answered_with(command: str) -> dict[int | str, dict[str, Any]]:
    """How an operation documents its answer."""
    return {
        200: {
            "description": f"What the `{command}` command writes; money is decimal strings.",
            "content": {"application/json": {"schema": {"type": "object"}}},
        }
    }
