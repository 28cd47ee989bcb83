"""What every check of one report shares, computed once."""

from __future__ import annotations

from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from gongkai.annual.audit.captions import edition_of
from gongkai.annual.audit.lists import groups
from gongkai.annual.audit.mentions import mentions
from gongkai.annual.audit.prose import passages
from gongkai.law.levels import Level, level_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from gongkai.annual.audit.lists import Group
    from gongkai.annual.audit.mentions import Mention
    from gongkai.annual.audit.prose import Passage
    from gongkai.annual.report import Number, Report


class Context:
    """One report under audit. ``numbers`` holds the cells with a value, and only those."""

    def __init__(self, report: Report, level: str | None = None, overview_limit: int | None = None) -> None:
        self.report = report
        self.given_level = level
        self.overview_limit = overview_limit  # characters of section 一, where a local rule sets a limit
        self.numbers: dict[str, Number] = {
            key: cell.value for key, cell in report.cells.items() if cell.value is not None
        }

    @cached_property
    def unread(self) -> frozenset[str]:
        """Cells that could not be read: no rule may use them."""
        return self.report.unread_keys

    @cached_property
    def blanks(self) -> frozenset[str]:
        """Cells printed blank, ``/`` or ``-``."""
        return frozenset(self.report.cells.keys() - self.numbers.keys())

    @cached_property
    def level(self) -> Level | None:
        """The level of the body: as given, or as its name tells it."""
        return Level(self.given_level) if self.given_level else level_of(self.report.body or "")

    def edition(self, table: str) -> str:
        """Return the edition by which ``table`` was read."""
        return edition_of(self.report, table)

    @cached_property
    def passages(self) -> list[Passage]:
        """The prose: preamble and sections."""
        return passages(self.report)

    @cached_property
    def mentions(self) -> list[Mention]:
        """Every number of the prose that counts something."""
        return [mention for passage in self.passages for mention in mentions(passage)]

    @cached_property
    def groups(self) -> list[Group]:
        """The wholes and parts among the numbers of the prose."""
        return [
            group
            for _, numbers in groupby(self.mentions, key=lambda mention: id(mention.passage))
            for group in groups([*numbers])
        ]

    def present(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Return those of ``keys`` that the printed form has, read or not."""
        cells, unread = self.report.cells, self.unread
        return tuple([key for key in keys if key in cells or key in unread])

    def summed(self, keys: Collection[str]) -> Number | None:
        """Return the sum of ``keys``; a blank total of a row of table 三 is taken from its columns.

        ``None`` where one of them was not read; blank cells add nothing.
        """
        numbers = self.numbers
        known = [numbers[key] for key in keys if key in numbers]
        if len(known) == len(keys):
            return sum(known)
        result: Number = 0
        for key in keys:
            number = numbers.get(key)
            if number is None:
                if key not in self.blanks:
                    return None
                if key.startswith("requests.") and key.endswith(".total"):
                    row = key.removesuffix("total")
                    number = sum(value for other, value in numbers.items() if other.startswith(row))
            result += number or 0
        return result

    def possible(self, key: str) -> tuple[Number, ...]:
        """Return the numbers an unread cell may hold, as far as its candidates say; empty where they do not."""
        found = [
            candidate[entry.keys.index(key)]
            for entry in self.report.unreadable.values()
            if key in entry.keys
            for candidate in entry.candidates
        ]
        return tuple(dict.fromkeys(number for number in found if number is not None))

    def total(self, keys: Iterable[str]) -> Number | None:
        """Return the sum of ``keys``; blanks add nothing. ``None`` if one is unread or absent, or none has a value."""
        result: Number = 0
        seen = False
        for key in keys:
            number = self.numbers.get(key)
            if number is not None:
                result += number
                seen = True
            elif key not in self.blanks:
                return None
        return result if seen else None
