"""How much one address may ask, so that all can: a bucket of tokens for each, filled again at a steady rate."""

from __future__ import annotations

import math
import time
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from django.conf import settings

from gongkai.windows.passersby import Passersby

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST = 20_000
_A_HOUSEHOLD = 64
"""Bits of an IPv6 address that are one subscriber's."""


class Buckets:
    """The tokens of every address that asked lately."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._left: Passersby[tuple[float, float, int]] = Passersby(_MOST)

    def take(self, address: str, cost: int) -> int:
        """Take ``cost`` tokens of an address; return 0, or the seconds until there are so many again."""
        most, per_second = settings.API_LIMIT
        cost = min(cost, most)
        now = self._clock()

        def taken(before: tuple[float, float, int] | None) -> tuple[float, float, int]:
            left, since, _ = before or (float(most), now, 0)
            left = min(most, left + max(0.0, now - since) * per_second)
            wait = 0 if left >= cost else max(1, math.ceil((cost - left) / per_second))
            return (left if wait else left - cost, now, wait)

        *_, wait = self._left.meet(_subscriber(address), now, taken)
        return wait

    def clear(self) -> None:
        """Forget everybody."""
        self._left.clear()


def _subscriber(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, _A_HOUSEHOLD), strict=False)) if found.version == 6 else address  # noqa: PLR2004
