"""A report as rows of one long table: what the CSV file and the data sheet of the workbook hold.

First the metadata (``report.year`` …), then the sections, then one row per cell with its caption path.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING

from gongkai.annual import forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gongkai.annual.report import Number, Report

SEPARATOR = " > "
"""Between the captions of a path: table, block or groups, row, column."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row. ``state`` is that of a cell, ``unreadable``, ``metadata`` or ``section``; texts stand in ``printed``.

    ``candidates`` are the readings of an unreadable cell: numbers joined by blanks, ``-`` for a blank cell, readings
    joined by bars. ``value`` is empty unless ``state`` is ``value``.
    """

    key: str
    caption: str
    value: str
    state: str
    printed: str
    unit: str = ""
    remark: str = ""
    keys: str = ""
    candidates: str = ""
    where: str = ""


COLUMNS = tuple(field.name for field in fields(Record))
"""The heads of the long table."""


def records(report: Report) -> Iterator[Record]:
    """Yield the rows of ``report``, in the order of its cells."""
    yield from _metadata(report)
    for index, section in enumerate(report.sections, 1):
        number = "" if section.number is None else str(section.number)
        yield Record(f"section.{index}", section.title, number, "section", section.text)
    for key, cell in report.cells.items():
        caption, unit = described(report, key)
        value = "" if cell.value is None else str(cell.value)
        where = str(cell.where)
        yield Record(key, caption, value, cell.state, cell.printed, cell.unit or unit, cell.remark, where=where)
    for key, entry in report.unreadable.items():
        caption, unit = described(report, key)
        readings = "|".join(" ".join(map(_reading, candidate)) for candidate in entry.candidates)
        keys = " ".join(entry.keys)
        yield Record(key, caption, "", "unreadable", entry.printed, unit, "", keys, readings, where=str(entry.where))


def _reading(number: Number | None) -> str:
    return "-" if number is None else str(number)


def _metadata(report: Report) -> Iterator[Record]:
    period = "/".join(day.isoformat() for day in report.period) if report.period else ""
    values = {
        "edition": ("版式", report.edition),
        "title": ("标题", report.title),
        "body": ("机构", report.body or ""),
        "year": ("年度", str(report.year or "")),
        "period": ("统计期限", period),
        "table_editions": ("各表版式", " ".join(f"{key}={value}" for key, value in report.table_editions.items())),
        "preamble": ("引言", report.preamble),
    }
    for name, (caption, text) in values.items():
        if text:
            yield Record(f"report.{name}", caption, "", "metadata", text)
    for key, label in report.labels.items():
        yield Record(f"label.{key}", "行名", "", "metadata", label)


def described(report: Report, key: str) -> tuple[str, str]:
    """Return the caption path of a cell or a row, and the unit of the form; both may be empty."""
    table = key.partition(".")[0]
    edition = report.table_editions.get(table, report.edition)
    known = _captions(edition).get(key) or next(
        (captions[key] for captions in map(_captions, forms.EDITIONS) if key in captions), None
    )
    return known or (report.labels.get(key, ""), "")


@cache
def _captions(edition: str) -> Mapping[str, tuple[str, str]]:
    """Return caption path and unit by cell key, and by ``table.row`` for rows of several columns."""
    result: dict[str, tuple[str, str]] = {}
    for table in forms.form(edition).tables:
        for block in table.blocks:
            for row in block.rows:
                path = [table.title, block.caption, *row.group, row.caption]
                result.setdefault(f"{table.key}.{row.key}", (SEPARATOR.join(filter(None, path)), row.unit or ""))
                for column in block.columns:
                    captions = filter(None, (*path, *column.group, column.caption))
                    key = table.key_of(row.key, column.key)
                    result[key] = (SEPARATOR.join(captions), column.unit or row.unit or "")
    return result
