"""How often one address may do what costs something: counted without keeping an address.

An address, and the network it is in, is hashed with a key that each process draws anew every day and never writes down;
counts live in the memory of the process, for ten minutes, and are bounded. Several processes count each for itself: the
limits are for each of them.
"""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from gongkai.accounts.visitor import address_of

if TYPE_CHECKING:
    from django.http import HttpRequest

WINDOW_SECONDS = 600
MOST_KEPT = 50_000
_DAY_SECONDS = 86_400
_NETWORK_BITS = {4: 24, 6: 48}


@dataclass(frozen=True, slots=True)
class Limit:
    """How often in ten minutes: from one address, and from all of its network."""

    name: str
    address: int
    network: int


FORM = Limit("form", 20, 120)
TRACK = Limit("track", 30, 200)
SUGGEST = Limit("suggest", 300, 3000)
PICTURE = Limit("picture", 60, 600)
HELP = Limit("help", 5, 30)
BYTES = Limit("bytes", 60 << 20, 300 << 20)
"""Bytes of files: nobody fills the disk by sending many forms."""


FORMS_OF_A_TICKET = 5
"""How many forms one ticket sends, whoever sends them: a solved question is not worth more than that."""


class _Counter:
    """Counts of the running windows, the oldest thrown away first where there are too many."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: OrderedDict[bytes, int] = OrderedDict()
        self._key, self._day = b"", -1

    def add(self, names: list[str], now: float, amount: int) -> list[int]:
        """Count each of ``names`` by ``amount`` more and return the counts."""
        with self._lock:
            if int(now // _DAY_SECONDS) != self._day:
                self._key, self._day = secrets.token_bytes(32), int(now // _DAY_SECONDS)
                self._counts.clear()
            found = []
            for name in names:
                key = hmac.digest(self._key, f"{int(now // WINDOW_SECONDS)}:{name}".encode(), "sha256")
                self._counts[key] = self._counts.pop(key, 0) + amount
                found.append(self._counts[key])
            while len(self._counts) > MOST_KEPT:
                self._counts.popitem(last=False)
            return found

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._counts.clear()


counter = _Counter()
_spent = _Counter()


def is_over(request: HttpRequest, limit: Limit, amount: int = 1) -> bool:
    """Count this request and tell whether its address, or its network, came too often, or brought too much."""
    address = address_of(request)
    try:
        found = ip_address(address)
        network = str(ip_network((found, _NETWORK_BITS[found.version]), strict=False))
    except ValueError:
        network = address
    counts = counter.add([f"{limit.name}:{address}", f"{limit.name}/{network}"], time.time(), amount)
    return counts[0] > limit.address or counts[1] > limit.network


def is_spent(ticket: str) -> bool:
    """Count a form that the ticket of this name sends, and tell whether it sent enough."""
    # Always the same time: the count is kept as long as the ticket is good, which is longer than a window.
    return _spent.add([ticket], 0, 1)[0] > FORMS_OF_A_TICKET
