"""What a cell is called, for people."""

from __future__ import annotations

from functools import cache

from gongkai.annual import forms


@cache
def captions(edition: str) -> dict[str, str]:
    """Return the words for each cell of a form: table, row and column."""
    found = {}
    for table in forms.form(edition).tables:
        for block in table.blocks:
            for row in block.rows:
                for column in block.columns:
                    parts = (*row.group, row.caption, *column.group, column.caption)
                    found[table.key_of(row.key, column.key)] = " · ".join(dict.fromkeys(p for p in parts if p))
    return found


def caption(edition: str, key: str) -> str:
    """Return the words for one cell; the key itself where the form has none such."""
    return captions(edition).get(key, key)
