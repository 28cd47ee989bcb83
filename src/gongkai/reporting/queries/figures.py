"""The figures of units for a year, counted from their cases: what a report opens with, and what stands behind a cell.

As of the legal date 31 December, as known at a moment. A unit that ended in the course of the year is counted at the
one that carries on its functions (国办公开办函〔2019〕14号). All units are counted in one pass, whatever their number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from gongkai.annual import forms
from gongkai.applications.queries import table3
from gongkai.decisions.models.facts import in_wan, in_yuan
from gongkai.decisions.queries import counts as decided
from gongkai.records.models import Category
from gongkai.records.queries import normative
from gongkai.remedies.queries import table4
from gongkai.units.models import Succession

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from gongkai.annual.report import Number

COUNTED = ("requests", "remedies")
"""Tables whose every cell is a count of cases: what has none is 0."""

_NAMES = {"total": "in_force"}
"""What the form of 2019 calls 总数量 is what is in force."""

_DOCUMENTS = {"rules": Category.RULES, "normative_documents": Category.NORMATIVE}
_DECISIONS = {"permits": "permit", "penalties": "penalty", "coercion": "coercion"}


@dataclass(slots=True)
class Figures:
    """The figures of one unit: ``numbers`` by cell key, and the ids of the cases behind those of table 三 and 四.

    A cell that this system does not count (the items of permits in the form of 2019, say) is absent.
    """

    numbers: dict[str, Number] = field(default_factory=dict)
    behind: dict[str, list[int]] = field(default_factory=dict)


@cache
def keys(edition: str) -> tuple[str, ...]:
    """Return the cells of the national form, in its order."""
    return tuple(key for table in forms.form(edition).tables for key in tuple(table.keys()))


def figures(units: Collection[int], year: int, edition: str, *, known_at: datetime | None = None) -> dict[int, Figures]:
    """Return the figures of each of ``units`` (ids) for ``year``; entries made after ``known_at`` are not seen."""
    home = homes(units, year)
    nought = dict.fromkeys((key for key in keys(edition) if key.partition(".")[0] in COUNTED), 0)
    found = {unit: Figures(dict(nought)) for unit in units}
    for unit, key, number in table3.entries(home, year, edition, known_at=known_at):
        _add(found[home[unit]], f"requests.{key}", number)
    for unit, key, number in table4.entries(home, date(year, 12, 31), known_at=known_at):
        _add(found[home[unit]], f"remedies.{key}", number)
    _proactive(found, home, year, edition)
    return found


def homes(units: Collection[int], year: int) -> dict[int, int]:
    """Return which of ``units`` counts for each unit: itself, or whoever carries on what ended in ``year``."""
    home = {unit: unit for unit in units}
    links = Succession.objects.filter(predecessor__abolished_on__range=(date(year, 1, 1), date(year, 12, 31))).order_by(
        "predecessor", "successor"
    )
    pending = list(links.values_list("predecessor", "successor"))
    while new := {old: home[heir] for old, heir in reversed(pending) if heir in home and old not in home}:
        home |= new
    return home


def _add(one: Figures, key: str, number: int) -> None:
    one.behind.setdefault(key, []).append(number)
    one.numbers[key] = one.numbers.get(key, 0) + 1


def _proactive(found: Mapping[int, Figures], home: Mapping[int, int], year: int, edition: str) -> None:
    numbers = _Table(found, home)
    _documents(numbers, year, ("made", "repealed", "in_force") if edition == "2021" else ("made", "published", "total"))
    decisions = decided.counts(year, list(home))
    for row, kind in _DECISIONS.items():
        numbers.enter(
            f"proactive.{row}.decisions",
            {unit: kinds[kind] for unit, kinds in decisions.by_unit.items() if kind in kinds},
        )
    if edition == "2021":
        charged = decided.charges(year, list(home)).fen
        numbers.enter("proactive.charges.amount_wan", {unit: in_wan(fen) for unit, fen in charged.items()})
        return
    bought = decided.procurement(year, list(home))
    numbers.enter("proactive.procurement.projects", bought.projects)
    numbers.enter("proactive.procurement.amount_yuan", {unit: in_yuan(fen) for unit, fen in bought.fen.items()})


def _documents(numbers: _Table, year: int, columns: tuple[str, ...]) -> None:
    counts = normative.by_unit(year, numbers.home, _DOCUMENTS.values())
    for row, category in _DOCUMENTS.items():
        for column in columns:
            name = _NAMES.get(column, column)
            values = {unit: getattr(one, name) for unit, one in counts[category].items()}
            numbers.enter(f"proactive.{row}.{column}", values)


@dataclass(slots=True)
class _Table:
    """Numbers on their way to the units that they count for."""

    found: Mapping[int, Figures]
    home: Mapping[int, int]

    def enter(self, key: str, values: Mapping[int, Number]) -> None:
        """Enter a cell of every unit: 0 where ``values`` has nothing of it."""
        for one in self.found.values():
            one.numbers[key] = 0
        for unit, value in values.items():
            numbers = self.found[self.home[unit]].numbers
            numbers[key] += value
