"""What rests on a second-hand source says so; what is no law is not called one."""

import re
from collections.abc import Collection, Iterator

from bot.knowledge.entry import Entry
from bot.knowledge.instrument import Instrument
from bot.knowledge.vocabulary import Verification
from ingest.check.mentions import mentions, names_of
from ingest.check.wording import Line, chinese_lines
from ingest.finding import Finding, Located
from ingest.load.knowledge_base import Sources

HEDGED = re.compile(r"据公开|据报道|以官方\S{0,6}为准|以原文为准|以文件原文为准")
NOT_BINDING = re.compile(r"GB/T|国标|推荐性(?:国家)?标准|行业指引|行业规范|自律规范|自律公约")
GENERIC = re.compile(r"GB/T|国标|行业指引|行业规范|协会[^，。；]{0,12}指引")
CALLED_LAW = re.compile(r"违法|犯法|法律(?:规定|要求|禁止|明确)|依法|法定|国家法律")
UNHEDGED = "{name} was not read: say 据公开报道 and 以官方文件为准"
NOT_CALLED_LAW = re.compile(r"不是法|不等于|不直接|不算|并非法|不属于法|也可能|还可能")


def check(sources: Sources) -> Iterator[Finding]:
    """Second-hand facts told as certain, and recommendations told as law."""
    names = names_of(sources)
    second_hand = {
        name: law for name, law in names.items() if law.verified is not Verification.TEXT
    }
    loose = [name for name, law in names.items() if not law.binding]
    binding = [name for name, law in names.items() if law.binding]
    for entry in sources.entries:
        for line in chinese_lines(entry):
            yield from _unhedged(entry, line, second_hand, names)
            yield from _called_law(entry, line, loose, binding)
        yield from _silent(entry, sources.library().instrument)


def _unhedged(
    entry: Located[Entry],
    line: Line,
    second_hand: dict[str, Instrument],
    names: dict[str, Instrument],
) -> Iterator[Finding]:
    if HEDGED.search(line.text):
        return
    read = {m.instrument.id for m in mentions(line.text, names) if m.instrument}
    for name, law in second_hand.items():
        if name in line.text and law.id not in read:
            yield entry.finding("unhedged", UNHEDGED, *line.place, name=name)
            return
    generic = GENERIC.search(line.text)
    if generic and not read and re.search(r"\d", line.text.replace("45251-2025", "")):
        yield entry.finding("unhedged", UNHEDGED, *line.place, name=generic[0])


def _called_law(
    entry: Located[Entry], line: Line, loose: Collection[str], binding: Collection[str]
) -> Iterator[Finding]:
    named = next((name for name in loose if name in line.text), None)
    generic = NOT_BINDING.search(line.text)
    found = CALLED_LAW.search(line.text)
    if not (named or generic) or not found or NOT_CALLED_LAW.search(line.text):
        return
    if not any(name in line.text for name in binding):
        what = named or (generic[0] if generic else "")
        message = "{name} is no law, but: {words}"
        yield entry.finding("called-law", message, *line.place, name=what, words=found[0])


def _silent(entry: Located[Entry], instruments: dict[str, Instrument]) -> Iterator[Finding]:
    """An entry that cites a second-hand source tells its readers in at least one line."""
    if any(HEDGED.search(line.text) for line in chinese_lines(entry)):
        return
    for number, citation in enumerate(entry.value.citations):
        law = instruments.get(citation.instrument)
        if citation.verified is Verification.SECONDARY and law is not None:
            message = "no line says that {name} is known by report only"
            yield entry.finding("unhedged", message, "citations", number, name=law.short_name)
