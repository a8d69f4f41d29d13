"""Read the gentle words for a death: 我爸走了, 我妈没了, 公公不在了."""

import re

_KIN = (
    r"(?:爸爸?|妈妈?|父母|父亲|母亲|爹|娘|公公|婆婆|岳父|岳母|丈母娘|丈人|爷爷?|奶奶?|外公|外婆|姥姥|姥爷"
    r"|哥哥?|弟弟?|姐姐?|妹妹?|叔叔?|伯伯?|舅舅?|姑姑?|姨|儿子|女儿|闺女|孩子|老伴|老人)"
)
_SPOUSE = r"(?:老公|老婆|丈夫|妻子|爱人|媳妇|先生|太太)"
_WHEN = (
    r"(?:去年|前年|今年|上个?月|上周|昨天|前几天|刚刚?|已经|突然|人|都|也|(?:[\d一二三四五六七八九十两几]+)"
    r"(?:年前?|个?月前?|天前|号)|[上下]半年|年[初底])*"
)
_CAUSE = r"(?:得?病|生病|癌症?|得癌|肝癌|肺癌|车祸|出车祸|脑梗|心梗|意外|工伤)"
_GONE = r"(?:没了|不在了|不在人世)"
_LEFT = r"走(?:了|的)(?!一?趟)(?=$|[\s，。！？、；,.!?;他她欠留后以之就银催还一二三四五六七八九十两几半\d])"
_DEATH = re.compile(
    rf"(?P<who>{_KIN}{_WHEN}{_CAUSE}?|{_SPOUSE}{_WHEN}{_CAUSE})(?:{_GONE}|{_LEFT})"
    rf"|(?P<spouse>{_SPOUSE}{_WHEN}){_GONE}"
)


def said_plainly(text: str) -> str:
    """The text with 去世了 for the gentler words, where a relative is spoken of.

    A wife or husband who 走了 may have moved out: that is left alone unless an illness is named.

    >>> said_plainly("我爸走了，他欠1万8"), said_plainly("老婆走了，债谁还")
    ('我爸去世了，他欠1万8', '老婆走了，债谁还')
    """
    return _DEATH.sub(lambda found: f"{found['who'] or found['spouse']}去世了", text)
