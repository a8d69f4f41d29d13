"""Requests to do what the law forbids and what would hurt the borrower."""

from enum import StrEnum

from bot.answering.screening.concept import Concept, Lexicon
from bot.answering.screening.outcome import Outcome, Screening


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
        self._request = Concept(words["request"])
        self._purpose = Concept(words["evasion_purpose"])
        self._asking_about = Concept(words["asking_about"])
        self._others_did = Concept(words["others_did"])

    def __call__(self, said: str) -> Screening | None:
        """The wrong that is asked for, or nothing."""
        for wrong, act in self._acts.items():
            if (evidence := act.first(said)) and self._is_request(said):
                return Screening(Outcome.WRONGDOING, wrong, (evidence,))
        return None

    def _is_request(self, said: str) -> bool:
        if self._others_did.first(said) or self._asking_about.first(said):
            return False
        return bool(self._request.first(said) or self._purpose.first(said))
