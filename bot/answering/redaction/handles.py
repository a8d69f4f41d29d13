"""E-mail addresses, WeChat and QQ ids."""

import re
from collections.abc import Iterator

from bot.answering.redaction.finding import Finding, Kind

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{1,64} ?@ ?[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,4}"
)
_WECHAT_LABEL = r"(?:微信|薇信|威信|v信|(?<![a-z])(?:vx|wx|wechat|weixin)(?![a-z])|加v(?![a-z]))"
_WECHAT = re.compile(
    rf"{_WECHAT_LABEL}[ ]?(?P<sure>(?:账号|帐号|帳號|号码|号|號|id)? ?(?:是|為|为|叫|:|=)? ?)"
    r"(?P<id>[a-z][a-z0-9_\-]{5,19})(?![a-z0-9_@])",
    re.IGNORECASE,
)
_QQ = re.compile(
    r"(?:(?<![a-z])q ?q|扣扣|企鹅)(?:号码|号|號|群)? ?(?:是|为|為|:|=)? ?([1-9][0-9]{4,10})(?![0-9])",
    re.IGNORECASE,
)


def emails(text: str) -> Iterator[Finding]:
    """Anything of the shape name@host."""
    for match in _EMAIL.finditer(text):
        yield Finding(Kind.EMAIL, *match.span())


def wechat_ids(text: str) -> Iterator[Finding]:
    """An id after the word WeChat; a bare English word counts only after "id" or a colon."""
    for match in _WECHAT.finditer(text):
        if match["sure"].strip() or not match["id"].isalpha():
            yield Finding(Kind.WECHAT, *match.span("id"))


def qq_numbers(text: str) -> Iterator[Finding]:
    """Five to eleven digits after the word QQ."""
    for match in _QQ.finditer(text):
        yield Finding(Kind.QQ, *match.span(1))
