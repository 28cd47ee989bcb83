"""The annual report as a value: what was printed, what it says, and where it stood.

What was printed is kept for ever. *Not read is never zero*: a cell is a value, blank, not applicable or unreadable,
and a cell the printed form does not have is absent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

Number: TypeAlias = int | Decimal
"""Whole numbers are ``int``; only a printed fraction is a ``Decimal``."""


class State(StrEnum):
    """What a cell of the printed report holds."""

    VALUE = "value"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"  # "/" or "-" was printed


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where in the file something stood; counted from 1, ``None`` where the format has no such thing."""

    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """Return the place in words, such as ``第3页 表2 行5 列3``; empty where nothing is known."""
        parts = (("第{}页", self.page), ("表{}", self.table), ("行{}", self.row), ("列{}", self.column))
        return " ".join(words.format(number) for words, number in parts if number is not None)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as read. ``value`` is ``None`` unless ``state`` is ``VALUE``.

    ``remark`` is what stood beside the number (``其中修订 16 件``); ``unit`` the unit printed in the cell or its head
    where it differs from the form's.
    """

    key: str
    state: State
    value: Number | None
    printed: str
    where: Provenance = Provenance()
    remark: str = ""
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Cells that could not be read: ``key`` names their row (or the one cell).

    Each candidate gives one number (or ``None`` for blank) per key of ``keys``: a way to split what was printed that
    satisfies all the sums. Several candidates are never narrowed by guessing.
    """

    key: str
    keys: tuple[str, ...]
    printed: str
    candidates: tuple[tuple[Number | None, ...], ...] = ()
    where: Provenance = Provenance()


@dataclass(frozen=True, slots=True)
class Section:
    """One top-level section of the report. ``number`` is the printed ordinal, ``None`` where none was printed.

    ``text`` is the prose without the statutory tables, paragraphs separated by newlines.
    """

    number: int | None
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something the reader has to say about the file. ``severity`` is ``error``, ``warning`` or ``info``."""

    severity: str
    code: str
    message: str
    where: str = ""


def _empty() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Report:
    """An annual report of one body for one year.

    ``edition`` is the edition of its table 二 (or its only table); ``table_editions`` says by which form each table
    was read. ``cells`` and ``unreadable`` are disjoint; a cell in neither is not in the printed form. ``period`` is the
    printed 统计期限, both days included. ``labels`` holds the captions of rows known by number only.
    """

    edition: str
    cells: Mapping[str, Cell]
    file: str = ""
    title: str = ""
    body: str | None = None
    year: int | None = None
    period: tuple[date, date] | None = None
    table_editions: Mapping[str, str] = field(default_factory=_empty)
    unreadable: Mapping[str, Unreadable] = field(default_factory=lambda: MappingProxyType({}))
    sections: tuple[Section, ...] = ()
    preamble: str = ""  # what stands before the first section
    diagnostics: tuple[Diagnostic, ...] = ()
    labels: Mapping[str, str] = field(default_factory=_empty)

    def value(self, key: str) -> Number | None:
        """Return the number in the cell ``key``, or ``None`` where it is blank, unreadable or not in the form."""
        cell = self.cells.get(key)
        return None if cell is None else cell.value

    @property
    def unread_keys(self) -> frozenset[str]:
        """The keys of all cells that could not be read."""
        return frozenset(key for entry in self.unreadable.values() for key in entry.keys)

    @property
    def prose(self) -> str:
        """All prose of the report: preamble and sections, without the statutory tables."""
        return "\n".join([self.preamble, *(f"{section.title}\n{section.text}" for section in self.sections)])
