"""Searching what is published, and where what is found is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Shown:
    """Where something is shown, and where else it leads: what people mostly want next, with its address."""

    address: str
    ways: tuple[tuple[str, str], ...] = ()


def addressed(hits: Iterable[Hit]) -> list[tuple[Hit, Shown]]:
    """Return the hits with where they are shown, in order; what has no page any more is left out."""
    hits = list(hits)
    shown = _addresses(hit.key for hit in hits)
    return [(hit, shown[_parted(hit.key)]) for hit in hits if _parted(hit.key) in shown]


def _addresses(keys: Iterable[str]) -> dict[tuple[str, int], Shown]:
    """Return where those of the keys are that are shown today, a query for each kind."""
    numbers: dict[str, list[int]] = {}
    for prefix, number in map(_parted, keys):
        numbers.setdefault(prefix, []).append(number)
    return {
        (prefix, number): shown
        for prefix, asked in numbers.items()
        if prefix in SHOWN
        for number, shown in SHOWN[prefix](asked).items()
    }


def _records(numbers: Iterable[int]) -> dict[int, Shown]:
    # The index follows a withdrawal by a moment: what is not published any more is not shown.
    return {number: Shown(reverse("portal:record", args=[number])) for number in records.among(numbers)}


def _units(numbers: Iterable[int]) -> dict[int, Shown]:
    return {number: _unit(code) for number in numbers if (code := identity.unit_code(number))}


def _unit(code: str) -> Shown:
    here = reverse("portal:unit", args=[code])
    lists = reverse("portal:unit_items", args=[code])
    return Shown(here, (("公开指南", f"{here}#guide"), ("年度报告", f"{here}#reports"), ("事项清单", lists)))


def _reports(numbers: Iterable[int]) -> dict[int, Shown]:
    rows = reports.rows().filter(pk__in=list(numbers)).values_list("pk", "slug", "year")
    return {
        number: Shown(
            reverse("reports:report", args=[slug, year]), (("历年数据对比", reverse("reports:trends", args=[slug])),)
        )
        for number, slug, year in rows
    }


def _pages(numbers: Iterable[int]) -> dict[int, Shown]:
    rows = published.pages_of(numbers).values()
    return {row.pk: Shown(published.address_of(row.kind, row.slug, row.parent_slug)) for row in rows}


def _services(numbers: Iterable[int]) -> dict[int, Shown]:
    return {
        number: Shown(reverse("portal:service", args=[number]), (("到省网上办事大厅办理", link),) if link else ())
        for number, link in published.service_links(numbers).items()
    }


SHOWN: dict[str, Callable[[Iterable[int]], dict[int, Shown]]] = {
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
