"""How many threads the sums of an answer take: one, since answers themselves come side by side.

The linear algebra beneath numpy would take a thread for each core and let it wait for work by spinning:
an answer then cost twice the processor time, for sums of a millisecond.
"""

from threadpoolctl import threadpool_limits


def one_thread_for_sums() -> None:
    """Let no sum of this process take a second thread from now on."""
    threadpool_limits(1, user_api="blas")
