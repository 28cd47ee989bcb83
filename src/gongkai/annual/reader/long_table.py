"""The long CSV table that ``gongkai.annual.writer`` writes, read back to the report it was written from.

It holds all of the report but its diagnostics and the places in the file it first came from: those say nothing of
this file.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from gongkai.annual.errors import DamagedFileError
from gongkai.annual.report import Cell, Report, Section, State, Unreadable
from gongkai.annual.writer.records import described

if TYPE_CHECKING:
    from gongkai.annual.report import Number

HEAD = "key,caption,value,state,printed,unit,remark,keys,candidates,where"
"""The first line of such a file, without its byte order mark."""

_LONGEST_FIELD = 1 << 24


def is_long_table(text: str) -> bool:
    """Tell whether ``text`` is a table written by this package."""
    return text.removeprefix("\ufeff").startswith(HEAD)


def parse(text: str, *, file: str) -> Report:
    """Return the report in ``text``. Raises ``DamagedFileError`` where a row does not say what it must."""
    csv.field_size_limit(_LONGEST_FIELD)
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    values: dict[str, str] = {}
    cells: dict[str, Cell] = {}
    unreadable: dict[str, Unreadable] = {}
    sections: list[Section] = []
    try:
        for line in rows:
            row = {name: _bare(entry) for name, entry in line.items()}
            key, state = row["key"], row["state"]
            if state == "metadata":
                values[key] = row["printed"]
            elif state == "section":
                number = int(row["value"]) if row["value"] else None
                sections.append(Section(number, row["caption"], row["printed"]))
            elif state == "unreadable":
                readings = tuple(
                    tuple(_candidate(word) for word in reading.split())
                    for reading in row["candidates"].split("|")
                    if reading
                )
                unreadable[key] = Unreadable(key, tuple(row["keys"].split()), row["printed"], readings)
            else:
                cells[key] = _cell(key, row)
        return _report(values, cells, unreadable, tuple(sections), file)
    except (ValueError, KeyError, AttributeError, InvalidOperation, csv.Error) as error:
        raise DamagedFileError(
            f"CSV 长表第 {rows.line_num} 行的内容不合要求（{error}）。请用未经改动的导出文件重试。"
        ) from error


def _report(
    values: dict[str, str],
    cells: dict[str, Cell],
    unreadable: dict[str, Unreadable],
    sections: tuple[Section, ...],
    file: str,
) -> Report:
    first, _, last = values.get("report.period", "").partition("/")
    year = values.get("report.year")
    report = Report(
        edition=values["report.edition"],
        cells=cells,
        file=file,
        title=values.get("report.title", ""),
        body=values.get("report.body"),
        year=int(year) if year else None,
        period=(date.fromisoformat(first), date.fromisoformat(last)) if first else None,
        table_editions=dict(pair.split("=") for pair in values.get("report.table_editions", "").split()),
        unreadable=unreadable,
        sections=sections,
        preamble=values.get("report.preamble", ""),
        labels={key.removeprefix("label."): text for key, text in values.items() if key.startswith("label.")},
    )
    # The table gives every cell its unit; a cell keeps only one that is not its form's.
    own = {
        key: replace(cell, unit=None) if cell.unit == described(report, key)[1] else cell for key, cell in cells.items()
    }
    return replace(report, cells=own)


def _cell(key: str, row: dict[str, str]) -> Cell:
    state = State(row["state"])
    value = _value(row["value"]) if state is State.VALUE else None
    return Cell(key, state, value, row["printed"], remark=row["remark"], unit=row["unit"] or None)


def _candidate(word: str) -> Number | None:
    return None if word == "-" else _value(word)


def _value(word: str) -> Number:
    return Decimal(word) if "." in word else int(word)


def _bare(text: str) -> str:
    """Return ``text`` without the apostrophe that guards it from being taken for a formula."""
    return text.removeprefix("'")
