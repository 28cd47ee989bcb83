"""The due-date board: how many are in each section, at which unit, and the most pressing of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gongkai.applications.models import PENDING, Application
from gongkai.applications.queries.lines import time_left
from gongkai.applications.queries.register import LISTED, listed
from gongkai.applications.queries.urgency import SECTIONS, Section, sections_on
from gongkai.units import calendar

if TYPE_CHECKING:
    from django.db.models import Q

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
    """The board of one day: the columns, and the units where there are several."""

    columns: list[Column]
    units: list[UnitRow]
    total: int


def board(scope: Scope, tree: Tree, wanted: Wanted, besides: Q) -> Board:
    """Return the board of the unfinished applications that fit ``wanted`` and ``besides``; two queries.

    All of them are read once, in few columns, and put into their sections here: they are a small part of the register.
    """
    pending = listed(scope, tree, wanted).filter(besides, stage__in=PENDING).order_by()
    sections = sections_on(scope.day)
    found: dict[str, list[tuple[date, date, date, int]]] = {section.key: [] for section in SECTIONS}
    by_unit: dict[int, dict[str, int]] = {}
    columns = ("pk", "unit_id", "stage", "due_on", "next_on", "arrived_on")
    for key, unit, stage, due, following, arrived in pending.values_list(*columns):
        section = sections.key(stage, due)
        found[section].append((due or date.max, following or date.max, arrived, key))
        counts = by_unit.setdefault(unit, {})
        counts[section] = counts.get(section, 0) + 1
    shown = {section: [key for *_, key in sorted(days)[:SHOWN]] for section, days in found.items()}
    items = _items([key for keys in shown.values() for key in keys], scope.day, tree)
    units = [
        UnitRow(unit, tuple((section, of.get(section.key, 0)) for section in SECTIONS), sum(of.values()))
        for unit, of in by_unit.items()
    ]
    units.sort(key=lambda row: ([-count for _, count in row.counts], row.unit))
    return Board(
        [Column(one, [items[key] for key in shown[one.key]], len(found[one.key])) for one in SECTIONS],
        units,
        sum(row.total for row in units),
    )


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
