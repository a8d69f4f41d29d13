"""The forms that may be doubles are found among very many as pair by pair."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.chinese.normalise import normalise
from bot.curation.like_forms import MAY_BE_ALIKE, may_be_doubles

FORM = st.text(alphabet="催收上门坐牢電话？ ａA\n😀", min_size=1, max_size=6)
FORMS = st.lists(FORM, max_size=4).map(tuple)


def pairs(form: str) -> set[str]:
    plain = normalise(" ".join(form.split())).casefold()
    return {a + b for a, b in pairwise(plain)}


@given(entries=st.lists(FORMS, max_size=5), own=FORMS)
def test_finds_what_shares_enough_pairs(
    entries: list[tuple[str, ...]], own: tuple[str, ...]
) -> None:
    wanted = {pair for form in own for pair in pairs(form)}
    expected = [
        len(pairs(form) & wanted) >= MAY_BE_ALIKE * len(pairs(form))
        for forms in entries
        for form in forms
    ]
    assert may_be_doubles(entries, own).tolist() == expected
