"""The file of bad rows that goes back to whoever sent them, to be corrected and sent again."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from gongkai.tables.captions import ERROR_CAPTION, ROW_CAPTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARK = "\ufeff"


def error_file(columns: Sequence[str], rows: Iterable[tuple[Sequence[str], str, str]]) -> Iterator[bytes]:
    """Yield a csv in pieces: UTF-8 with a mark; ``rows`` are cells under ``columns``, the place, what is wrong."""
    yield (_MARK + line([*columns, ROW_CAPTION, ERROR_CAPTION])).encode()
    for cells, place, problems in rows:
        yield line([*cells, place, problems]).encode()


def line(cells: Sequence[str]) -> str:
    """Return one row of a csv that no spreadsheet program will compute."""
    text = io.StringIO(newline="")
    csv.writer(text).writerow([harmless(cell) for cell in cells])
    return text.getvalue()


def harmless(cell: str) -> str:
    """Return ``cell`` so that no spreadsheet program computes what somebody wrote into it."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
