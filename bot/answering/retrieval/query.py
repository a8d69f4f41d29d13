"""A query in every form that a signal looks at."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.embedding import Embedder
from bot.answering.retrieval.tokens import Keys, normalise, query_keys, without_sounds

LONGEST = 2000  # characters: beyond this a message adds no words worth looking for


@dataclass(frozen=True, slots=True)
class Query:
    """The normalised text, its keys, its keys with sounds, its vector."""

    text: str
    keys: Keys
    sounds: Keys
    vector: npt.NDArray[np.float32]

    @classmethod
    def read(cls, raw: str, embedder: Embedder) -> "Query":
        """The forms of a text as it was typed."""
        text = normalise(raw[:LONGEST])
        return cls._of(text, embedder.encode_query(text))

    @classmethod
    def without_vector(cls, raw: str, dimensions: int) -> "Query":
        """The same where no vector can be had: words, sounds and known forms still find."""
        return cls._of(normalise(raw[:LONGEST]), np.zeros(dimensions, np.float32))

    @classmethod
    def _of(cls, text: str, vector: npt.NDArray[np.float32]) -> "Query":
        sounds = query_keys(text, sounds=True)
        return cls(text, without_sounds(sounds), sounds, vector)
