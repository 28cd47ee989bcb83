"""What a process remembers for a while of who passes by, without knowing who it was.

An address is hashed under a key that each process draws anew every day and never writes down. What is remembered lives
in the memory of the process, is bounded, and is forgotten with the key.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
_A_DAY = 86_400


class Passersby(Generic[T]):
    """A value for each of the ``most`` names that were met last; the one met longest ago is forgotten first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._key, self._day = b"", -1
        self._values: OrderedDict[bytes, T] = OrderedDict()

    def meet(self, name: str, now: float, change: Callable[[T | None], T]) -> T:
        """Change what is remembered of ``name``, ``None`` for nothing, and return it; ``now`` in seconds."""
        with self._lock:
            if int(now // _A_DAY) != self._day:
                self._key, self._day = secrets.token_bytes(32), int(now // _A_DAY)
                self._values.clear()
            key = hmac.digest(self._key, name.encode(), "sha256")
            value = self._values[key] = change(self._values.pop(key, None))
            while len(self._values) > self.most:
                self._values.popitem(last=False)
            return value

    def clear(self) -> None:
        """Forget everybody."""
        with self._lock:
            self._values.clear()
