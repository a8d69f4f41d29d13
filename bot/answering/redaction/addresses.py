"""Home addresses: found from the door number backwards, or after the word for an address."""

import re
from collections.abc import Iterator

from bot.answering.redaction.finding import Finding, Kind

_NUMBER = "[0-9A-Za-z零〇一二三四五六七八九十百]"
_DOOR = re.compile(
    rf"{_NUMBER}{{1,5}}(?:-{_NUMBER}{{1,4}}){{0,2}} ?(?:号楼|號樓|号院|号|號|弄|栋|棟|幢|座|单元|單元|室|组|組)"
    rf"(?:[ \-]?{_NUMBER}{{1,5}}(?:-{_NUMBER}{{1,4}})? ?"
    r"(?:号楼|号|號|栋|棟|幢|座|单元|單元|层|樓|楼|室|房|户)){0,5}"
    rf"(?:[ \-]?[0-9]{{2,4}}(?![0-9年月日天元块万%]))?"
)
_STREET_END = re.compile(r"(?:路|街|道|巷|弄|胡同|村|里|屯|庄|段)(?:[东西南北中]段?)?$")
_PLACE = re.compile(
    r"路|街|大道|巷|弄|胡同|小区|小區|社区|花园|花園|公寓|新村|家园|家園|苑|城|园|村|镇|鎮|里|府|湾|庄|屯|区|區|县|縣|大厦|广场"
)
_PUBLIC = re.compile(r"法院|派出所|公安|银行|銀行|调解|信访|司法局|政府|民政|法庭|仲裁|監管|监管")
_CUT = re.compile(
    r"[\s,，。;；:：!！?？(（)）〔〕\[\]、\"“”'‘’《》0-9]|住在|家在|住|地址|位于|来到|来|到|去|在|是|我家|我|寄给|搬|叫|给|了|的|他们"
)
# From the city down to the village: whoever reads it finds the family.
_VILLAGE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}(?:省|自治区))?[\u4e00-\u9fff]{2,6}市[\u4e00-\u9fff]{1,6}(?:区|區|县|縣|市|旗)"
    r"(?:[\u4e00-\u9fff]{1,8}?(?:镇|鎮|乡|鄉|街道))?[\u4e00-\u9fff]{1,6}?(?:村|屯|庄|莊|寨|社区|社區|苑|园|城|湾|家园)+"
    r"(?:门牌|門牌)?(?:[0-9]{1,4}(?:-[0-9]{1,4}){0,2})?(?:号|號|组|組)?"
)
_LEADS_IN = re.compile(r"^.*(?:住在|家在|寄到|找到|去到|来到|居住地|地址|住|是|到|在)")
_LABELLED = re.compile(
    r"(?:住址|地址|居住地|户籍地|戶籍地|家住|住在|我家在|老家在)(?:是|为|為|:|：)? ?"
    r"(?P<place>[\u4e00-\u9fff0-9A-Za-z\-]{4,40})"
)
_LEVELS = re.compile(r"省|市|区|區|县|縣|镇|鎮|乡|鄉|街道|村|路|小区|小區|大道|花园|苑|街|巷")
_SENTENCE_GOES_ON = re.compile(
    r"但|可是|催收|怎么|怎麼|会不会|会|能|他们|被|有人|不|了|吗|呢|我|欠|逾期|电话|手机"
)


def addresses(text: str) -> Iterator[Finding]:
    """Places that lead to a door; a court, a bank or a police station is not private."""
    yield from _with_door_number(text)
    yield from _villages(text)
    yield from _named_as_address(text)


def _with_door_number(text: str) -> Iterator[Finding]:
    for door in _DOOR.finditer(text):
        start = _place_starts(text, door.start())
        place = text[start : door.start()]
        if _leads_to_a_door(place, door[0]) and not _public_just_before(text, door.start()):
            yield Finding(Kind.ADDRESS, start, door.end())


def _villages(text: str) -> Iterator[Finding]:
    for match in _VILLAGE.finditer(text):
        lead = _LEADS_IN.match(match[0])
        start = match.start() + (lead.end() if lead else 0)
        if not _PUBLIC.search(match[0]):
            yield Finding(Kind.ADDRESS, start, match.end())


def _place_starts(text: str, door: int) -> int:
    """Where the name of the place begins: after the last word that cannot be part of it."""
    earliest = max(0, door - 40)
    ends = [cut.end() for cut in _CUT.finditer(text, earliest, door)]
    return ends[-1] if ends else earliest


def _public_just_before(text: str, door: int) -> bool:
    """Whether the clause speaks of a court, a bank or an office: 法院在人民路88号."""
    clause = re.split(r"[,，。;；!！?？\n]", text[max(0, door - 24) : door])[-1]
    return bool(_PUBLIC.search(clause))


def _leads_to_a_door(place: str, door: str) -> bool:
    """A bare 12号 may be a date, so it needs a street right before it."""
    if _STREET_END.search(place):
        return len(place) >= 2
    return bool(re.search("栋|棟|幢|座|单元|單元|室|号楼|號樓", door) and _PLACE.search(place))


def _named_as_address(text: str) -> Iterator[Finding]:
    for match in _LABELLED.finditer(text):
        place = match["place"]
        goes_on = _SENTENCE_GOES_ON.search(place)
        place = place[: goes_on.start()] if goes_on else place
        if len(_LEVELS.findall(place)) >= 2 and not _PUBLIC.search(place):
            yield Finding(Kind.ADDRESS, match.start("place"), match.start("place") + len(place))
