"""Which of very many question forms could be doubles of some: to compare all takes seconds."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from bot.chinese.normalise import normalise

Numbers = npt.NDArray[np.int64]

MAY_BE_ALIKE = 0.5  # of a form's pairs of characters; forms that share fewer are no doubles
ENTRIES_KEPT = 8192  # in one script and case: nearly all of them are the same the next time
LINE_END = ord("\n")
CHARACTER_BITS = 21  # the highest code point has as many


def may_be_doubles(
    entries: Sequence[tuple[str, ...]], own: tuple[str, ...]
) -> npt.NDArray[np.bool_]:
    """For each form of some entries whether it shares enough pairs of characters with our own.

    One of a single character, which makes no pair, may always be a double.
    """
    count = sum(map(len, entries))
    form, pair = _pairs(entries)
    wanted = np.unique(_pairs([own])[1])
    single = np.bincount(form, minlength=count) == 0
    near = np.bincount(form[_among(pair, wanted)], minlength=count) > 0
    form, pair = _different(form[near[form]], pair[near[form]])
    shared = np.bincount(form[_among(pair, wanted)], minlength=count)
    in_all = np.bincount(form, minlength=count)
    return np.asarray(single | (near & (shared >= MAY_BE_ALIKE * in_all)))


def _pairs(entries: Sequence[tuple[str, ...]]) -> tuple[Numbers, Numbers]:
    """The pairs of neighbouring characters, and before them the numbers of their forms."""
    plain = "".join(map(_plain, entries))
    points = np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int64)
    ends = points == LINE_END
    inside = ~(ends[:-1] | ends[1:])
    pairs = points[:-1] << CHARACTER_BITS | points[1:]
    return np.cumsum(ends)[:-1][inside], pairs[inside]


@lru_cache(maxsize=ENTRIES_KEPT)
def _plain(forms: tuple[str, ...]) -> str:
    """The forms of an entry in one script and case, each on one line."""
    lines = "".join(" ".join(form.split()) + "\n" for form in forms)
    return normalise(lines).casefold()


def _different(form: Numbers, pair: Numbers) -> tuple[Numbers, Numbers]:
    """Each pair of a form once."""
    both = np.sort(form << 2 * CHARACTER_BITS | pair)
    both = both[np.append(True, both[1:] != both[:-1])[: len(both)]]
    return both >> 2 * CHARACTER_BITS, both & ((1 << 2 * CHARACTER_BITS) - 1)


def _among(pairs: Numbers, wanted: Numbers) -> npt.NDArray[np.bool_]:
    """Which pairs are wanted; few begin with a character that a wanted one begins with."""
    begins = np.zeros(1 << CHARACTER_BITS, np.bool_)
    begins[wanted >> CHARACTER_BITS] = True
    among = begins[pairs >> CHARACTER_BITS]
    maybe = pairs[among]
    spots = np.minimum(np.searchsorted(wanted, maybe), max(len(wanted) - 1, 0))
    among[among] = wanted[spots] == maybe
    return np.asarray(among)
