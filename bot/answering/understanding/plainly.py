"""Take out how strongly something is said: 利息高得想死，能降吗 asks about interest."""

import re

FEWEST_LEFT = 4  # letters: where less is left the exclamation was the message
_DEGREE = (
    r"(?<=[\u4e00-\u9fff])(?<!真)(?:得|到|的)(?:我|人|我们)?(?:都|真|真是|简直|快)?"
    r"(?:想死|要死|快死|要命|不行|不得了|离谱|一批|发疯|发毛|发抖|吐血|怀疑人生)(?:了|啦)?"
)
_EXCLAIMED = (
    r"(?:真是?|都快?要?|快要?|要|可)?(?:被)?(?:烦|气|急|愁|累|吓|笑|恨|无语)死(?:我|个?人|宝宝)?(?:们)?(?:了|啦|咯)"
    r"|(?:真是|简直)?要了?我?(?:的)?(?:半条|老)?命(?!的是)(?:了|的)?|吃人不吐骨头(?:的)?"
)
_SIGHED = (
    r"(?:我的)?(?:天(?:哪|啊|呐)|妈呀|老天爷)|卧槽|我[靠擦]|呜呜+|5{3,}|[哎唉]{1,3}(?:呀|哟)?|哭了|笑了|绝了"
    r"|(?:我)?(?:真的?是?|太|好|超|有点|快|要|都)?(?:无语|烦躁|烦|崩溃|难受|绝望|心累|头疼|头大|害怕|丧气?|生气|惨|吐血|离谱|离了?大谱"
    r"|受够|急疯|急|慌|愁|难|栓q|蚌埠住|绷不住|没天理|倒大?霉|醉|服|裂开|麻|懵|栽|气炸|气人|坑|冤|心塞|扎心)(?:了|啊|死了|透了|透顶)?"
    r"|(?:跪|急)?求(?:助|支招|解答?|教|大神|帮忙)|在线等(?:急)?|十万火急|急{2,}|挺急的"
    r"|omg|ugh|wtf|damn|so tired of this|this is (?:insane|crazy|ridiculous)"
    r"|i'?m (?:freaking out|going crazy|so scared)"
)
_STRONG = re.compile(
    rf"{_DEGREE}|{_EXCLAIMED}|(?<![\w])(?:{_SIGHED})(?=$|[，,。!！?？~～…\s])", re.IGNORECASE
)
_LEFT_BEHIND = re.compile(r"^[\s，,。.!！、~～…]+")


def without_strong_words(text: str) -> str:
    """The text as it would be said calmly; the whole where hardly anything would be left.

    >>> without_strong_words("利息高得想死，能降吗"), without_strong_words("气死我了，催收骂人怎么办")
    ('利息高，能降吗', '催收骂人怎么办')
    >>> without_strong_words("烦死了"), without_strong_words("利息高到离谱合法吗")
    ('烦死了', '利息高合法吗')
    """
    calm = _LEFT_BEHIND.sub("", _STRONG.sub("", text)).strip()
    return calm if sum(letter.isalnum() for letter in calm) >= FEWEST_LEFT else text
