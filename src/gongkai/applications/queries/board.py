"""The due-date board: how many are in each section, at which unit, and the most pressing of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from gongkai.applications.models import PENDING, Application
from gongkai.applications.queries.lines import time_left
from gongkai.applications.queries.register import LISTED, listed
from gongkai.applications.queries.urgency import SECTIONS, Section, Sections, sections_on
from gongkai.units import calendar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from gongkai.accounts.queries.scope import Scope
    from gongkai.applications.queries.register import Wanted
    from gongkai.units.queries.tree import Tree

SHOWN = 8
"""How many applications of a section the board shows; the rest are in the register."""


@dataclass(frozen=True, slots=True)
class Item:
    """An application on the board, in words."""

    key: int
    title: str
    due: str
    about: str
    left: str
    is_unclaimed: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A section with the most pressing of its applications and how many there are in all."""

    section: Section
    items: list[Item]
    count: int


@dataclass(frozen=True, slots=True)
class UnitRow:
    """How many unfinished applications a unit has: ``counts`` by section, in the order of ``SECTIONS``."""

    unit: int
    counts: tuple[tuple[Section, int], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Board:
    """The board of one day: the columns, and how many there are in all."""

    columns: list[Column]
    total: int


def board(scope: Scope, tree: Tree, wanted: Wanted, besides: Q) -> Board:
    """Return the board of the unfinished applications that fit ``wanted`` and ``besides``; three queries.

    Counted by stage and due date they are few, whatever their number; and the counts tell which days hold the most
    pressing of each section, so that no others are read.
    """
    pending = _pending(scope, tree, wanted, besides)
    sections = sections_on(scope.day)
    groups: dict[str, list[tuple[date, int]]] = {section.key: [] for section in SECTIONS}
    for stage, due, count in pending.values_list("stage", "due_on").annotate(count=Count("pk")):
        groups[sections.key(stage, due)].append((due or date.max, count))
    shown = _most_pressing(pending, groups, sections)
    items = _items([key for keys in shown.values() for key in keys], scope.day, tree)
    columns = [
        Column(one, [items[key] for key in shown[one.key]], sum(count for _, count in groups[one.key]))
        for one in SECTIONS
    ]
    return Board(columns, sum(column.count for column in columns))


def by_unit(scope: Scope, tree: Tree, wanted: Wanted, besides: Q) -> list[UnitRow]:
    """Return how many each unit has in each section, the most pressed unit first; one query."""
    sections = sections_on(scope.day)
    counts: dict[int, dict[str, int]] = {}
    grouped = _pending(scope, tree, wanted, besides).values_list("unit_id", "stage", "due_on")
    for unit, stage, due, count in grouped.annotate(count=Count("pk")):
        of = counts.setdefault(unit, {})
        section = sections.key(stage, due)
        of[section] = of.get(section, 0) + count
    rows = [
        UnitRow(unit, tuple((section, of.get(section.key, 0)) for section in SECTIONS), sum(of.values()))
        for unit, of in counts.items()
    ]
    return sorted(rows, key=lambda row: ([-count for _, count in row.counts], row.unit))


def _pending(scope: Scope, tree: Tree, wanted: Wanted, besides: Q) -> QuerySet[Application]:
    return listed(scope, tree, wanted).filter(besides, stage__in=PENDING).order_by()


def _most_pressing(
    pending: QuerySet[Application], groups: Mapping[str, list[tuple[date, int]]], sections: Sections
) -> dict[str, list[int]]:
    """Return the keys of the applications that each section shows."""
    days: set[date] = set()
    for found in groups.values():
        seen = 0
        for due, count in sorted(found):
            if seen < SHOWN:
                days.add(due)
            seen += count
    condition = Q(due_on__in=days - {date.max})
    if date.max in days:
        condition |= Q(due_on__isnull=True)
    ranked: dict[str, list[tuple[date, date, date, int]]] = {section.key: [] for section in SECTIONS}
    columns = ("pk", "stage", "due_on", "next_on", "arrived_on")
    for key, stage, due, following, arrived in pending.filter(condition).values_list(*columns):
        ranked[sections.key(stage, due)].append((due or date.max, following or date.max, arrived, key))
    return {section: [key for *_, key in sorted(found)[:SHOWN]] for section, found in ranked.items()}


def _items(keys: list[int], day: date, tree: Tree) -> dict[int, Item]:
    which = calendar.of_city("answer")
    rows = Application.objects.filter(pk__in=keys).select_related("handler").only(*LISTED, "handler__name").order_by()
    items = {}
    for one in rows:
        who = one.handler.name if one.handler else one.desk
        items[one.pk] = Item(
            one.pk,
            one.title or "（未写名称）",
            _due(one),
            f"{one.number}　{tree.name(one.unit_id)}　{who}",
            time_left(one, day, which)[0],
            is_unclaimed=not who,
        )
    return items


def _due(application: Application) -> str:
    provisional = "（暂定）" if application.is_provisional else ""
    if application.due_on is not None:
        return _short(application.due_on) + provisional
    if application.next_on is not None:
        return f"{application.next_what}至 {_short(application.next_on)}{provisional}"
    return f"{_short(application.arrived_on)} 到达"


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
