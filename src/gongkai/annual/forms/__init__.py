"""The forms of the annual report, one per edition, declared once in the TOML files beside this module.

The reader's labels, the writer's layout and the audit's sums all come from here.

A cell is addressed by its *key*: ``table.row.column``, or ``table.row`` where the table has one unnamed column
(``statistics_2014``). Rows, columns and keys are listed in the order of the printed form.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

_T = TypeVar("_T")

EDITIONS = ("2021", "2019", "2014", "2008")
"""The editions known, newest first."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a block. ``key`` is empty where the form has a single unnamed value column."""

    key: str
    caption: str
    unit: str | None = None
    kind: str = "count"  # count: whole and not negative; change: signed whole; amount: decimal, not negative
    group: tuple[str, ...] = ()  # printed heads above this one, outermost first
    variants: tuple[str, ...] = ()  # other captions met in print
    total_of: tuple[str, ...] = ()  # columns this one is the sum of
    replaces: tuple[str, ...] = ()  # a local form prints this column in place of those; absent from the national form


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a block."""

    key: str
    caption: str
    unit: str | None = None
    group: tuple[str, ...] = ()  # captions of the groups it stands in, outermost first
    signatures: tuple[str, ...] = ()  # normalised fragments by which a damaged caption is still known
    variants: tuple[str, ...] = ()
    total_of: tuple[str, ...] = ()  # rows this one is the sum of
    leaf: bool = False  # an outcome of table 三: an application counts in exactly one
    levels: tuple[str, ...] = ()  # levels of government that may fill it; empty = every level


@dataclass(frozen=True, slots=True)
class Balance:
    """Rows whose sum must agree, column by column (勾稽关系)."""

    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that share one head. ``scope`` is the item of 条例 第二十条 the block accounts for."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    scope: str = ""
    head: str = ""  # the caption above the row captions

    @property
    def national_columns(self) -> tuple[Column, ...]:
        """The columns of the national form, without local replacements."""
        return tuple(column for column in self.columns if not column.replaces)


@dataclass(frozen=True, slots=True)
class Table:
    """One statutory table.

    ``layout`` is ``blocks`` (heads repeated per block), ``matrix`` (rows × columns), ``wide`` (the rows laid side by
    side over one line of numbers) or ``list`` (indicator, unit, values).
    """

    key: str
    title: str
    layout: str
    blocks: tuple[Block, ...]
    note: str = ""
    heads: tuple[str, ...] = ()
    balances: tuple[Balance, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows of all blocks."""
        return tuple(row for block in self.blocks for row in block.rows)

    def row(self, key: str) -> Row:
        """Return the row ``key``; ``KeyError`` if the table has none."""
        return next((row for row in self.rows if row.key == key), None) or _missing(self.key, key)

    def block_of(self, row: str) -> Block:
        """Return the block that holds the row ``row``; ``KeyError`` if the table has none."""
        return next((b for b in self.blocks if any(r.key == row for r in b.rows)), None) or _missing(self.key, row)

    def key_of(self, row: str, column: str) -> str:
        """Return the cell key of a row and a column key."""
        return f"{self.key}.{row}.{column}" if column else f"{self.key}.{row}"

    def keys(self) -> Iterator[str]:
        """Yield the cell keys of the national form, in printed order."""
        for block in self.blocks:
            for row in block.rows:
                for column in block.national_columns:
                    yield self.key_of(row.key, column.key)


@dataclass(frozen=True, slots=True)
class Identity:
    """Cells whose sums must be equal: ``sum(left) == sum(right)``; ``left`` is the printed total where there is one.

    ``code`` is the finding code of a breach: ``row-sum``, ``column-sum``, ``balance`` or ``remedy-sum``.
    """

    code: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One edition of the annual report. ``first_year`` and ``last_year`` are report years, both included."""

    edition: str
    basis: str  # document number
    first_year: int
    last_year: int | None
    tables: tuple[Table, ...]

    def table(self, key: str) -> Table:
        """Return the table ``key``; ``KeyError`` if the form has none."""
        return next((table for table in self.tables if table.key == key), None) or _missing(self.edition, key)

    def covers(self, year: int) -> bool:
        """Tell whether ``year`` is one of the report years of this form."""
        return self.first_year <= year <= (self.last_year or year)


def _missing(where: str, key: str) -> NoReturn:
    raise KeyError(f"{where}: no {key!r}")


@cache
def form(edition: str) -> Form:
    """Return the form of ``edition`` (one of ``EDITIONS``); ``KeyError`` for any other."""
    if edition not in EDITIONS:
        _missing("forms", edition)
    text = resources.files(__name__).joinpath(f"{edition}.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Form(
        edition=data["edition"],
        basis=data["basis"],
        first_year=data["first_year"],
        last_year=data.get("last_year"),
        tables=tuple(_table(table) for table in data["table"]),
    )


@cache
def table(edition: str, key: str) -> Table:
    """Return one table of one edition; ``KeyError`` if there is none."""
    return form(edition).table(key)


@cache
def identities(edition: str, key: str) -> tuple[Identity, ...]:
    """Return every identity that the table ``key`` of ``edition`` must satisfy.

    A form may print fewer rows than declared (the older local ones do): whoever applies an identity leaves out
    those with a cell the report does not have.
    """
    found = table(edition, key)
    result: list[Identity] = []
    for block in found.blocks:
        for column in block.national_columns:
            result += [
                Identity(
                    "remedy-sum" if key == "remedies" else "row-sum",
                    (found.key_of(row.key, column.key),),
                    tuple(found.key_of(row.key, part) for part in column.total_of),
                )
                for row in block.rows
                if column.total_of
            ]
            result += [
                Identity(
                    "column-sum",
                    (found.key_of(row.key, column.key),),
                    tuple(found.key_of(part, column.key) for part in row.total_of),
                )
                for row in block.rows
                if row.total_of
            ]
            result += [
                Identity(
                    "balance",
                    tuple(found.key_of(row, column.key) for row in balance.left),
                    tuple(found.key_of(row, column.key) for row in balance.right),
                )
                for balance in found.balances
            ]
    return tuple(result)


def _table(data: dict[str, Any]) -> Table:
    return Table(
        key=data["key"],
        title=data["title"],
        layout=data["layout"],
        note=data.get("note", ""),
        heads=tuple(data.get("heads", ())),
        balances=tuple(Balance(tuple(b["left"]), tuple(b["right"])) for b in data.get("balance", ())),
        blocks=tuple(
            Block(
                columns=tuple(_made(Column, column) for column in block["column"]),
                rows=tuple(_made(Row, row) for row in block["row"]),
                caption=block.get("caption", ""),
                scope=block.get("scope", ""),
                head=block.get("head", ""),
            )
            for block in data["block"]
        ),
    )


def _made(kind: type[_T], data: dict[str, Any]) -> _T:
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in data.items()})
