"""What lives long, out of the garbage collector's way."""

import gc


def settle() -> None:
    """Collect now, then never look again at what is there.

    A look at a whole library takes a quarter of a second, in which nobody is answered; at its own
    time the collector would take it in the middle of a busy minute.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
