"""Office hours as an operator writes them."""

from datetime import datetime

import pytest

from bot.clock import SHANGHAI
from bot.dialogue.office_hours import OfficeHours, read_office_hours
from bot.errors import SettingsInvalid
from bot.knowledge.vocabulary import Language

EVENINGS = "Mon-Fri 19:00-21:30; Sat,Sun 10:00-24:00"


@pytest.mark.parametrize(
    ("day", "hour", "minute", "is_open"),
    [
        (30, 19, 0, True),  # a Monday
        (30, 18, 59, False),
        (30, 21, 30, False),
        (28, 12, 0, True),  # a Saturday
        (29, 23, 59, True),
        (29, 9, 0, False),
    ],
)
def test_hours_are_those_of_beijing(day: int, hour: int, minute: int, *, is_open: bool) -> None:
    moment = datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)
    assert read_office_hours(EVENINGS).open_at(moment) is is_open


def test_without_days_they_are_every_days() -> None:
    hours = read_office_hours("9:00-21:00")
    assert hours.said(Language.SIMPLIFIED) == "每天 09:00-21:00"
    assert hours.said(Language.ENGLISH) == "every day 09:00-21:00"


def test_no_hours_at_all_are_always() -> None:
    assert OfficeHours().open_at(datetime(2026, 11, 30, 3, tzinfo=SHANGHAI))


@pytest.mark.parametrize("text", ["evenings", "Mon 21:00-19:00", "Xyz 9:00-10:00", "9:00-25:00"])
def test_what_cannot_be_read_is_named(text: str) -> None:
    with pytest.raises(SettingsInvalid, match="BORROWER_AID_VOLUNTEER_HOURS"):
        read_office_hours(text)
