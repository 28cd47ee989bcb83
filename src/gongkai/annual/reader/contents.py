"""What the cells of a table hold, and whether that makes it a table of data or the layout of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.annual.reader.grids import join
from gongkai.annual.reader.source import Grid, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.annual.reader.strips import Item

_LONGEST_CELL = 400
_PROSE = 5000
_MANY_CELLS = 20
_FEW_CELLS = 4


def flatten(items: Sequence[Item]) -> tuple[str, int]:
    """Return the text of a cell and the number of cells of the largest table in it.

    Of a cell that holds pages of prose only the beginning is returned: ``is_data`` calls its table a layout.
    """
    if not items:
        return "", 0
    if len(items) == 1 and isinstance(items[0], str):
        return items[0], 0
    texts: list[str] = []
    nested = length = 0
    for item in items:
        parts = _texts(item)
        if isinstance(item, Grid):
            nested = max(nested, len(item.cells))
        texts += parts
        length += sum(map(len, parts))
        if length > _PROSE:
            break
    return join(texts), nested


def _texts(item: Item) -> list[str]:
    if isinstance(item, str):
        return [item]
    if isinstance(item, Line):
        return [item.text]
    if isinstance(item, Grid):
        return [cell.text for cell in item.cells]
    return [box.text for row in item.rows for box in row]


def is_data(rows: Sequence[Sequence[tuple[str, int]]]) -> bool:
    """Tell a table of data from one that lays out a page; ``rows`` hold what ``flatten`` says of each cell.

    A layout table holds other tables, or one cell with most of the text, or is a single column, or is empty. A large
    table keeps small tables inside its cells as their text.
    """
    cells = [cell for row in rows for cell in row]
    longest = max((len(text) for text, _ in cells), default=0)
    nested = max((inner for _, inner in cells), default=0)
    total = sum(len(text) for text, _ in cells)
    if not total or max(map(len, rows)) == 1 or longest > _PROSE:
        return False
    if nested and (len(cells) < _MANY_CELLS or nested > _FEW_CELLS):
        return False
    return longest <= _LONGEST_CELL or longest * 2 <= total
