"""How much one address may ask, so that all can: a bucket of tokens for each, filled again at a steady rate.

An address is kept as a hash alone, under a key that each process draws anew every day and never writes down.
"""

from __future__ import annotations

import hmac
import math
import secrets
import threading
import time
from collections import OrderedDict
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST = 20_000
_A_DAY = 86_400
_A_HOUSEHOLD = 64
"""Bits of an IPv6 address that are one subscriber's."""


class Buckets:
    """The tokens of every address that asked lately; the one that asked longest ago is forgotten first."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._key, self._day = b"", -1
        self._left: OrderedDict[bytes, tuple[float, float]] = OrderedDict()

    def take(self, address: str, cost: int) -> int:
        """Take ``cost`` tokens of an address; return 0, or the seconds until there are so many again."""
        most, per_second = settings.API_LIMIT
        cost = min(cost, most)
        now = self._clock()
        with self._lock:
            if now // _A_DAY != self._day:
                self._key, self._day = secrets.token_bytes(32), now // _A_DAY
                self._left.clear()
            key = hmac.digest(self._key, _subscriber(address).encode(), "sha256")
            left, since = self._left.pop(key, (float(most), now))
            left = min(most, left + max(0.0, now - since) * per_second)
            wait = 0 if left >= cost else max(1, math.ceil((cost - left) / per_second))
            self._left[key] = (left if wait else left - cost, now)
            while len(self._left) > _MOST:
                self._left.popitem(last=False)
        return wait

    def clear(self) -> None:
        """Forget everybody."""
        with self._lock:
            self._left.clear()


def _subscriber(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, _A_HOUSEHOLD), strict=False)) if found.version == 6 else address  # noqa: PLR2004
