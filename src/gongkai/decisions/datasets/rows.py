"""Rows that were looked at: the good ones as they are stored, the bad ones with what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gongkai.decisions.store import Conflict, Row, Table
    from gongkai.tables.captions import Field, Layout


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is not stored: its number, its cells and every rule it breaks."""

    number: int
    cells: list[str]
    problems: tuple[str, ...]


@dataclass(slots=True)
class Sorted:
    """What became of some rows. ``read`` counts all but the empty ones."""

    good: list[Row] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    read: int = 0


class Examiner(Protocol):
    """Knows the rules of one kind of data. Made for one run and told the layout of each sheet."""

    table: Table
    fields: Sequence[Field]

    def fill(self, row: Row) -> None:
        """Store what ``row`` adds to the stored row of its key (see ``clash``)."""
        ...

    def begin(self, layout: Layout) -> None:
        """Go on with a sheet of this layout; raises a ``DecisionsError`` where it does not fit what was chosen."""
        ...

    def sort(self, rows: list[list[str]], first: int) -> Sorted:
        """Look at ``rows``, the first of which has the number ``first``."""
        ...

    def clash(self, conflict: Conflict, place: Callable[[int], str]) -> str | Row | None:
        """Say what a row is whose key is stored: the same (``None``), a supplement (the row), or wrong (the words).

        ``place`` names a row of the file.
        """
        ...


def fit(row: list[str], width: int) -> str:
    """Make ``row`` as wide as the captions; return what is wrong where cells would be lost."""
    if len(row) < width:
        row += [""] * (width - len(row))
        return ""
    if any(cell.strip() for cell in row[width:]):
        return f"整行：有 {len(row)} 格，表头只有 {width} 列；多半是内容里的逗号或引号使各格错位"
    del row[width:]
    return ""
