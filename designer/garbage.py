"""When not to look for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collections() -> Iterator[None]:
    """For work that makes much and leaves no circles of references behind: looking for some would take its time.

    Python counts what is made meanwhile, and looks through it once afterwards. Where several threads do such work at
    a time, collections are on again once the first of them that turned them off is done.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
