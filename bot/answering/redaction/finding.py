"""What was found, and where."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The personal details that are masked; the value is what the borrower reads."""

    IDENTITY_CARD = "身份证号"
    MOBILE = "手机号"
    LANDLINE = "座机"
    BANK_CARD = "银行卡号"
    EMAIL = "邮箱"
    ADDRESS = "地址"
    WECHAT = "微信号"
    QQ = "QQ号"
    NAME = "姓名"

    @property
    def mask(self) -> str:
        """What stands in the text instead."""
        return f"〔{self.value}〕"


@dataclass(frozen=True, slots=True)
class Finding:
    """A personal detail; positions are in the original text."""

    kind: Kind
    start: int
    end: int
