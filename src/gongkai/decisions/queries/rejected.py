"""The error file of a batch, line by line."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from gongkai.decisions.models import RejectedRow
from gongkai.tables.captions import ERROR_CAPTION, ROW_CAPTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.decisions.models import ImportBatch

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARK = "\ufeff"
_AT_ONCE = 1000


def error_file(batch: ImportBatch) -> Iterator[bytes]:
    """Yield the csv of the rejected rows in pieces: UTF-8 with a mark, the file's columns, the row, what is wrong."""
    yield (_MARK + _line([*batch.columns, ROW_CAPTION, ERROR_CAPTION])).encode()
    rows = RejectedRow.objects.filter(batch=batch).values_list("cells", "place", "problems")
    for cells, place, problems in rows.iterator(chunk_size=_AT_ONCE):
        yield _line([*cells, place, problems]).encode()


def _line(cells: list[str]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerow([_harmless(cell) for cell in cells])
    return text.getvalue()


def _harmless(cell: str) -> str:
    """Keep a spreadsheet program from computing what somebody wrote into a cell."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
