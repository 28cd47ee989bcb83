"""Searching what is published, and where what is found is shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.urls import reverse

from gongkai.indexing import place
from gongkai.indexing.place import PUBLISHED
from gongkai.portal import identity
from gongkai.portal.domain.trace import PAGE, SERVICE
from gongkai.portal.queries import published
from gongkai.records.queries import published as records
from gongkai.reporting.queries import published as reports
from gongkai.search.asking import MAX_TEXT
from gongkai.search.port import Query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from gongkai.search.port import Completion, Hit, Page

ACCESS = frozenset({PUBLISHED})
RECORD = "records.record"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]+")


def words_of(parameters: Mapping[str, str]) -> str:
    """Return what was typed, without what cannot be seen, as long as it is looked at."""
    return _CONTROL.sub(" ", parameters.get("q", "")[: MAX_TEXT * 4]).strip()[:MAX_TEXT]


def found(query: Query) -> Page:
    """Return what is found among what is published. Raises ``SearchUnavailableError``."""
    return place.public_reader().search(query)


def newest(words: str, limit: int) -> list[int]:
    """Return the ids of the newest records that are found. Raises ``SearchUnavailableError``."""
    page = found(Query(text=words, access=ACCESS, order="newest", limit=limit))
    return [number for prefix, number in map(_parted, page.keys) if prefix == RECORD]


def completions(typed: str) -> Sequence[Completion]:
    """Return titles that the typed beginning may become, of what is public. Raises ``SearchUnavailableError``."""
    found = place.public_reader().complete(typed, ACCESS)
    shown = _addresses(one.key for one in found)
    return [one for one in found if _parted(one.key) in shown]


def addressed(hits: Iterable[Hit]) -> list[tuple[Hit, str]]:
    """Return the hits with their addresses, in order; what has no page any more is left out."""
    hits = list(hits)
    addresses = _addresses(hit.key for hit in hits)
    return [(hit, addresses[_parted(hit.key)]) for hit in hits if _parted(hit.key) in addresses]


def _addresses(keys: Iterable[str]) -> dict[tuple[str, int], str]:
    """Return the addresses of those of the keys that are shown today, a query for each kind."""
    numbers: dict[str, list[int]] = {}
    for prefix, number in map(_parted, keys):
        numbers.setdefault(prefix, []).append(number)
    return {
        (prefix, number): address
        for prefix, asked in numbers.items()
        if prefix in SHOWN
        for number, address in SHOWN[prefix](asked).items()
    }


def _records(numbers: Iterable[int]) -> dict[int, str]:
    # The index follows a withdrawal by a moment: what is not published any more is not shown.
    return {number: reverse("portal:record", args=[number]) for number in records.among(numbers)}


def _units(numbers: Iterable[int]) -> dict[int, str]:
    codes = {number: identity.unit_code(number) for number in numbers}
    return {number: reverse("portal:unit", args=[code]) for number, code in codes.items() if code}


def _reports(numbers: Iterable[int]) -> dict[int, str]:
    rows = reports.rows().filter(pk__in=list(numbers)).values_list("pk", "slug", "year")
    return {number: reverse("reports:report", args=[slug, year]) for number, slug, year in rows}


def _pages(numbers: Iterable[int]) -> dict[int, str]:
    rows = published.pages_of(numbers).values()
    return {row.pk: published.address_of(row.kind, row.slug, row.parent_slug) for row in rows}


def _services(numbers: Iterable[int]) -> dict[int, str]:
    return {number: reverse("portal:service", args=[number]) for number in published.services_among(numbers)}


SHOWN: dict[str, Callable[[Iterable[int]], dict[int, str]]] = {
    RECORD: _records,
    "units.unit": _units,
    "reporting.edition": _reports,
    PAGE: _pages,
    SERVICE: _services,
}
"""Where the documents of each kind of key are shown."""


def _parted(key: str) -> tuple[str, int]:
    prefix, _, number = key.rpartition(":")
    return prefix, int(number)
