"""Which of very many question forms could be doubles of some: to compare all takes seconds."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.chinese.normalise import normalise

Numbers = npt.NDArray[np.int64]

MAY_BE_ALIKE = 0.5  # of a form's pairs of characters; forms that share fewer are no doubles
LINE_END = ord("\n")
CHARACTER_BITS = 21  # the highest code point has as many


def may_be_doubles(forms: Sequence[str], own: Sequence[str]) -> npt.NDArray[np.bool_]:
    """For each form whether it shares enough of its pairs of characters with our own forms.

    One of a single character, which makes no pair, may always be a double.
    """
    form, pair = _pairs(forms)
    wanted = np.unique(_pairs(own)[1])
    near = np.bincount(form[_among(pair, wanted)], minlength=len(forms)) > 0
    single = np.bincount(form, minlength=len(forms)) == 0
    form, pair = _different(form[near[form]], pair[near[form]])
    shared = np.bincount(form[_among(pair, wanted)], minlength=len(forms))
    in_all = np.bincount(form, minlength=len(forms))
    return np.asarray(single | (near & (shared >= MAY_BE_ALIKE * in_all)))


def _pairs(forms: Sequence[str]) -> tuple[Numbers, Numbers]:
    """The pairs of neighbouring characters, in one script and case, and before them their forms."""
    lines = (" ".join(form.split()) for form in forms)
    plain = normalise("\n".join(lines)).casefold()
    points = np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int64)
    ends = points == LINE_END
    inside = ~(ends[:-1] | ends[1:])
    pairs = points[:-1] << CHARACTER_BITS | points[1:]
    return np.cumsum(ends)[:-1][inside], pairs[inside]


def _different(form: Numbers, pair: Numbers) -> tuple[Numbers, Numbers]:
    """Each pair of a form once."""
    both = np.sort(form << 2 * CHARACTER_BITS | pair)
    both = both[np.append(True, both[1:] != both[:-1])[: len(both)]]
    return both >> 2 * CHARACTER_BITS, both & ((1 << 2 * CHARACTER_BITS) - 1)


def _among(pairs: Numbers, wanted: Numbers) -> npt.NDArray[np.bool_]:
    if not len(wanted):
        return np.zeros(len(pairs), np.bool_)
    spots = np.minimum(np.searchsorted(wanted, pairs), len(wanted) - 1)
    return np.asarray(wanted[spots] == pairs)
