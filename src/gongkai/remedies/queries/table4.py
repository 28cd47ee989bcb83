"""Table 四 of the annual report: fifteen numbers, and the cases behind each (国办公开办函〔2021〕30号).

A case counts for the unit whose act is contested, once however many of ``units`` that are, and never for a reviewing
body sued together with it (国办公开办函〔2016〕201号). It counts in the year our agency had notice of it, with what
became of it by the last day of the year; and, by the setting ``counts_carried_cases``, in every later year it was
still open in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from gongkai.law.remedies_results import PENDING, blocks, columns, counting
from gongkai.remedies.course import course
from gongkai.remedies.deadlines import deadlines
from gongkai.remedies.models import Instance, Party, PartyRole, Remedy
from gongkai.units import calendar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import datetime

    from gongkai.law.remedies_results import Counting
    from gongkai.remedies.course import Course

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Counts:
    """The cases of each cell: ``cases[block][column]`` are their ids, in ascending order; columns without the total."""

    cases: Mapping[str, Mapping[str, tuple[int, ...]]]

    def of(self, block: str, column: str) -> tuple[int, ...]:
        """Return the ids behind a cell; ``total`` holds all of its block."""
        row = self.cases[block]
        return row[column] if column != TOTAL else tuple(sorted(case for ids in row.values() for case in ids))

    def numbers(self) -> dict[str, int]:
        """Return the fifteen numbers by the keys of the report's cells, ``remedies.reconsideration.upheld`` …."""
        return {
            f"remedies.{block}.{column}": len(self.of(block, column))
            for block in self.cases
            for column in (*columns(), TOTAL)
        }


def counts(
    units: Collection[int], day: date, known_at: datetime | None = None, *, rules: Counting | None = None
) -> Counts:
    """Return table 四 of ``units`` (ids) for the year that ends on ``day``, its last day.

    ``known_at`` is the moment up to which entries are known; ``rules`` replaces the settings of the law. For a year
    not yet over, ``day`` may be any day of it.
    """
    cases: dict[str, dict[str, list[int]]] = {block: {column: [] for column in columns()} for block in blocks()}
    for remedy, column in _counted(units, day, known_at, rules or counting()):
        cases[remedy.kind][column].append(remedy.pk)
    return Counts({block: {column: tuple(ids) for column, ids in row.items()} for block, row in cases.items()})


def entries(
    units: Collection[int], day: date, *, known_at: datetime | None = None, rules: Counting | None = None
) -> Iterator[tuple[int, str, int]]:
    """Yield ``(unit, block.column, case)``, all ids: what each cell of each unit counts, totals among them.

    A case against several of ``units`` is yielded for each: whoever adds them up takes it off again.
    """
    respondents: dict[int, list[int]] = {}
    parties = Party.objects.filter(unit__in=units, role=PartyRole.RESPONDENT)
    for case, unit in parties.values_list("remedy", "unit"):
        respondents.setdefault(case, []).append(unit)
    for remedy, column in _counted(units, day, known_at, rules or counting()):
        for unit in respondents[remedy.pk]:
            yield unit, f"{remedy.kind}.{column}", remedy.pk
            yield unit, f"{remedy.kind}.{TOTAL}", remedy.pk


def _counted(
    units: Collection[int], day: date, known_at: datetime | None, rules: Counting
) -> Iterator[tuple[Remedy, str]]:
    """Yield the cases that count and the column each counts in."""
    respondents = Remedy.objects.filter(parties__unit__in=units, parties__role=PartyRole.RESPONDENT)
    for remedy in respondents.distinct().order_by("pk").prefetch_related("events"):
        found = course(remedy.kind, list(remedy.events.all()), day, known_at=known_at)
        if found is not None and _counts(found, rules):
            yield remedy, PENDING if concluded_on(found, rules) is None else found.column


def concluded_on(found: Course, rules: Counting) -> date | None:
    """Return the day from which a case counts with its result, ``None`` while it counts as pending."""
    if found.ended is None or found.result is None:
        return None
    if rules.counts_before_effect or found.instance != Instance.FIRST or not found.result.appealable:
        return found.ended.day
    appeal = next(one for one in deadlines(found, calendar.of_city()) if one.key.startswith("appeal_"))
    if appeal.due is None:
        return found.ended.day
    return appeal.due + timedelta(days=1) if found.day > appeal.due else None


def _counts(found: Course, rules: Counting) -> bool:
    begins = date(found.day.year, 1, 1)
    if not rules.counts_carried_cases:
        return found.notified.day >= begins
    concluded = concluded_on(found, rules)
    return concluded is None or concluded >= begins
