"""Messages that ask about the last answer itself: more of it, or one of its steps."""

import re

# A message of nothing but these words, one of the first group among them, wants the answer in full.
_WANTS_MORE = re.compile(
    r"详细|具体|展开|仔细|细说|多说|继续|接着|还有呢|还有吗|然后呢|接下来呢|什么意思|啥意思|[不没](?:太)?[看听]?(?:懂|明白)"
    r"|举个?例|more|explain|detail|mean|understand|go on|continue|example",
    re.IGNORECASE,
)
_WORDS_AROUND = re.compile(
    r"(?:详细|具体|展开|仔细|细|多|继续|接着|还有|然后|接下来|什么意思|啥意思|不懂|没懂|不明白|没明白|明白|懂|不|没|看|听|太|还是|说|讲|解释|写"
    r"|能|可以|可不可以|请|麻烦|你|您|我|再|帮|给|把|一下|一遍|下|[一有]?[点些]|得|的|是|这|那|个|句|话|刚才|上面|意思|清楚|怎么|做|举|例子"
    r"|[吗吧呗呢啊呀嘛么了]"
    r"|\b(?:please|can|could|would|you|me|i|a|bit|little|tell|say|give|explain|that|this|it|in|more|details?|what|does|do|not|don'?t|mean|understand|go|on|an|example|continue)\b"
    r"|[\s,，。.!！?？~～、'’])+",
    re.IGNORECASE,
)
# The same answer once more, or only what matters of it; the words around are those above.
_ONCE_MORE = re.compile(
    r"再[说讲发]一[遍次]|重复|重新?[说讲发]|没[看听]清|刚才[你]?说的?(?:是)?(?:啥|什么)|repeat|again",
    re.IGNORECASE,
)
_IN_BRIEF = re.compile(
    r"太长|简单|简短|短一?点|一句话|概括|说重点|挑重点|换[个种]说法|shorter|simpler?|in short|too long"
    r"|sum(?:mary| up)",
    re.IGNORECASE,
)
_TALK_OF_WORDS = re.compile(
    r"(?:再|说|讲|发|一[遍次]|重复|重新?|没|看|听|清|刚才|是|啥|什么|太长|了|简单|简短|短|一?点|一句话|概括|重点|挑|换|[个种]|说法|能|不|可以|可不可以"
    r"|请|麻烦|你|您|我|帮|给|把|一下|下|的|得|吗|吧|呢|啊|呀|些|刚刚|上面|这|那|话|来"
    r"|\b(?:please|can|could|would|you|me|it|that|this|say|tell|repeat|again|make|shorter|simple|simpler|in|words|short|too|long"
    r"|a|the|answer|give|explain|sum|up|summary|is|what|was|put)\b|[\s,，。.!！?？~～、'’])+",
    re.IGNORECASE,
)
LONGEST_ABOUT_STEP = 20  # characters in Chinese: more is a question of its own
_STEP = re.compile(
    r"第([一二三四五六1-6])(?:步|条|点|个|项)|\b(?:step|point|number) ?([1-6]|one|two|three|four)\b"
    r"|\b(first|second|third|fourth) (?:step|point|one)\b",
    re.IGNORECASE,
)
_PLACES = {
    **{mark: place for place, mark in enumerate("一二三四五六", 1)},
    **{str(place): place for place in range(1, 7)},
    **{mark: place for place, mark in enumerate(("one", "two", "three", "four"), 1)},
    **{mark: place for place, mark in enumerate(("first", "second", "third", "fourth"), 1)},
}


def wants_more(text: str) -> bool:
    """Whether a message only asks to hear more of what was just said.

    >>> wants_more("能说详细点吗"), wants_more("什么意思？"), wants_more("支付令是什么意思")
    (True, True, False)
    """
    return bool(_WANTS_MORE.search(text) and _WORDS_AROUND.fullmatch(text))


def wants_it_again(text: str) -> bool:
    """Whether a message only asks to hear the last answer once more.

    >>> wants_it_again("能再说一遍吗"), wants_it_again("他们又来了")
    (True, False)
    """
    return bool(_ONCE_MORE.search(text) and _TALK_OF_WORDS.fullmatch(text))


def wants_it_brief(text: str) -> bool:
    """Whether a message only asks for the last answer in fewer words.

    >>> wants_it_brief("太长了，说简单点"), wants_it_brief("简单案件多久判")
    (True, False)
    """
    return bool(_IN_BRIEF.search(text) and _TALK_OF_WORDS.fullmatch(text))


def step_meant(text: str, told: str) -> str | None:
    """The line of the last answer that a message points at; empty where it has no such step.

    >>> step_meant("第二步怎么弄", "1. 先不开门。\\n2. 打12368核实。")
    '打12368核实。'
    """
    found = _STEP.search(text)
    if found is None or (len(text) > LONGEST_ABOUT_STEP and not text.isascii()):
        return None
    place = _PLACES[next(filter(None, found.groups())).lower()]
    line = re.search(rf"^{place}\. (.+)$", told, re.MULTILINE)
    return line[1] if line else ""
