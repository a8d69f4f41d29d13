"""Greetings and thanks without a question, and the four big buttons a greeting is answered with."""

import re

from bot.answering.reply import Action
from bot.knowledge.vocabulary import Language
from bot.wording import Wording

STARTS = ("visit", "harassment", "negotiate", "court")

_GREETING = re.compile(
    r"^(你好|您好|你們好|你们好|在吗|在嗎|在不在|有人吗|有人嗎|喂|嗨|哈喽|哈囉|hi|hello|hey|start|开始)"
    r"(呀|啊|哦|吗|嗎|么)?\W*$",
    re.IGNORECASE,
)


def is_greeting(text: str) -> bool:
    """Whether a message only says hello.

    >>> is_greeting("你好呀"), is_greeting("你好，催收上门怎么办")
    (True, False)
    """
    return bool(_GREETING.match(text.strip()))


_WHO_ARE_YOU = re.compile(
    r"^\W*(?:请问)?你们?(?:到底|究竟)?(?:是(?:个)?(?:谁|什么(?:人|东西|软件|平台)?|啥|干(?:什么|嘛|啥)的|做什么的"
    r"|男|女|机器人|ai)\w{0,6}|(?:能|会|可以)(?:帮我?|给我?|为我)?(?:们)?(?:做|干|问|解决)?(?:些)?(?:什么|啥|哪些)\w{0,4})\W*$"
    r"|^\W*(?:who are you|what are you|what (?:can|do) you do|are you (?:an? )?(?:bot|robot|human|ai|real)\w*)\W*$"
    r"|^\W*(?:(?:can you |please |who can )?help(?: me)?(?: please)?|帮帮我(?:吧|啊)?)\W*$",
    re.IGNORECASE,
)


def asks_who_this_is(text: str) -> bool:
    """Whether a message asks who answers here and what for, or only calls for help.

    >>> asks_who_this_is("你能帮我什么"), asks_who_this_is("who are you"), asks_who_this_is("你能帮我写异议书吗")
    (True, True, False)
    """
    return bool(_WHO_ARE_YOU.match(text.strip()))


_YES = r"(?:好(?:的|吧|呀|啊|嘞|滴)?|嗯+|恩|行(?:吧)?|可以|收到|明白(?:了)?|懂了|知道(?:了|啦)?|了解(?:了)?|ok(?:ay)?)"
_THANKS = (
    r"(?:(?:太|非常|真的|十分)?(?:谢谢|多谢|感谢|感恩)(?:你|您|了|啦|帮手|帮助)*"
    r"|辛苦(?:了|你了)?|thanks?(?: you| a lot)?|thx)"
)
_WILL_DO = r"(?:那?我(?:先|去|再|就|会|这就)*(?:试试?看?|试一下|照做|看看|想想|打电话问问?|问问)(?:吧|看)?)"
_BYE = (
    r"(?:(?:晚安|再见|再會|拜拜|回见|下次见|先这样|先下了|bye(?: ?bye)?|good ?night)"
    r"|(?:那?我?)?(?:明天|改天|下次|回头|有空|晚点)(?:再|接着|继续|来)+(?:来)?(?:问|聊|说|找)\w{0,10})"
)
_ENOUGH = (
    r"(?:(?:没有?|没)(?:别的|其他的?|什么|啥)?(?:问题|事)?了|(?:暂时|先|那)?不用了|不需要了|(?:那)?(?:先)?就?这样(?:吧|了)?|先?到这(?:儿|里)?(?:吧|了)?|算了(?:吧)?"
    r"|no more(?: questions)?|that(?:'?s| is) (?:all|it)|nothing else|never ?mind|nope|no,? thanks?(?: you)?|i see"
    r"|(?:no,? )?(?:that|it)(?:'?s| is) (?:fine|ok|okay)|all good|got it|understood|i'?m done)"
)
_ACKNOWLEDGEMENT = re.compile(
    rf"^\W*(?:{_YES}|{_THANKS}|{_BYE}|{_ENOUGH})(?:\W*(?:{_YES}|{_THANKS}|{_WILL_DO}|{_BYE}|{_ENOUGH}))*\W*$",
    re.IGNORECASE,
)


def is_acknowledgement(text: str) -> bool:
    """Whether a message only takes what was said, thanks for it, or wants no more.

    >>> is_acknowledgement("晚安，明天接着问你信用卡的事，拜拜")
    True
    >>> is_acknowledgement("没有了"), is_acknowledgement("no more"), is_acknowledgement("没钱了")
    (True, True, False)
    >>> is_acknowledgement("好的，谢谢你"), is_acknowledgement("好，我试试"), is_acknowledgement("好怕")
    (True, True, False)
    """
    return bool(_ACKNOWLEDGEMENT.match(text.strip()))


def start_actions(wording: Wording, language: Language) -> tuple[Action, ...]:
    """The buttons of a beginning."""
    return tuple(
        Action(wording.say(f"start_{name}", language), wording.say(f"ask_{name}", language))
        for name in STARTS
    )
