from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debt.money import ZERO, from_fen, in_fen, percent, shares, to_fen, up_to_fen, yuan

sums = st.decimals(min_value=0, max_value=10_000_000, places=2)
claims = st.lists(
    st.decimals(min_value="0.01", max_value=5_000_000, places=2), min_size=1, max_size=20
)


@given(sums, claims)
def test_shares_add_up_to_the_fen(total: Decimal, weights: list[Decimal]) -> None:
    assert sum(shares(total, weights), ZERO) == total


@given(sums, claims)
def test_a_share_is_within_a_fen_of_its_exact_part(total: Decimal, weights: list[Decimal]) -> None:
    whole = sum(weights)
    for share, weight in zip(shares(total, weights), weights, strict=True):
        assert abs(share - total * weight / whole) < Decimal("0.01")
        assert share >= 0


@given(sums, claims, st.randoms(use_true_random=False))
def test_order_matters_only_where_claims_tie(
    total: Decimal, weights: list[Decimal], chance
) -> None:
    unlike = list(dict.fromkeys(weights))
    mixed = unlike[:]
    chance.shuffle(mixed)
    straight = dict(zip(unlike, shares(total, unlike), strict=True))
    shuffled = dict(zip(mixed, shares(total, mixed), strict=True))
    for weight in unlike:
        assert abs(straight[weight] - shuffled[weight]) <= Decimal("0.01")


def test_a_tie_goes_to_the_earlier() -> None:
    assert shares(Decimal("0.02"), [Decimal(1)] * 3) == [Decimal("0.01"), Decimal("0.01"), 0]


def test_the_largest_remainder_gets_the_odd_fen() -> None:
    parts = shares(Decimal("1.00"), [Decimal(1), Decimal(2), Decimal(3)])
    assert parts == [Decimal("0.17"), Decimal("0.33"), Decimal("0.50")]


def test_nothing_is_shared_where_nothing_is_owed() -> None:
    assert shares(Decimal(100), [ZERO, ZERO]) == [0, 0]


@pytest.mark.parametrize(
    ("amount", "near", "up"),
    [("1.005", "1.01", "1.01"), ("1.001", "1.00", "1.01"), ("2", "2", "2")],
)
def test_money_is_rounded_in_two_ways(amount: str, near: str, up: str) -> None:
    assert to_fen(Decimal(amount)) == Decimal(near)
    assert up_to_fen(Decimal(amount)) == Decimal(up)


@given(st.integers(min_value=0, max_value=10**12))
def test_fen_read_back(fen: int) -> None:
    assert in_fen(from_fen(fen)) == fen


@pytest.mark.parametrize(
    ("amount", "words"), [("1018.75", "1,018.75"), ("48000.00", "48,000"), ("0.50", "0.50")]
)
def test_amounts_are_shown_as_people_read_them(amount: str, words: str) -> None:
    assert yuan(Decimal(amount)) == words


@pytest.mark.parametrize(
    ("rate", "words"), [("0.18", "18%"), ("0.1", "10%"), ("0.15363", "15.36%")]
)
def test_rates_are_shown_in_per_cent(rate: str, words: str) -> None:
    assert percent(Decimal(rate)) == words
