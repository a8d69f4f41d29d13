"""Messages that say nothing by themselves: they lean on a talk that is not there."""

import re

_ASKED_AGAIN = (
    r"详细|具体|展开|仔细|细说|简单|短|长|继续|接着|重复|重新|换|举|例子?|比方|说法|一遍|多|讲|说|解释|写|看|听|清楚"
    r"|什么意思|啥意思|意思|不懂|没懂|明白|懂|补充|发|确定|肯定"
)
_POINTED_AT = (
    r"刚才|刚刚|上面|前面|上一?(?:条|句|个)|这个?|那个?|它|他们?|她们?|你们?|我们?|别的|其他|另外"
    r"|第?[一二三四五六1-6](?:条|步|点|个|项|种)?|选"
)
_AROUND = (
    r"还有|然后|接下来|能|可以|可不可以|请|麻烦|您|再|帮|给|把|一下|下|[一有]?[点些]|的|得|地|是|不|没有?|对|有|太|真|想|要"
    r"|知道|个|句|话|弄|做|呢|吗|吧|呗|啊|呀|嘛|么|了|哦|噢|嗯|啥|什么|怎么|为什么|为啥|多久|谁|哪|急|在线等"
    r"|[\s,，。.!！?？~～、…'’]"
)
_NOTHING_ALONE = re.compile(rf"(?:{_ASKED_AGAIN}|{_POINTED_AT}|{_AROUND})+")
# Whoever begins with “then” goes on: what stands behind it may be said of anything.
_GOES_ON = re.compile(
    rf"(?:那么?|然后|还有)(?:{_POINTED_AT}|{_AROUND}|如果|要是|万一|来|去|到|打|怎么办|咋办|咋整|行|多少|几天|会|该)+"
)
_ENGLISH = re.compile(
    r"(?:\b(?:please|can|could|would|you|me|i|a|an|bit|little|tell|say|said|give|explain|that|this|it|they|them|in|more"
    r"|details?|keep|going|clarify|elaborate|further|info|fine|okay|what|does|do|did|mean|meant|understand|go|on|don'?t|not|no|yes|yeah|yep|and|then|so|but|why|how|long|about"
    r"|sure|are|again|repeat|example|simple|simpler|plain|words|shorter|short|step|point|number|one|two|three|first|second"
    r"|third|the|continue|else|anything|really|which|who|where|when|to|be|with|for|of|just|help|right|wrong|true|if|is)\b"
    r"|[\d\s,.!?'’…])+",
    re.IGNORECASE,
)
# Whoever asks this and nothing else is told the first steps; behind a subject it is asked of that.
_ASKS_FOR_HELP = re.compile(
    r"\W*(?:(?:so |then |and |but )?what (?:can|should|do|shall) i do(?: now| then| about it)?"
    r"|(?:那|我|现在|该|应该|要|得|又)*(?:怎么|咋)(?:办|整|弄|做|处理)(?:好|呢|啊|呀)?)\W*",
    re.IGNORECASE,
)


def points_back(text: str) -> bool:
    """Whether a message asks about something that was said before, and does not say what.

    >>> points_back("再说详细点"), points_back("那要多久"), points_back("more details please")
    (True, True, True)
    >>> points_back("要还吗"), points_back("他们来了怎么办"), points_back("支付令是什么意思")
    (False, False, False)
    """
    said = text.strip()
    if said.isascii():
        return bool(_ENGLISH.fullmatch(said)) and not _ASKS_FOR_HELP.fullmatch(said)
    return bool(_NOTHING_ALONE.fullmatch(said) or _GOES_ON.fullmatch(said))


def names_no_matter(text: str) -> bool:
    """Whether a message in a talk can only be asked of its subject.

    >>> names_no_matter("what can I do"), names_no_matter("那怎么办"), names_no_matter("怎么写异议")
    (True, True, False)
    """
    return points_back(text) or bool(_ASKS_FOR_HELP.fullmatch(text))
