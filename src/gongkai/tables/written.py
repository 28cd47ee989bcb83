"""Tables we give away: csv and xlsx, in which nothing that somebody wrote is computed."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl import Workbook

from gongkai.tables.returned import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Cell = str | int

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The media types by form."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file made."""

    name: str
    media_type: str
    data: bytes


def written(form: str, name: str, title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Table:
    """Return ``rows`` under ``columns`` as the file ``name`` of a ``form`` of ``MEDIA``; ``title`` names the sheet."""
    data = _csv(columns, rows) if form == "csv" else _xlsx(title, columns, rows)
    return Table(f"{name}.{form}", MEDIA[form], data)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(map(_safe, rows))
    return ("\ufeff" + text.getvalue()).encode()


def _xlsx(title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.append(list(columns))
    for row in rows:
        sheet.append(_safe(row))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _safe(row: Sequence[Cell]) -> list[Cell]:
    return [harmless(cell) if isinstance(cell, str) else cell for cell in row]
