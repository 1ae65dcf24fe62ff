"""What Python objects take in memory, measured in a process in which many other tests have run."""

import gc
import tracemalloc
from collections.abc import Callable


def peak_of(act: Callable[[], object]) -> int:
    """The most bytes that are allocated at a time while something is done.

    What waits to be collected is not what is kept. The collector looks at old objects only when there is a
    quarter more of them, so those that all other tests have left are set aside.
    """
    collected = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(200, 2, 2)
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        gc.set_threshold(*collected)
        gc.unfreeze()
