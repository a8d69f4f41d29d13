"""A follow-up in another language than its talk, in the language of the talk: 催收打我妈电话 … is it legal."""

import re

# What people ask again and again of what was just said, in both languages.
_ASKED: tuple[tuple[str, str, str, str], ...] = (
    ("合法吗", r"(?:那|这样?)?(?:他们)?这?样?(?:合法|违法|犯法|有权)吗", "is it legal",
     r"is (?:it|that|this) (?:even )?(?:legal|illegal|lawful|allowed)|(?:can|may) they (?:really )?do (?:that|this)"),
    ("怎么办", r"那?(?:我)?(?:该|要|应该)?(?:怎么办|咋办|咋整|怎么做|如何做)", "what can i do",
     r"what (?:should|can|do|shall) i do(?: now| then| about it)?|(?:so )?what now|now what"),
    ("要多久", r"那?(?:要|得|需要)?(?:多久|多长时间|几天)", "how long does it take",
     r"(?:and |so )?how long(?: (?:does|will|would|do) (?:it|that|they) (?:take|last|keep it))?"),
    ("是真的吗", r"(?:这|那)?(?:是)?(?:真的|真)吗|真的假的", "is it true",
     r"(?:really|is (?:it|that|this) (?:true|real)|are you sure(?: it(?:'s| is) real)?)"),
    ("怎么投诉", r"那?(?:去|找)?(?:哪|哪里|哪儿|谁)?投诉(?:哪里|谁)?|那?怎么投诉", "where do i complain",
     r"(?:where|how) (?:do|can) i (?:complain|report (?:them|it|this))|who (?:do|can) i complain to"
     r"|what number do i call"),
    ("怎么让他们停", r"那?(?:怎么|如何)(?:才能)?(?:让他们停(?:下来)?|制止|阻止)", "how can i stop them",
     r"how (?:do|can) i (?:stop (?:them|it|this)|make (?:them|it) stop)"),
    ("会坐牢吗", r"那?(?:我)?会(?:不会)?(?:坐牢|被抓)吗?", "will i go to jail",
     r"(?:will|can|could) i (?:go to (?:jail|prison)|be (?:jailed|arrested))"),
    ("会起诉我吗", r"那?(?:他们)?会(?:不会)?(?:起诉|告)我?吗?", "will they sue me", r"(?:will|can) they sue(?: me)?"),
    ("会来家里吗", r"那?(?:他们)?会(?:不会)?(?:上门|来家里|来我家)吗?", "will they come to my home",
     r"(?:will|can) they come(?: to my (?:home|house|place))?"),
    ("会影响征信吗", r"那?(?:会)?(?:不会)?(?:影响|上)征信吗?", "does it affect my credit record",
     r"(?:will|does|can) it (?:affect|hurt|damage) my credit(?: record| report| score)?"),
    ("不去会怎样", r"那?(?:我)?不(?:去|理|管)(?:会怎么?样|呢|行吗|可以吗|会咋样)", "what if i do not go",
     r"what (?:if|happens if) i (?:don'?t|do not) (?:go|show up|turn up)|what if i ignore it"),
    ("他们不同意怎么办", r"那?(?:他们|银行|平台)?不(?:同意|答应|肯)(?:呢|怎么办|咋办)", "what if they refuse",
     r"what if they (?:refuse|say no|don'?t agree|won'?t agree|reject it)"),
    ("可以分期吗", r"那?(?:能|可以)(?:不能|申请)?分期(?:还)?吗?", "can i pay in instalments",
     r"can i pay (?:it )?(?:in instal?lments|monthly|over time)"),
    ("要准备什么材料", r"那?(?:要|需要)?(?:准备|带|交)(?:什么|哪些)(?:材料|资料|证据)?", "what papers do i need",
     r"what (?:papers|documents|evidence|proof) (?:do|should) i (?:need|bring|prepare)"),
    ("我要还吗", r"那?我(?:要|需要|得)(?:替他|替她)?还吗", "do i have to pay",
     r"(?:do i|must i) (?:have to )?pay(?: it| for (?:him|her|them))?"),
)  # fmt: skip
_PATTERNS = tuple(
    (
        chinese,
        re.compile(rf"\W*(?:{in_chinese})\W*"),
        english,
        re.compile(rf"\W*(?:(?:and|so|but|then|ok) )?(?:{in_english})\W*", re.IGNORECASE),
    )
    for chinese, in_chinese, english, in_english in _ASKED
)


def in_language_of(talk: str, text: str) -> str:
    """A plain follow-up in the language of its talk, where that is another; else as it is.

    >>> in_language_of("催收打我妈电话", "is that legal?"), in_language_of("I was sued", "可以分期吗")
    ('合法吗', 'can i pay in instalments')
    >>> in_language_of("收到传票", "那要多久"), in_language_of("收到传票", "who sent it")
    ('那要多久', 'who sent it')
    """
    if not talk or talk.isascii() == text.isascii():
        return text
    for chinese, in_chinese, english, in_english in _PATTERNS:
        if in_english.fullmatch(text):
            return chinese
        if in_chinese.fullmatch(text):
            return english
    return text
