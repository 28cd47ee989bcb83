"""How many whole sets are sent at once by one process.

A set being sent holds a thread of its process until the last of it is read; the other threads are for everybody else.
"""

from __future__ import annotations

import threading
import weakref
from typing import TYPE_CHECKING

from gongkai.api.errors import BusyError

if TYPE_CHECKING:
    from collections.abc import Iterator

AT_ONCE = 2
"""Downloads in one process; ``gongkai serve`` gives it more threads than that."""


class Turns:
    """The turns of a process, each taken while something is sent."""

    def __init__(self, most: int = AT_ONCE) -> None:
        self._free = threading.BoundedSemaphore(most)

    def taken(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Return ``pieces``, holding a turn until they are closed or dropped. ``BusyError`` where none is free."""
        if not self._free.acquire(blocking=False):
            raise BusyError
        return _Sent(pieces, self._free)


class _Sent:
    """Pieces with their turn; a generator that nobody began would not give it back."""

    def __init__(self, pieces: Iterator[bytes], free: threading.BoundedSemaphore) -> None:
        self._pieces = pieces
        # Once, however often it is called, and also where nobody calls it.
        self.close = weakref.finalize(self, free.release)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._pieces)
