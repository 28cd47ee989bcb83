"""How a message names a cell: the captions of the form, never the key."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from gongkai.annual import forms

if TYPE_CHECKING:
    from gongkai.annual.report import Report

TABLES = {
    "proactive": "表二",
    "requests": "表三",
    "remedies": "表四",
    "summary_2008": "附表",
    "statistics_2014": "统计表",
}
"""What the tables are called in messages."""


@cache
def caption(edition: str, key: str) -> str:
    """Return the words for a cell, such as ``表三“（一）予以公开”自然人``; the key itself where the form has none."""
    table, _, rest = key.partition(".")
    row, _, column = rest.partition(".")
    try:
        found = forms.table(edition, table)
        block = found.block_of(row)
        words = found.row(row).caption
        head = next(entry.caption for entry in block.columns if entry.key == column)
    except (KeyError, StopIteration):
        return key
    return f"{TABLES[table]}“{words}”{head}" if column else f"{TABLES[table]}“{words}”"


def names(report: Report, *keys: str) -> str:
    """Return the captions of several cells joined by ``、``."""
    return "、".join(caption(edition_of(report, key), key) for key in keys)


def edition_of(report: Report, key: str) -> str:
    """Return the edition by which the table of the cell was read."""
    return report.table_editions.get(key.partition(".")[0], report.edition)
