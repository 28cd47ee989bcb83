"""What can be followed through the years although the forms changed, declared in ``indicators.toml``.

An indicator is a sum of cells, given per edition. It has a value only where every one of its cells has one: a cell that
is blank or could not be read makes the indicator unknown, never smaller.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from gongkai.annual.report import Number, Report, State

if TYPE_CHECKING:
    from collections.abc import Mapping


class Known(StrEnum):
    """Whether a report says what an indicator is, and if not, why not."""

    VALUE = "value"
    BLANK = "blank"
    UNREADABLE = "unreadable"
    ABSENT = "absent"  # the printed form does not have it
    NO_BASE = "no-base"  # a rate over nothing


@dataclass(frozen=True, slots=True)
class Entry:
    """What one report says about one indicator. ``value`` is ``None`` unless ``known`` is ``VALUE``."""

    known: Known
    value: Number | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A sum of cells; ``cells`` gives them per edition."""

    key: str
    caption: str
    unit: str
    group: str
    cells: Mapping[str, tuple[str, ...]]

    def entry(self, report: Report) -> Entry:
        """Return what ``report`` says, by the form each of its tables was printed in."""
        for edition, keys in self.cells.items():
            table = keys[0].partition(".")[0]
            if report.table_editions.get(table, report.edition) == edition:
                return total(report, keys)
        return Entry(Known.ABSENT)


@dataclass(frozen=True, slots=True)
class Rate:
    """Indicators ``of`` added up over the indicator ``over``, in per cent with one decimal."""

    key: str
    caption: str
    group: str
    of: tuple[str, ...]
    over: str
    unit: str = "%"

    def entry(self, entries: Mapping[str, Entry]) -> Entry:
        """Return the rate from the ``entries`` of the indicators of one report."""
        needed = [entries[key] for key in (*self.of, self.over)]
        unknown = next((entry for entry in needed if entry.value is None), None)
        if unknown is not None:
            return unknown
        base = needed[-1].value
        if not base:
            return Entry(Known.NO_BASE)
        return Entry(Known.VALUE, percent(sum(entry.value or 0 for entry in needed[:-1]), base))


@dataclass(frozen=True, slots=True)
class Group:
    """Indicators shown together; ``parts_of`` names the indicator they divide up, if they do."""

    key: str
    title: str
    parts_of: str | None = None


def percent(part: Number, whole: Number) -> Decimal:
    """Return ``part`` of ``whole`` in per cent, rounded half up to one decimal; ``whole`` is not zero."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def total(report: Report, keys: tuple[str, ...]) -> Entry:
    """Return the sum of the cells ``keys`` of ``report``, or why there is none."""
    result: Number = 0
    for key in keys:
        cell = report.cells.get(key)
        if cell is None:
            return Entry(Known.UNREADABLE if key in report.unread_keys else Known.ABSENT)
        if cell.value is None:
            return Entry(Known.BLANK if cell.state is State.BLANK else Known.ABSENT)
        result += cell.value
    return Entry(Known.VALUE, result)


@cache
def _declared() -> tuple[tuple[Group, ...], tuple[Indicator, ...], tuple[Rate, ...]]:
    data = tomllib.loads(resources.files("gongkai.annual").joinpath("indicators.toml").read_text(encoding="utf-8"))
    groups = tuple(Group(group["key"], group["title"], group.get("parts_of")) for group in data["group"])
    indicators = tuple(
        Indicator(
            key=entry["key"],
            caption=entry["caption"],
            unit=entry["unit"],
            group=group["key"],
            cells={name: tuple(keys) for name, keys in entry.items() if name.isdigit()},
        )
        for group in data["group"]
        for entry in group["indicator"]
    )
    rates = tuple(Rate(**{**rate, "of": tuple(rate["of"])}) for rate in data["rate"])
    return groups, indicators, rates


def groups() -> tuple[Group, ...]:
    """Return the groups, in the order they are shown."""
    return _declared()[0]


def indicators() -> tuple[Indicator, ...]:
    """Return every indicator, in the order they are shown."""
    return _declared()[1]


def rates() -> tuple[Rate, ...]:
    """Return every rate."""
    return _declared()[2]


def entries(report: Report) -> dict[str, Entry]:
    """Return what ``report`` says about every indicator and rate, by key."""
    found = {indicator.key: indicator.entry(report) for indicator in indicators()}
    return found | {rate.key: rate.entry(found) for rate in rates()}
