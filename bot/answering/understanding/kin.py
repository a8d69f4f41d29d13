"""Relatives that no entry speaks of by name are family: 催收打给我大舅子."""

import re

_KIN = re.compile(
    r"(?:大|小)(?:姨子|舅子|姑子|叔子)|(?:岳父|岳母|丈人|丈母娘|公公|婆婆|公婆|婆家|亲家)(?:母|公)?|姐夫|妹夫|嫂子|弟媳|弟妹"
    r"|姑(?:姑|妈|父|丈)|舅(?:舅|妈|母)|姨(?:妈|父|丈|夫)|伯(?:伯|父|母)|大伯|婶(?:婶|子)|[表堂](?:哥|弟|姐|妹|兄)|侄(?:子|女)"
    r"|外甥女?|儿媳妇?|女婿|干(?:妈|爸)|叔叔"
)
# Who is called or written to; whose home, debt or signature it is, is told by who he is.
_REACHED = re.compile(r"打|电话|短信|微信|联系|骂|骚扰|轰炸|威胁|催收|接到|收到|告诉|知道|手机")
_TOLD_BY_WHO = re.compile(
    r"上门|家里|老家|家去|去世|遗产|继承|担保|身份证|名义|签字|名下|借给|借了|借我|欠我|的债|替我还|帮我还|代还"
)


def as_family(text: str) -> str:
    """The text with 家人 for a distant relative who is called or written to.

    >>> as_family("催收打给我大舅子"), as_family("岳父去世了，债主打电话给我")
    ('催收打给我家人', '岳父去世了，债主打电话给我')
    """
    if not _REACHED.search(text) or _TOLD_BY_WHO.search(text):
        return text
    return _KIN.sub("家人", text)
