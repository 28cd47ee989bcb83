"""The due-date board: how many are in each section, at which unit, and the most pressing of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from gongkai.applications.models import PENDING
from gongkai.applications.queries.lines import Line, lines
from gongkai.applications.queries.register import LISTED, listed
from gongkai.applications.queries.urgency import SECTIONS, Section, section_of

if TYPE_CHECKING:
    from django.db.models import Q, QuerySet

    from gongkai.accounts.queries.scope import Scope
    from gongkai.applications.models import Application
    from gongkai.applications.queries.register import Wanted
    from gongkai.units.queries.tree import Tree

SHOWN = 8
"""How many applications of a section the board shows; the rest are in the register."""


@dataclass(frozen=True, slots=True)
class Column:
    """A section with the most pressing of its applications and how many there are in all."""

    section: Section
    lines: list[Line]
    count: int


@dataclass(frozen=True, slots=True)
class UnitRow:
    """How many unfinished applications a unit has: ``counts`` by section, in the order of ``SECTIONS``."""

    unit: int
    counts: tuple[tuple[Section, int], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Board:
    """The board of one day: the columns, and the units where there are several."""

    columns: list[Column]
    units: list[UnitRow]
    total: int


def board(scope: Scope, tree: Tree, wanted: Wanted, besides: Q) -> Board:
    """Return the board of the unfinished applications that fit ``wanted`` and ``besides``; three queries."""
    pending = listed(scope, tree, wanted).filter(besides, stage__in=PENDING).annotate(section=section_of(scope.day))
    counted = pending.order_by().values("unit_id", "section").annotate(count=Count("pk"))
    by_unit: dict[int, dict[str, int]] = {}
    for row in counted:
        by_unit.setdefault(row["unit_id"], {})[row["section"]] = row["count"]
    totals = {section.key: sum(of.get(section.key, 0) for of in by_unit.values()) for section in SECTIONS}
    shown: dict[str, list[Line]] = {}
    for line in lines(_most_pressing(pending), scope.day):
        shown.setdefault(line.application.section, []).append(line)
    units = [
        UnitRow(unit, tuple((section, of.get(section.key, 0)) for section in SECTIONS), sum(of.values()))
        for unit, of in by_unit.items()
    ]
    units.sort(key=lambda row: ([-count for _, count in row.counts], row.unit))
    return Board(
        [Column(section, shown.get(section.key, []), totals[section.key]) for section in SECTIONS],
        units,
        sum(totals.values()),
    )


def _most_pressing(pending: QuerySet[Application]) -> QuerySet[Application]:
    order = (F("due_on").asc(nulls_last=True), F("next_on").asc(nulls_last=True), F("arrived_on").asc(), F("pk").asc())
    ranked = pending.annotate(rank=Window(RowNumber(), partition_by=F("section"), order_by=order))
    return ranked.filter(rank__lte=SHOWN).select_related("handler").only(*LISTED, "handler__name").order_by("rank")
