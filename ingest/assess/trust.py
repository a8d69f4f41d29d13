"""Whose word a source is: said by the person who takes it in, never by the source itself."""

from bot.knowledge.vocabulary import TrustTier
from ingest.intake import Intake, Kind

REGULATORS = ("总局", "人民银行", "监督管理", "部", "委员会", "办公厅", "办公室", "署", "协会")
STANDARDS = ("标准", "GB/T", "GB ")
LAWMAKERS = (
    "全国人民代表大会",
    "国务院",
    "最高人民法院",
    "最高人民检察院",
    "人民代表大会",
    "人民政府",
)


def trust_of(intake: Intake) -> TrustTier:
    """Statutes by who issued them; guidance once a person has reviewed it; the web never."""
    if intake.kind is not Kind.LAW:
        return TrustTier.UNREVIEWED
    facts = intake.read.facts
    if any(sign in intake.read.title for sign in STANDARDS):
        return TrustTier.STANDARD
    issuer = facts.get("issuer", "")
    if any(issuer.startswith(name) or name in issuer for name in LAWMAKERS) or not issuer:
        return TrustTier.STATUTE
    return TrustTier.REGULATOR if any(name in issuer for name in REGULATORS) else TrustTier.STATUTE
