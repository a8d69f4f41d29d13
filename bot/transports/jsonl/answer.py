"""The ``answer`` contract: one question a line, one grounded answer a line."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from time import perf_counter
from typing import Any

from bot.answering.pipeline import Step, run
from bot.answering.reply import Reply, Source, Utterance
from bot.answering.turn import Turn
from bot.knowledge.vocabulary import Language
from bot.transports.jsonl.lines import Record, RecordError
from bot.transports.plain import plain


def answerer(
    steps: Sequence[Step], today: Callable[[], date]
) -> Callable[[Record], Awaitable[Record]]:
    """A function that answers one record of the contract."""

    async def answer(record: Record) -> Record:
        began = perf_counter()
        done = await run(read_turn(record, today()), steps)
        assert done.reply is not None
        took = (perf_counter() - began) * 1000
        return {**reply_record(done.reply), "latency_ms": round(took, 1)}

    return answer


def read_turn(record: Record, today: date) -> Turn:
    """The turn that a record asks for."""
    text = record.get("text")
    if not isinstance(text, str):
        raise RecordError("missing_text", "text 字段应当是一段文字")
    return Turn(
        id=str(record.get("id", "")),
        text=text,
        today=today,
        context=tuple(_utterances(record.get("context") or [])),
        wanted_language=_language(record.get("lang")),
    )


def reply_record(reply: Reply) -> Record:
    """A reply with the contract's names."""
    return {
        "status": reply.status,
        "answer": plain(reply.text),
        "lang": reply.language,
        "actions": [{"label": each.label, "message": each.message} for each in reply.actions],
        "sources": [source_record(each) for each in reply.sources],
        "passages": list(reply.passages),
        "risk": reply.risk,
        "engine": reply.engine,
    }


def source_record(source: Source) -> Record:
    """A source with the contract's names."""
    record: Record = {
        "title": source.title,
        "locator": source.locator,
        "kind": source.kind,
        "status": source.status,
        "effective": source.effective.isoformat() if source.effective else None,
        "verified": source.verified,
    }
    return record | ({"url": source.url} if source.url else {})


def _utterances(context: Any) -> list[Utterance]:
    if not isinstance(context, list):
        raise RecordError("bad_context", "context 字段应当是一个列表")
    return [_utterance(said) for said in context]


def _utterance(said: Any) -> Utterance:
    try:
        return Utterance("user" if said["role"] == "user" else "assistant", str(said["text"]))
    except (TypeError, KeyError) as fault:
        raise RecordError("bad_context", "context 里每一项要有 role 和 text") from fault


def _language(value: Any) -> Language | None:
    if value is None:
        return None
    try:
        return Language(_SHORT_NAMES.get(value, value))
    except ValueError as fault:
        known = "、".join(Language)
        raise RecordError("bad_lang", f"lang 字段只能是 {known}") from fault


_SHORT_NAMES = {"zh": "zh-Hans", "zh-CN": "zh-Hans", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant"}
