"""Key areas: what belongs to one, and who published in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from gongkai.portal.models import OpenArea
from gongkai.records.models import PublishedRecord
from gongkai.records.queries import published as records
from gongkai.units.queries import tree as trees
from gongkai.windows.errors import NotPublishedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from gongkai.portal.models import KeyArea
    from gongkai.units.queries.tree import Tree

    Area = OpenArea | KeyArea


@dataclass(frozen=True, slots=True)
class Line:
    """A unit that must publish in an area, and how many records it published there in the year."""

    unit: int
    code: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The board of an area for a year. ``total`` is how many records anybody published in it."""

    area: Area
    year: int
    lines: tuple[Line, ...]
    total: int

    @property
    def must(self) -> int:
        """How many units must publish."""
        return len(self.lines)

    @property
    def have(self) -> int:
        """How many of them have."""
        return sum(line.count > 0 for line in self.lines)

    @property
    def missing(self) -> tuple[Line, ...]:
        """Those that have not."""
        return tuple(line for line in self.lines if not line.count)

    @property
    def percent(self) -> int | None:
        """The share of those that have, never rounded up to all; ``None`` where nobody must."""
        return self.have * 100 // self.must if self.must else None


def listed() -> QuerySet[OpenArea]:
    """Return the areas in their order."""
    return OpenArea.objects.all()


def area(slug: str) -> OpenArea:
    """Return an area. Raises ``NotPublishedError``."""
    found = OpenArea.objects.filter(slug=slug).first()
    if found is None:
        raise NotPublishedError(slug)
    return found


def belongs(to: Area) -> Q:
    """Return the rule of an area: its items and subjects, narrowed by words in the title, and what was chosen."""
    inside = Q(scope_item__in=to.scope_items) if to.scope_items else Q(pk__in=())
    for subject in to.subjects:
        inside |= Q(subject=subject) | Q(subject__startswith=f"{subject}/")
    words = Q()
    for word in to.words.split():
        words |= Q(title__contains=word)
    inside &= words
    return inside | Q(pk__in=to.records) if to.records else inside


def records_of(to: Area, wanted: records.Wanted) -> QuerySet[PublishedRecord]:
    """Return the published records of an area that fit, newest first."""
    return records.listed(wanted).filter(belongs(to))


def coverages(areas: Sequence[Area], year: int, today: date) -> list[Coverage]:
    """Return the board of each area for a year, as it stands ``today``. Two queries, however many areas.

    What a unit published that has ended counts for whoever took over from it.
    """
    tree = tree_of(year, today)
    counts = _counts(areas, year)
    boards = []
    for number, one in enumerate(areas):
        by_unit: dict[int, int] = {}
        for unit, found in counts.items():
            for holder in _holders(tree, unit):
                by_unit[holder] = by_unit.get(holder, 0) + found[number]
        kinds, single = set(one.duty_kinds), set(one.duty_units)
        lines = tuple(
            Line(node.id, node.code, node.short_name, by_unit.get(node.id, 0))
            for node in tree
            if node.kind in kinds or node.id in single
        )
        boards.append(Coverage(one, year, lines, sum(found[number] for found in counts.values())))
    return boards


def tree_of(year: int, today: date) -> Tree:
    """Return the units that answer for a year: those at its end, or today's while it lasts."""
    return trees.as_of(min(today, date(year, 12, 31)))


def held_by(tree: Tree, code: str) -> frozenset[int] | None:
    """Return the unit with this code and those that ended in it, without what is below; ``None`` for no such unit."""
    node = tree.coded(code)
    if node is None:
        return None
    return frozenset({node.id, *(unit for unit in tree.ended if node.id in _holders(tree, unit))})


def _counts(areas: Sequence[Area], year: int) -> dict[int, tuple[int, ...]]:
    """Return how many records each unit published in the year, area by area."""
    if not areas:
        return {}
    names = [f"of_{number}" for number in range(len(areas))]
    each = {name: Count("pk", filter=belongs(one)) for name, one in zip(names, areas, strict=True)}
    rows = PublishedRecord.objects.filter(published_on__range=(date(year, 1, 1), date(year, 12, 31)))
    found = rows.order_by().values("unit_id").annotate(**each).values_list("unit_id", *names)
    return {unit: tuple(numbers) for unit, *numbers in found}


def _holders(tree: Tree, unit: int) -> set[int]:
    """Return who answers for what a unit published: itself, or whoever took over, as far as reform goes."""
    found, waiting, seen = set(), [unit], set()
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        if current in tree.ended:
            waiting += tree.ended[current].heirs
        else:
            found.add(current)
    return found
