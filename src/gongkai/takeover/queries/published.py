"""Where an old address leads, for the portal: a page that is not known here may have stood somewhere before."""

from __future__ import annotations

from gongkai.takeover.addresses import spelt
from gongkai.takeover.leading import target_of as target
from gongkai.takeover.models import PublishedOldAddress


def target_of(path: str, query: str = "", host: str = "") -> str | None:
    """Return the address on the portal that the old address ``path`` leads to for good, ``None`` where it is unknown.

    ``path`` and ``query`` as the request has them. Of several old sites with such an address the one at ``host``
    counts; where it is none of them, none does. One query.
    """
    address = spelt(host, path, query)
    if address is None or address.path == "/":
        return None
    rows = list(PublishedOldAddress.objects.filter(address=address.path)[:50])
    of_host = [row for row in rows if row.site == address.host]
    found = of_host or rows
    return target(found[0]) if len(found) == 1 else None
