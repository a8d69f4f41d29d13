"""Between the form of an entry and its exchange form."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from starlette.datastructures import FormData

from bot.knowledge.vocabulary import Audience, LenderType, Risk, Stage, Verification

LINES = ("questions", "steps", "they_may_not", "do_not", "why")
IDS = ("creditors", "related", "actions")
CHOICES = ("stages", "lender_types", "channels")
TEXTS = ("title", "topic", "short_answer", "script", "template", "review_due")


def fields_of_form(
    form: FormData, before: Mapping[str, Any], instruments: Mapping[str, str]
) -> dict[str, Any]:
    """The fields that were sent, over those that no form shows; instruments go by any name."""
    fields: dict[str, Any] = {name: before[name] for name in ("created",) if name in before}
    fields |= {name: text for name in TEXTS if (text := _text(form, name))}
    fields |= {name: lines for name in LINES if (lines := _lines(form, name))}
    fields |= {name: ids for name in IDS if (ids := _ids(form, name))}
    fields |= {name: found for name in CHOICES if (found := _all(form, name))}
    if (audience := _text(form, "audience")) in list(Audience) and audience != Audience.BORROWER:
        fields["audience"] = audience
    if (risk := _text(form, "risk")) in list(Risk) and risk != Risk.NONE:
        fields["risk"] = risk
    if fields.get("lender_types") == [LenderType.ANY]:
        del fields["lender_types"]
    if citations := list(_citations(form, instruments)):
        fields["citations"] = citations
    if (english := _text(form, "english_short_answer")) or _lines(form, "english_steps"):
        steps = _lines(form, "english_steps")
        fields["english"] = {"short_answer": english} | ({"steps": steps} if steps else {})
    return fields


def whole(fields: Mapping[str, Any], today: date) -> dict[str, Any]:
    """A draft with its gaps filled, so that it can be shown as an answer."""
    blanks = {
        "id": "preview",
        "title": "（标题）",
        "topic": "preview",
        "questions": ["（问法）"],
        "short_answer": "（先说结论）",
        "created": today.isoformat(),
        "reviewed": today.isoformat(),
        "review_due": today.isoformat(),
    }
    return blanks | {name: value for name, value in fields.items() if value}


def choices() -> dict[str, list[str]]:
    """The closed lists of the form."""
    return {
        "stages": list(Stage),
        "lender_types": list(LenderType),
        "risks": list(Risk),
        "audiences": list(Audience),
        "verifications": list(Verification),
    }


def _citations(form: FormData, ids: Mapping[str, str]) -> Iterable[dict[str, str]]:
    columns = (_all(form, f"citation_{name}") for name in ("instrument", "article", "verified"))
    for instrument, article, verified in zip(*columns, strict=False):
        if instrument.strip():
            cited = {"instrument": ids.get(instrument.strip(), instrument.strip())}
            if article.strip():
                cited["article"] = article.strip()
            if verified in list(Verification) and verified != Verification.TEXT:
                cited["verified"] = verified
            yield cited


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""


def _lines(form: FormData, name: str) -> list[str]:
    return [line.strip() for line in _text(form, name).splitlines() if line.strip()]


def _ids(form: FormData, name: str) -> list[str]:
    """Each once, in the order in which they stand."""
    return list(dict.fromkeys(" ".join(_all(form, name)).replace(",", " ").split()))


def _all(form: FormData, name: str) -> list[str]:
    return [each for each in form.getlist(name) if isinstance(each, str)]
