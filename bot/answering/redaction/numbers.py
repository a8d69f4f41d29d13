"""Identity cards, telephones and bank cards: told apart by length, shape and check digit."""

import re
from collections.abc import Iterator
from datetime import date

from bot.answering.redaction.finding import Finding, Kind

_GAP = "[ .\\-]{0,2}"
_IDENTITY = re.compile(rf"(?<![0-9A-Za-z])[1-8](?:{_GAP}[0-9]){{16}}{_GAP}[0-9Xx](?![0-9A-Za-z])")
_OLD_IDENTITY = re.compile(r"(?<![0-9A-Za-z])[1-8][0-9]{14}(?![0-9A-Za-z])")
_MOBILE = re.compile(
    r"(?<![0-9])(?:\(?(?:\+|00)? ?86\)?[ \-]{0,2})?(?:"
    r"1[3-9][0-9]{9}"
    r"|1[3-9][0-9][ .,、\-]{1,2}[0-9]{4}[ .,、\-]{1,2}[0-9]{4}"
    r"|1[3-9][0-9]{2}[ .\-]{1,2}[0-9]{3}[ .\-]{1,2}[0-9]{4}"
    r"|1[3-9][0-9]{2}[ .\-]{1,2}[0-9]{4}[ .\-]{1,2}[0-9]{3}"
    r"|1[3-9][0-9][ .\-]{1,2}[0-9]{3}[ .\-]{1,2}[0-9]{5}"
    r"|1[3-9][0-9](?:[ .\-]{1,2}[0-9]{2}){4}"
    r"|1(?:[ .\-]{1,2}[3-9])(?:[ .\-]{1,2}[0-9]){9}"
    r")(?![0-9]| ?(?:元|块钱|万元))"
)
_CARD = re.compile(rf"(?<![0-9A-Za-z])[2-9](?:{_GAP}[0-9]){{14,18}}(?![0-9A-Za-z])")
_LANDLINE = re.compile(
    r"(?<![0-9.])\(?0(?:10|2[0-9]|[3-9][0-9]{2})\)?[ \-]{0,2}[2-8][0-9]{2,3}[ \-]?[0-9]{4}(?![0-9])"
)
_LABELLED_LANDLINE = re.compile(
    r"(?:座机|固话|固定电话|家里电话|單位電話|单位电话|办公电话)(?:号码?)?[是为: ]{0,3}"
    r"([2-8][0-9]{6,7})(?![0-9])"
)
_SAYS_IDENTITY = re.compile(r"身份[证証]|身份號|证件号|identity|\bid\b", re.IGNORECASE)
_SAYS_CARD = re.compile(r"卡号|卡號|银行卡|銀行卡|储蓄卡|信用卡|账号|帳號|card", re.IGNORECASE)
_SAYS_DOCUMENT = re.compile(r"订单|編號|编号|合同号|单号|案号|流水号|运单|快递|备案")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity_cards(text: str) -> Iterator[Finding]:
    """Numbers whose check digit is right, and numbers that are called an identity card."""
    for match in _IDENTITY.finditer(text):
        digits = re.sub(r"[ .\-]", "", match[0])
        if valid_identity(digits) or _SAYS_IDENTITY.search(before(text, match.start())):
            yield Finding(Kind.IDENTITY_CARD, *match.span())
    for match in _OLD_IDENTITY.finditer(text):
        if is_date("19" + match[0][6:12]) and not _SAYS_DOCUMENT.search(
            before(text, match.start())
        ):
            yield Finding(Kind.IDENTITY_CARD, *match.span())


def mobiles(text: str) -> Iterator[Finding]:
    """Eleven digits as people write and read them out; never a hotline, an amount or a date."""
    for match in _MOBILE.finditer(text):
        yield Finding(Kind.MOBILE, *match.span())


def bank_cards(text: str) -> Iterator[Finding]:
    """Numbers that pass Luhn's check, and numbers that are called a card."""
    for match in _CARD.finditer(text):
        label = before(text, match.start())
        digits = re.sub(r"[ .\-]", "", match[0])
        is_card = luhn(digits) and not _SAYS_DOCUMENT.search(label)
        if len(digits) >= 15 and (is_card or _SAYS_CARD.search(label)):
            yield Finding(Kind.BANK_CARD, *match.span())


def landlines(text: str) -> Iterator[Finding]:
    """Numbers with an area code, and seven or eight digits that are called a landline."""
    for match in _LANDLINE.finditer(text):
        yield Finding(Kind.LANDLINE, *match.span())
    for match in _LABELLED_LANDLINE.finditer(text):
        yield Finding(Kind.LANDLINE, *match.span(1))


def before(text: str, start: int) -> str:
    """The few letters before a number, where its name stands."""
    return text[max(0, start - 12) : start]


def valid_identity(digits: str) -> bool:
    """Whether the birth date exists and the check digit is right (GB 11643)."""
    if not is_date(digits[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == digits[-1].upper()


def is_date(digits: str) -> bool:
    """Whether eight digits are a day on which a living person may have been born."""
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= 1900
    except ValueError:
        return False


def luhn(digits: str) -> bool:
    """Whether the last digit is the card number's check digit.

    >>> luhn("6222020200112233441"), luhn("4111111111111111")
    (False, True)
    """
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
