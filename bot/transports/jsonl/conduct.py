"""The `conduct` command: an act of collection in, what it is worth out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time

from bot.answering.composing.basis import article_label
from bot.clock import SHANGHAI
from bot.debt.conduct import Fact, Incident, judge, missing
from bot.dialogue.incident_terms import (
    contacted_of,
    incident_told,
    media_of,
    time_of_day,
)
from bot.knowledge.entry import Citation
from bot.knowledge.library import Library
from bot.knowledge.registry import ConductRule
from bot.transports.jsonl.fields import optional_text
from bot.transports.jsonl.lines import Record, RecordError

_QUESTIONS = {
    Fact.MEDIUM: "是打电话、发短信微信，还是上门？",
    Fact.TIME: "几点联系的？22:00 到次日 8:00 另有要求。",
    Fact.CALLS: "一天打了几次，打通几次？",
    Fact.CONNECTED: "这些电话里打通了几次？",
    Fact.VISITORS: "来了几个人，有没有出示证件和委托材料？",
    Fact.TOLD: "对别人说了什么，有没有说出欠款？",
}


def conduct_record(record: Record, library: Library) -> Record:
    """The findings on an incident given in fields, or in the borrower's own words."""
    incident = incident_of(record)
    return {
        "findings": [written(rule, library) for rule in judge(incident, library.conduct_rules)],
        "missing": [_QUESTIONS[fact] for fact in missing(incident)],
    }


def incident_of(record: Record) -> Incident:
    """The incident of a record; fields outweigh what the text tells."""
    text = optional_text(record, "text") or ""
    acts = texts(record, "acts")
    if not text and not acts and record.get("medium") is None:
        raise RecordError("missing_facts", "缺少 text：请写出对方做了什么，或写 medium 和 acts")
    incident = incident_told("。".join((text, *acts)) if text else "。".join(acts))
    media, contacted = media_of(texts(record, "medium")), contacted_of(texts(record, "contacted"))
    return replace(
        incident,
        said=incident.said if text else "",
        acts=tuple(acts),
        at=moment(record) or incident.at,
        media=media or incident.media,
        contacted=contacted or incident.contacted,
        calls=frequency(record) or incident.calls,
    )


def texts(record: Record, field: str) -> Sequence[str]:
    """A field that holds one text or a list of them."""
    value = record.get(field)
    if value is None:
        return ()
    listed = value if isinstance(value, list) else [value]
    if not all(isinstance(each, str) for each in listed):
        raise RecordError("invalid_field", f"{field} 要写文字，或一列文字")
    return listed


def moment(record: Record) -> time | None:
    """The time of day of ``at``: an ISO date and time, or words."""
    at = optional_text(record, "at")
    if at is None:
        return None
    try:
        exact = datetime.fromisoformat(at)
    except ValueError:
        read = time_of_day(at)
        if read is None:
            raise RecordError("invalid_field", f"at 读不懂：{at}") from None
        return read
    if len(at) <= len("2026-12-01"):
        return None  # a day without its time
    return (exact.astimezone(SHANGHAI) if exact.tzinfo else exact).time()


def frequency(record: Record) -> int | None:
    """Contacts a day: a number, or words that count."""
    value = record.get("frequency")
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
        return value
    if isinstance(value, str):
        return int(value) if value.isdecimal() else incident_told(value).calls
    raise RecordError("invalid_number", f"frequency 读不懂：{value}")


def written(rule: ConductRule, library: Library) -> Record:
    """One finding."""
    return {
        "verdict": rule.verdict,
        "rule": rule.id,
        "citation": "；".join(cited(each, library) for each in rule.citations),
        "why": rule.why,
    }


def cited(citation: Citation, library: Library) -> str:
    """A citation as a person reads it."""
    instrument = library.instrument[citation.instrument]
    article = article_label(citation.article) if citation.article else ""
    return f"{instrument.short_name}{article}"
