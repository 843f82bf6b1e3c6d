"""Python's collector of garbage, for work that makes very many objects that stay."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

OBJECTS_BETWEEN_COLLECTIONS = 500_000
"""Looking through hundreds of thousands of objects that stay, again and again, finds nothing."""


@contextlib.contextmanager
def few_collections() -> Iterator[None]:
    """Let the collector of garbage look less often, and not at what was there before."""
    threshold = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, *threshold[1:])
    try:
        yield
    finally:
        gc.set_threshold(*threshold)
        gc.unfreeze()


@contextlib.contextmanager
def no_collections() -> Iterator[None]:
    """Let the collector of garbage rest, for work whose objects do not refer to each other in circles; nor does it look
    through them afterwards."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.freeze()
            gc.enable()
