"""Yuan to the fen: the one place where money is rounded."""

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

FEN = Decimal("0.01")
ZERO = Decimal("0.00")
LARGEST = Decimal("1000000000")  # a billion yuan is a typing slip, not a household's debt


def in_fen(amount: Decimal) -> int:
    """An amount as a whole number of fen, for sums that run over many months."""
    return int(amount.quantize(FEN, ROUND_HALF_UP).scaleb(2))


def from_fen(fen: int) -> Decimal:
    """Whole fen as yuan."""
    return Decimal(fen).scaleb(-2)


def to_fen(amount: Decimal) -> Decimal:
    """An amount rounded to the nearest fen."""
    return amount.quantize(FEN, ROUND_HALF_UP)


def up_to_fen(amount: Decimal) -> Decimal:
    """An amount rounded up to the fen, where one fen less would not be enough."""
    return amount.quantize(FEN, ROUND_CEILING)


def shares(total: Decimal, weights: list[Decimal]) -> list[Decimal]:
    """A total split in proportion to weights, by largest remainder, ties to the earlier one.

    >>> [str(share) for share in shares(Decimal(1), [Decimal(1)] * 3)]
    ['0.34', '0.33', '0.33']
    """
    return [
        from_fen(part) for part in fen_shares(in_fen(total), [in_fen(each) for each in weights])
    ]


def fen_shares(total: int, weights: list[int]) -> list[int]:
    """The same split in whole fen."""
    whole = sum(weights)
    if not whole:
        return [0 for _ in weights]
    divided = [divmod(total * weight, whole) for weight in weights]
    parts = [part for part, _ in divided]
    order = sorted(range(len(weights)), key=lambda place: (-divided[place][1], place))
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return parts


def yuan(amount: Decimal) -> str:
    """An amount as people read it.

    >>> yuan(Decimal("1018.75")), yuan(Decimal("32600.00"))
    ('1,018.75', '32,600')
    """
    return f"{amount:,.2f}".removesuffix(".00")


def percent(rate: Decimal) -> str:
    """A fraction as per cent, without needless zeros.

    >>> percent(Decimal("0.18")), percent(Decimal("0.1543"))
    ('18%', '15.43%')
    """
    return f"{(rate * 100).quantize(FEN, ROUND_HALF_UP).normalize():f}%"
