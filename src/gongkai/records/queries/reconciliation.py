"""The quarters that have to be reconciled with the halls."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count

from gongkai.records.models import HandOver, Reconciliation

if TYPE_CHECKING:
    from collections.abc import Iterable

MONTHS = 3
_BETWEEN = re.compile(r"[、，,；;\s]+")


@dataclass(frozen=True, slots=True)
class Quarter:
    """What a unit (its id) delivered in a quarter: lists, lines on them, to which halls, and what these said of it."""

    unit: int
    year: int
    quarter: int
    lists: int
    listed: int
    halls: tuple[str, ...]
    entries: tuple[Reconciliation, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The halls that were not asked yet."""
        asked = {entry.hall for entry in self.entries}
        return tuple(hall for hall in self.halls if hall not in asked)

    @property
    def differs(self) -> bool:
        """Tell whether a hall received another number, or the lists grew after it was asked."""
        return any(not entry.agrees or entry.listed != self.listed for entry in self.entries)


def bounds(year: int, quarter: int) -> tuple[date, date]:
    """Return the first and the last day of a quarter."""
    first = date(year, MONTHS * quarter - 2, 1)
    following = date(year + quarter // 4, (MONTHS * quarter) % 12 + 1, 1)
    return first, following - timedelta(days=1)


def halls_of(words: str) -> tuple[str, ...]:
    """Return the halls named in a rule, one by one.

    >>> halls_of("市档案馆、市图书馆")
    ('市档案馆', '市图书馆')
    """
    return tuple(dict.fromkeys(filter(None, _BETWEEN.split(words))))


def quarters(units: Iterable[int], day: date) -> list[Quarter]:
    """Return the quarters ended before ``day`` for which ``units`` sealed lists, latest first. Two queries.

    A list belongs to the quarter in which its period ended.
    """
    units = list(units)
    found: dict[tuple[int, int, int], list[tuple[int, str]]] = {}
    sealed = HandOver.objects.filter(unit__in=units).annotate(lines=Count("items"))
    for unit, ends_on, halls, lines in sealed.values_list("unit", "ends_on", "halls", "lines"):
        quarter = (ends_on.month + 2) // MONTHS
        if bounds(ends_on.year, quarter)[1] < day:
            found.setdefault((ends_on.year, quarter, unit), []).append((lines, halls))
    entries: dict[tuple[int, int, int], list[Reconciliation]] = {}
    for entry in Reconciliation.objects.filter(unit__in=units).select_related("entered_by"):
        entries.setdefault((entry.year, entry.quarter, entry.unit_id), []).append(entry)
    latest_first = sorted(found.items(), key=lambda item: (-item[0][0], -item[0][1], item[0][2]))
    return [
        Quarter(
            unit=unit,
            year=year,
            quarter=quarter,
            lists=len(lists),
            listed=sum(lines for lines, _ in lists),
            halls=tuple(dict.fromkeys(hall for _, halls in lists for hall in halls_of(halls))),
            entries=tuple(entries.get((year, quarter, unit), ())),
        )
        for (year, quarter, unit), lists in latest_first
    ]
