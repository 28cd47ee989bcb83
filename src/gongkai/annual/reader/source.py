"""What every file format is turned into before the report is recognised in it: lines of text and grids, in order.

The loaders (one module per format) make a ``Source``; recognition knows nothing of formats.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from gongkai.annual.report import Diagnostic


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph of text, as printed. ``heading`` is true where the format marks it as one."""

    text: str
    page: int | None = None
    heading: bool = False


class GridCell(NamedTuple):
    """One cell of a grid with its anchor (``row``, ``column`` from 0) and spans (≥ 1).

    A tuple, because a page has hundreds: a frozen dataclass costs three times as much to make.
    """

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``cells`` are the anchors, in reading order; spans never overlap."""

    cells: tuple[GridCell, ...]
    page: int | None = None

    def rows(self) -> list[list[GridCell | None]]:
        """Return the grid row by row: each position holds the cell that covers it, or ``None``."""
        height = max((cell.row + cell.rowspan for cell in self.cells), default=0)
        width = max((cell.column + cell.colspan for cell in self.cells), default=0)
        result: list[list[GridCell | None]] = [[None] * width for _ in range(height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rowspan):
                result[row][cell.column : cell.column + cell.colspan] = [cell] * cell.colspan
        return result


Block: TypeAlias = Line | Grid


@dataclass(frozen=True, slots=True)
class Source:
    """A file as blocks in reading order.

    ``kind`` is the format by content (``html``, ``docx``, ``xlsx``, ``pdf``, ``ofd``, ``doc``, ``text``, ``ocr``).
    ``alternatives`` are other readings of the same file (a PDF in column order, say), tried in order where the first
    yields no report.
    """

    file: str
    kind: str
    blocks: tuple[Block, ...]
    title: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
    alternatives: tuple[Source, ...] = ()
