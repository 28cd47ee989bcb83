"""The report as the JSON object that ``gongkai read`` prints."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gongkai.annual.report import Number, Report
    from gongkai.annual.writer.publication import Publication


def write(report: Report, publication: Publication) -> bytes:
    """Return the report as one line of UTF-8 JSON. Nothing in it depends on where the report is published."""
    del publication
    return json.dumps(as_object(report), ensure_ascii=False).encode(errors="replace") + b"\n"


def as_object(report: Report) -> dict[str, Any]:
    """Return the object of the contract: ``cells`` holds numbers and ``null``, ``unreadable`` what was printed."""
    return {
        "file": report.file,
        "edition": report.edition,
        "year": report.year,
        "body": report.body,
        "period": [day.isoformat() for day in report.period] if report.period else None,
        "table_editions": dict(report.table_editions),
        "cells": {key: _number(cell.value) for key, cell in report.cells.items()},
        "unreadable": {
            key: {
                "printed": entry.printed,
                "candidates": [[_number(number) for number in reading] for reading in entry.candidates],
            }
            for key, entry in report.unreadable.items()
        },
        "sections": [{"number": part.number, "title": part.title, "text": part.text} for part in report.sections],
        "diagnostics": [
            {"severity": entry.severity, "code": entry.code, "message": entry.message, "where": entry.where}
            for entry in report.diagnostics
        ],
    }


def _number(value: Number | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value
