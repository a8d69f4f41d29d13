"""The closed lists that the knowledge base and the conversation share."""

from enum import StrEnum


class Verification(StrEnum):
    """How far a legal statement was checked."""

    TEXT = "text"
    SECONDARY = "secondary"
    MEMORY = "memory"


class TrustTier(StrEnum):
    """Whose word a passage is, from the strongest down."""

    STATUTE = "statute"
    REGULATOR = "regulator"
    STANDARD = "standard"
    GUIDANCE = "guidance"
    LOCAL_NOTE = "local_note"
    UNREVIEWED = "unreviewed"


class Stage(StrEnum):
    """How far a debt has gone."""

    CURRENT = "current"
    OVERDUE = "overdue"
    COLLECTION = "collection"
    PRE_LITIGATION = "pre_litigation"
    LITIGATION = "litigation"
    ENFORCEMENT = "enforcement"
    SETTLED = "settled"


class Audience(StrEnum):
    """Whom a text speaks to."""

    BORROWER = "borrower"
    LENDER = "lender"
    PROFESSIONAL = "professional"


class LenderType(StrEnum):
    """Who lends: it decides which cap, which regulator and which rule applies."""

    ANY = "any"
    BANK = "bank"
    CREDIT_CARD = "credit_card"
    CONSUMER_FINANCE = "consumer_finance"
    MICROLOAN = "microloan"
    PLATFORM = "platform"
    TRUST = "trust"
    GUARANTEE = "guarantee"
    ASSET_COMPANY = "asset_company"
    PRIVATE = "private"
    ILLEGAL = "illegal"


class Risk(StrEnum):
    """What a message, or the situation an entry speaks about, endangers."""

    NONE = "none"
    CRISIS = "crisis"
    VIOLENCE = "violence"
    SCAM = "scam"
    ILLEGAL_REQUEST = "illegal_request"
    OUT_OF_SCOPE = "out_of_scope"


class Language(StrEnum):
    """The scripts and languages an answer can be in (BCP 47)."""

    SIMPLIFIED = "zh-Hans"
    TRADITIONAL = "zh-Hant"
    ENGLISH = "en"
