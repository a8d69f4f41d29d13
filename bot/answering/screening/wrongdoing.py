"""Requests to do what the law forbids and what would hurt the borrower."""

import re
from enum import StrEnum

from bot.answering.screening.concept import Concept, Lexicon
from bot.answering.screening.outcome import Outcome, Screening

# "How do I …" asks for the deed; "what do I do when …" does not.
_HOW = re.compile(
    r"(?:怎么|怎样|如何|咋)(?:样)?(?:才)?(?:能|可以)?"
    r"(?!办(?!假|个|一|理|张)|样|回事|算|处理|判|处罚|举报|应对|维权|赔|追|证明|报警|认定|解决|还|会|这|可能|又|了|敢|识别|看|分辨|预防|防|停|戒|止)"
)

_CLAUSE = re.compile(r"[^,。!?;\n]+[,。!?;\n]*")
_FOR_ME = re.compile(
    r"(?:^|[你请烦能谁求])(?:帮|教|替)我|给我(?:写|编|做|弄|搞|整)|我(?:也|就)?(?:想|要|打算|准备)"
)
_STEPS = re.compile(r"流程|步骤|模板|文案|话术|教我|[怎咋]么?(?:写|操作|弄|搞|编)|写得|排一下")


class Wrong(StrEnum):
    """Which wrong is asked for; each has its own reply."""

    FORGE_PAPERS = "forge_papers"
    HIDE_ASSETS = "hide_assets"
    LOAN_FRAUD = "loan_fraud"
    LEND_ACCOUNT = "lend_account"
    MASS_COMPLAINTS = "mass_complaints"
    HARASS_BACK = "harass_back"
    EVADE_COURT = "evade_court"


class Wrongdoing:
    """Asking how to do it is a request; asking what follows, or telling what others did, is not."""

    def __init__(self, words: Lexicon) -> None:
        self._acts = {wrong: Concept(words[wrong]) for wrong in Wrong}
        self._harmless = Concept(words["harmless"])
        self._request = Concept(words["request"])
        self._purpose = Concept(words["evasion_purpose"])
        self._asking_about = Concept(words["asking_about"])
        self._others_did = Concept(words["others_did"])
        self._done_to_me = Concept(words["done_to_me"])
        self._for_my_use = Concept(words["for_my_use"])

    def __call__(self, said: str) -> Screening | None:
        """The wrong that is asked for, or nothing."""
        literal = self._harmless.blank(said)
        for wrong, act in self._acts.items():
            if (evidence := act.first(literal)) and self._is_request(literal, evidence):
                return Screening(Outcome.WRONGDOING, wrong, (evidence,))
        return None

    def only_asked_about(self, said: str) -> bool:
        """Whether it asks what follows, and not how it is done."""
        return self._asking_about.first(said) is not None and not _STEPS.search(said)

    def own(self, said: str) -> str:
        """The text without the clauses that tell what others do, if it asks for no help with them."""
        return _CLAUSE.sub(lambda clause: "" if self._is_theirs(clause[0]) else clause[0], said)

    def _is_theirs(self, clause: str) -> bool:
        told = self._for_my_use.blank(clause)
        deed = self._others_did.first(told) or self._done_to_me.first(told)
        return bool(deed) and not _FOR_ME.search(clause)

    def _is_request(self, said: str, act: str) -> bool:
        clause = self._for_my_use.blank(clause_of(act, said))
        if self._others_did.first(clause) or self._asking_about.first(said):
            return False
        asks = _HOW.search(said) or self._request.first(said)
        return bool(asks or self._purpose.first(said))


def clause_of(act: str, said: str) -> str:
    """The words between commas in which the act stands: who does it is said there."""
    start = said.find(act)
    begin = max(said.rfind(sign, 0, start) for sign in ",。!?\n") + 1
    return said[begin : start + len(act)]
