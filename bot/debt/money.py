"""Yuan to the fen: the one place where money is rounded."""

from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_UP, Decimal

FEN = Decimal("0.01")
ZERO = Decimal("0.00")
LARGEST = Decimal("1000000000")  # a billion yuan is a typing slip, not a household's debt


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
    whole = sum(weights, ZERO)
    if not whole:
        return [ZERO for _ in weights]
    exact = [total * weight / whole for weight in weights]
    floors = [share.quantize(FEN, ROUND_DOWN) for share in exact]
    left = int((total - sum(floors, ZERO)) / FEN)
    # compare total*weight modulo the whole: the quotients above are rounded in their last digit
    remainders = [
        total * weight - floor * whole for weight, floor in zip(weights, floors, strict=True)
    ]
    order = sorted(range(len(weights)), key=lambda place: (-remainders[place], place))
    winners = set(order[:left])
    return [floor + FEN if place in winners else floor for place, floor in enumerate(floors)]


def yuan(amount: Decimal) -> str:
    """An amount as people read it.

    >>> yuan(Decimal("1018.75")), yuan(Decimal("32600.00"))
    ('1,018.75', '32,600')
    """
    return f"{amount:,.2f}".removesuffix(".00")
