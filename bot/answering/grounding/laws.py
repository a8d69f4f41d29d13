"""The laws a text names, with or without their articles."""

import re

_BETWEEN_MARKS = re.compile(r"《([^》]+)》")
_ENDING = r"(?:法典|条例|办法|规定|司法解释|解释|细则|准则|公约|指引|通知|意见|标准|规范|规章)"
_LEANED_ON = re.compile(
    rf"(?:依据|根据|按照|依照|违反|触犯|适用|参照|见|按|依)(?:了|的)?([\u4e00-\u9fff]{{2,24}}?{_ENDING})"
)
_ANY_LAW = re.compile(
    r"[\u4e00-\u9fff]{2,16}?(?:条例|管理办法|暂行办法|实施细则|司法解释|管理规定)"
)
_ENDS_IN_LAW = re.compile(r"([\u4e00-\u9fff]{1,10}法)(?=第|规定|明确|要求|里|中|的规定|，|。|$)")
# Words that end in 法 and name no law.
_NO_LAW = re.compile(
    r"(?:合|违|非|司|执|立|方|办|说|做|无|守|犯|依|没|看|想|用|写|算|玩|宪|打|讲|手|枉|普|知|懂)法$"
)
_OUR_OWN = re.compile(r"^(?:合同|公司|机构|约定|协议|上述|有关|相关|本)")


def laws_named(text: str) -> set[str]:
    """What a text names as a law, by its marks or by its ending.

    >>> sorted(laws_named("根据催收管理条例，或者《个人债务法》，这样做合法"))
    ['个人债务法', '催收管理条例']
    """
    found = set(_BETWEEN_MARKS.findall(text))
    found.update(_LEANED_ON.findall(text))
    found.update(_ANY_LAW.findall(text))
    found.update(name for name in _ENDS_IN_LAW.findall(text) if not _NO_LAW.search(name))
    return {name for name in found if not _OUR_OWN.search(name)}


def names_in(source: str, named: str) -> bool:
    """Whether a source knows a law by this name, or by the end of it: 按照民法典 names 民法典."""
    longest = len(named)
    return any(named[start:] in source for start in range(max(longest - 2, 1)))
