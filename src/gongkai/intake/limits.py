"""How often one address may do what costs something: counted without keeping an address.

An address, and the network it is in, is counted for ten minutes (``windows.passersby``). Several processes count each
for itself: the limits are for each of them.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from gongkai.accounts.visitor import address_of
from gongkai.windows.passersby import Passersby

if TYPE_CHECKING:
    from django.http import HttpRequest

WINDOW_SECONDS = 600
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


counter: Passersby[int] = Passersby(50_000)
_spent: Passersby[int] = Passersby(50_000)


def is_over(request: HttpRequest, limit: Limit, amount: int = 1) -> bool:
    """Count this request and tell whether its address, or its network, came too often, or brought too much."""
    address = address_of(request)
    try:
        found = ip_address(address)
        network = str(ip_network((found, _NETWORK_BITS[found.version]), strict=False))
    except ValueError:
        network = address
    now = time.time()
    name = f"{limit.name}:{int(now // WINDOW_SECONDS)}"
    of_address = counter.meet(f"{name}:{address}", now, lambda count: (count or 0) + amount)
    of_network = counter.meet(f"{name}/{network}", now, lambda count: (count or 0) + amount)
    return of_address > limit.address or of_network > limit.network


def is_spent(ticket: str) -> bool:
    """Count a form that the ticket of this name sends, and tell whether it sent enough."""
    # Always the same time: the count is kept as long as the ticket is good, which may be over midnight.
    return _spent.meet(ticket, 0, lambda count: (count or 0) + 1) > FORMS_OF_A_TICKET
