"""Memory that a large build has done with."""

import ctypes


def give_back() -> None:
    """Hand freed memory to the system; glibc keeps it otherwise, and the next stage asks for more."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # only glibc has it
    if trim is not None:
        trim(0)
