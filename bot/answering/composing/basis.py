"""What an answer rests on: its sources, and the line that names them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from bot.answering.reply import Source
from bot.chinese.numbers import number_in_chinese
from bot.knowledge.entry import Citation
from bot.knowledge.instrument import Instrument, InstrumentKind
from bot.knowledge.library import Library
from bot.knowledge.vocabulary import Language, Verification

# A new law is named with its date for this long, because older articles still circulate.
NEWS_DAYS = 730
MOST_NAMED = 5
MOST_NAMED_IN_ENGLISH = 3  # each has two names

_TAGS = {
    InstrumentKind.LAW: "法律",
    InstrumentKind.REGULATION: "行政法规",
    InstrumentKind.INTERPRETATION: "司法解释",
    InstrumentKind.RULE: "规章",
    InstrumentKind.STANDARD: "行业规范",
    InstrumentKind.NOTICE: "通知",
}
_INNER = r"[^（）]*(?:（[^（）]*）[^（）]*)*"
_BRACKETED = re.compile(rf"（{_INNER}第{_INNER}条{_INNER}）")


def article_label(article: str) -> str:
    """An article as readers write it.

    >>> article_label("47"), article_label("175-1")
    ('第47条', '第175条之一')
    """
    number, _, inserted = article.partition("-")
    return f"第{number}条" + (f"之{number_in_chinese(int(inserted))}" if inserted else "")


def sources_of(citations: Iterable[Citation], library: Library, day: date) -> tuple[Source, ...]:
    """The sources behind citations, each once, with status and date."""
    unique = dict.fromkeys((each.instrument, each.article, each.verified) for each in citations)
    return tuple(
        _source(library.instrument[instrument], article, verified, day)
        for instrument, article, verified in unique
        if instrument in library.instrument
    )


def basis_line(
    sources: Sequence[Source],
    label: str,
    day: date,
    language: Language,
    *,
    numbered: bool = False,
) -> str:
    """One line that names the sources, those read in the original first.

    ``numbered`` gives rules without articles the number they were published under.

    >>> basis_line([], "依据", date(2026, 11, 23), Language.SIMPLIFIED)
    ''
    """
    if not sources:
        return ""
    grouped: dict[str, list[Source]] = {}
    for source in sorted(sources, key=lambda each: each.verified is not Verification.TEXT):
        named = _with_number(source) if numbered else source
        grouped.setdefault(named.title, []).append(named)
    groups = list(grouped.values())
    if language is Language.ENGLISH:
        return f"{label}: {'; '.join(map(_named_in_english, groups[:MOST_NAMED_IN_ENGLISH]))}"
    return f"{label}：{'；'.join(_named_together(groups[:MOST_NAMED], day))}"


def without_citation(line: str) -> str:
    """A line without its bracketed articles, which the basis line names again."""
    return _BRACKETED.sub("", line)


def _with_number(source: Source) -> Source:
    if source.locator or not source.number:
        return source
    return replace(source, title=f"{source.title}（{source.number}）")


def _source(
    instrument: Instrument, article: str | None, verified: Verification, day: date
) -> Source:
    return Source(
        title=instrument.short_name,
        locator=article_label(article) if article else "",
        kind=instrument.kind,
        status="in_force" if instrument.in_force(day) else str(instrument.status),
        effective=instrument.effective,
        verified=verified,
        english=instrument.english,
        number=instrument.number or "",
    )


def _named_together(groups: Sequence[Sequence[Source]], day: date) -> Iterable[str]:
    """The names of the groups; neighbours of which the same is to be noted share the note."""
    for notes, alike in groupby(groups, key=lambda group: "，".join(_notes(group[0], day))):
        names = [_title(group) for group in alike]
        yield f"{'、'.join(names)}（{notes}）" if notes else "；".join(names)


def _title(group: Sequence[Source]) -> str:
    return group[0].title + joined([each.locator for each in group if each.locator])


def _named_in_english(group: Sequence[Source]) -> str:
    """The English name, then the Chinese one that a clerk or an officer can read."""
    first, text = group[0], _title(group)
    report = "" if first.verified is Verification.TEXT else "by public reports"
    old = "" if first.status == "in_force" else "no longer in force"
    notes = "; ".join(filter(None, [text, report, old]))
    return f"{first.english} ({notes})" if first.english else text


def joined(articles: Sequence[str]) -> str:
    """Several articles as one list.

    >>> joined(["第175条之一", "第193条", "第313条"])
    '第193、313条、第175条之一'
    """
    plain = [each[1:-1] for each in articles if each.endswith("条")]
    inserted = [each for each in articles if not each.endswith("条")]
    return "、".join([*([f"第{'、'.join(plain)}条"] if plain else []), *inserted])


def _notes(source: Source, day: date) -> Iterable[str]:
    if source.verified is not Verification.TEXT:
        yield f"{_TAGS[source.kind]}，据公开报道"
    if source.status != "in_force":
        yield "已不再适用"
    elif (
        source.verified is Verification.TEXT
        and source.effective
        and 0 <= (day - source.effective).days <= NEWS_DAYS
    ):
        yield f"{source.effective.isoformat()}起施行"
