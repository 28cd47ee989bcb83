"""The report as one long table of comma-separated values, for statistics programs and spreadsheets."""

from __future__ import annotations

import csv
import io
from dataclasses import astuple
from typing import TYPE_CHECKING

from gongkai.annual.writer.records import COLUMNS, records

if TYPE_CHECKING:
    from gongkai.annual.report import Report
    from gongkai.annual.writer.publication import Publication

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PLAIN = frozenset("0123456789.+-")


def write(report: Report, publication: Publication) -> bytes:
    """Return the report as CSV (RFC 4180) in UTF-8 with a byte order mark, which Excel needs to see Chinese.

    Nothing in it depends on where the report is published.
    """
    del publication
    buffer = io.StringIO()
    rows = csv.writer(buffer)
    rows.writerow(COLUMNS)
    for record in records(report):
        rows.writerow([guarded(text) for text in astuple(record)])
    return buffer.getvalue().encode("utf-8-sig", errors="replace")


def guarded(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula: an apostrophe goes before what looks like one.

    Signed numbers are left alone. A text that begins with an apostrophe gets another one, so that the guard can
    always be taken off.
    """
    if text.startswith("'") or (text.startswith(_FORMULA) and not _PLAIN.issuperset(text)):
        return f"'{text}"
    return text
