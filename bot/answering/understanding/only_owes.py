"""First messages that say no more than that somebody owes: 外面欠了二十来万咋整."""

import re

# What such a message comes to, as an entry lists it.
PLAIN, PLAIN_IN_ENGLISH = "钱还不上了现在怎么办", "i cannot pay my loans this month"

_OWES = r"[欠借]|负债|债|窟窿|贷"
_CANNOT = r"还不[上起完清动了出]|没钱还|没能力还|没法还|无力偿还|拿不出|累累|一身|一屁股|好多|很多|不少|这么多|太多"
_SUM = (
    r"[\d.,，一二两三四五六七八九十百千几]+(?:多|来|几|余)?(?:万|千|百|块|元|w|k)(?:多|来|几|余)?"
)
_AROUND = (
    r"我|本人|自己|现在|目前|已经|一共|总共|加起来|前前后后|外面|在外|外头|在?网上|到处|各种|各家|平台|大概|差不多|还|又|也|都|就|只|有"
    r"|了|着|下|的|个|人|款|务|钱|网贷|网络|贷款|小额|外债|块|元|快|逾期|怎么(?:办|弄|搞|处理|解决)|[咋怎]么?[办整弄搞]|该"
    r"|(?:有|能)?(?:没有?)?(?:什么)?(?:救|办法)(?:吗|没)?|呢|啊|呀|嘛|求助|指点|帮帮|废|完|先|来|欠|借|负债|背|债|窟窿|贷|全面|[\s,，。.!！?？~～…]"
)
_ONLY_OWES = re.compile(rf"(?:{_CANNOT}|{_SUM}|{_AROUND})+", re.IGNORECASE)
_IN_ENGLISH = re.compile(
    r"(?:\b(?:i|i'm|am|i've|have|got|owe|owing|in|debt|debts|of|about|around|over|total|a|lot|much|too|so|yuan|rmb|cny|loans?|online"
    r"|and|but|can'?t|cannot|not|able|to|pay|repay|it|them|back|what|should|do|now|help|me|please|my|deep|now)\b|\d[\d,.]*k?\b|[\s,.!?'’])+",
    re.IGNORECASE,
)


def plainly_asked(text: str) -> str:
    """What a message that only tells of a debt comes to; any other as it is.

    >>> plainly_asked("外面欠了二十来万咋整"), plainly_asked("背了一身债怎么办")
    ('钱还不上了现在怎么办', '钱还不上了现在怎么办')
    >>> plainly_asked("信用卡欠了5万怎么办"), plainly_asked("欠朋友三万还不上")
    ('信用卡欠了5万怎么办', '欠朋友三万还不上')
    """
    said = text.strip()
    if said.isascii():
        tells = re.search(r"\b(?:owe|owing|debts?)\b", said, re.IGNORECASE)
        return PLAIN_IN_ENGLISH if tells and _IN_ENGLISH.fullmatch(said) else text
    tells = re.search(_OWES, said) and re.search(rf"{_SUM}|{_CANNOT}", said, re.IGNORECASE)
    return PLAIN if tells and _ONLY_OWES.fullmatch(said) else text
