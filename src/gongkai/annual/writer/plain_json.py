"""The report as the JSON object that ``gongkai read`` prints, with what is needed to get the same report back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.annual import jsonio

if TYPE_CHECKING:
    from gongkai.annual.report import Report
    from gongkai.annual.writer.publication import Publication


def write(report: Report, publication: Publication) -> bytes:
    """Return the report as one line of UTF-8 JSON. Nothing in it depends on where the report is published."""
    del publication
    return jsonio.dumps(report, details=True).encode(errors="replace") + b"\n"
