"""Paragraphs that say nearly the same as one taken in before."""

import re
from collections.abc import Iterator

from datasketch import MinHash, MinHashLSH

from ingest.intake import Code, Concern, Document

SHINGLE = 3  # letters
SHORTEST = 25  # letters: shorter lines are alike by chance
CANDIDATE = 0.4  # MinHash finds the likely ones, the shingles themselves decide
ALIKE = 0.55  # of the shingles of both
PERMUTATIONS = 128
NOT_LETTERS = re.compile(r"[\W_]+")


class NearDuplicates:
    """Remembers every paragraph it has seen, in this source and in those before."""

    def __init__(self) -> None:
        self._likely = MinHashLSH(threshold=CANDIDATE, num_perm=PERMUTATIONS)
        self._shingles: dict[str, frozenset[str]] = {}

    def __call__(self, document: Document) -> Iterator[Concern]:
        """A concern for each paragraph that was seen before, nearly or wholly."""
        for block in document.blocks:
            if (before := self.seen(block.text)) is not None:
                reason = f"says nearly the same as {before}"
                yield Concern(Code.NEAR_DUPLICATE, block.line, reason, block.text[:40])
            self.remember(block.text, f"{document.title}, {document.place(block.line)}")

    def seen(self, text: str) -> str | None:
        """The place of the paragraph that is most like this one, if one is like it."""
        shingles = shingles_of(text)
        if not shingles:
            return None
        likely = self._likely.query(_signature(shingles))
        alike = {place: _overlap(shingles, self._shingles[place]) for place in likely}
        best = max(alike, key=lambda place: alike[place], default=None)
        return best.partition("\n")[0] if best and alike[best] >= ALIKE else None

    def remember(self, text: str, place: str) -> None:
        """Hold what follows against this paragraph."""
        shingles = shingles_of(text)
        if shingles:
            key = f"{place}\n{len(self._shingles)}"
            self._shingles[key] = shingles
            self._likely.insert(key, _signature(shingles))


def shingles_of(text: str) -> frozenset[str]:
    """The runs of letters of a paragraph; none for a short one."""
    letters = NOT_LETTERS.sub("", text).lower()
    if len(letters) < SHORTEST:
        return frozenset()
    return frozenset(letters[n : n + SHINGLE] for n in range(len(letters) - SHINGLE + 1))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def _signature(shingles: frozenset[str]) -> MinHash:
    signature = MinHash(num_perm=PERMUTATIONS)
    signature.update_batch([each.encode() for each in sorted(shingles)])
    return signature
