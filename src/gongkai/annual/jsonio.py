"""A ``Report`` as the JSON object of ``gongkai read`` (contract), and back.

``dump`` adds to the contract what is needed to get the same report back: the state, printed text, remark, unit and
place of each cell under ``details`` (only where they say more than the value).
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from gongkai.annual import forms
from gongkai.annual.report import Cell, Diagnostic, Provenance, Report, Section, State, Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gongkai.annual.report import Number


def dumps(report: Report, *, details: bool = False) -> str:
    """Return the report as one line of JSON, Chinese unescaped."""
    return json.dumps(dump(report, details=details), ensure_ascii=False)


def loads(text: str) -> Report:
    """Return the report in a line of JSON. Raises ``KeyError``, ``TypeError`` or ``ValueError`` where it is none."""
    data = json.loads(text, parse_float=Decimal)
    if not isinstance(data, dict):
        raise TypeError("不是一份报告的 JSON 对象")
    return load(data)


def dump(report: Report, *, details: bool = False) -> dict[str, Any]:
    """Return the object of ``gongkai read``; with ``details`` what ``load`` needs to give the same report back."""
    result: dict[str, Any] = {
        "file": report.file,
        "edition": report.edition,
        "year": report.year,
        "body": report.body,
        "period": None if report.period is None else [day.isoformat() for day in report.period],
        "table_editions": dict(report.table_editions),
        "cells": {key: _plain(cell.value) for key, cell in report.cells.items()},
        "unreadable": {
            key: {
                "printed": entry.printed,
                "candidates": [[_plain(value) for value in candidate] for candidate in entry.candidates],
            }
            for key, entry in report.unreadable.items()
        },
        "sections": [
            {"number": section.number, "title": section.title, "text": section.text} for section in report.sections
        ],
        "diagnostics": [
            {"severity": entry.severity, "code": entry.code, "message": entry.message, "where": entry.where}
            for entry in report.diagnostics
        ],
    }
    if report.labels:
        result["labels"] = dict(report.labels)
    if details:
        result["title"] = report.title
        result["preamble"] = report.preamble
        result["labels"] = dict(report.labels)
        result["details"] = {key: _details(cell) for key, cell in report.cells.items()}
        for key, entry in report.unreadable.items():
            result["unreadable"][key] |= {"keys": list(entry.keys), "where": _place(entry.where)}
    return result


def load(data: Mapping[str, Any]) -> Report:
    """Return the report that ``dump`` made ``data`` from.

    Without ``details`` a cell's printed text is its value, the place of everything is unknown, and what is unread in a
    row is unread in every column that the form has.
    """
    details: Mapping[str, Any] = data.get("details", {})
    period = data.get("period")
    tables: Mapping[str, str] = data.get("table_editions", {})
    return Report(
        edition=data["edition"],
        cells=MappingProxyType({key: _cell(key, value, details.get(key, {})) for key, value in data["cells"].items()}),
        file=data.get("file", ""),
        title=data.get("title", ""),
        body=data.get("body"),
        year=data.get("year"),
        period=None if period is None else (date.fromisoformat(period[0]), date.fromisoformat(period[1])),
        table_editions=MappingProxyType(dict(tables)),
        unreadable=MappingProxyType(
            {
                key: _unreadable(key, entry, tables.get(key.partition(".")[0], data["edition"]))
                for key, entry in data.get("unreadable", {}).items()
            }
        ),
        sections=tuple(Section(entry["number"], entry["title"], entry["text"]) for entry in data.get("sections", ())),
        preamble=data.get("preamble", ""),
        diagnostics=tuple(Diagnostic(**entry) for entry in data.get("diagnostics", ())),
        labels=MappingProxyType(dict(data.get("labels", {}))),
    )


def _plain(value: Number | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value


def _number(value: Any) -> Number | None:  # noqa: ANN401 -- whatever the JSON holds
    return Decimal(str(value)) if isinstance(value, float) else value


def _details(cell: Cell) -> dict[str, Any]:
    result: dict[str, Any] = {"state": str(cell.state), "printed": cell.printed, "where": _place(cell.where)}
    if cell.remark:
        result["remark"] = cell.remark
    if cell.unit is not None:
        result["unit"] = cell.unit
    return result


def _cell(key: str, value: Any, details: Mapping[str, Any]) -> Cell:  # noqa: ANN401 -- whatever the JSON holds
    number = _number(value)
    return Cell(
        key,
        State(details["state"]) if "state" in details else State.BLANK if number is None else State.VALUE,
        number,
        details.get("printed", "" if number is None else str(number)),
        Provenance(**details.get("where", {})),
        details.get("remark", ""),
        details.get("unit"),
    )


def _unreadable(key: str, entry: Mapping[str, Any], edition: str) -> Unreadable:
    candidates = tuple(tuple(_number(value) for value in candidate) for candidate in entry["candidates"])
    keys = tuple(entry["keys"]) if "keys" in entry else _keys_of(key, edition)
    return Unreadable(key, keys, entry["printed"], candidates, Provenance(**entry.get("where", {})))


def _keys_of(key: str, edition: str) -> tuple[str, ...]:
    """Return the cells of the row ``key``; itself where it is a cell, or where the form has no such row."""
    name, _, row = key.partition(".")
    tables = forms.form(edition).tables if edition in forms.EDITIONS else ()
    for table in tables:
        if table.key == name and row in {one.key for one in table.rows}:
            return tuple(table.key_of(row, column.key) for column in table.block_of(row).national_columns)
    return (key,)


def _place(where: Provenance) -> dict[str, int]:
    parts = {"page": where.page, "table": where.table, "row": where.row, "column": where.column}
    return {name: number for name, number in parts.items() if number is not None}
