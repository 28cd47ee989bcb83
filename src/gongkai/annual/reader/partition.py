"""Which printed lines belong to which statutory table, and which are prose."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from gongkai.annual import forms
from gongkai.annual.reader.flow import PROACTIVE, REMEDIES, REQUESTS, STATISTICS, Row, rows
from gongkai.annual.reader.labels import lexicon
from gongkai.annual.reader.numbers import read_cell
from gongkai.annual.reader.prose import Prose
from gongkai.annual.reader.wide import is_head, is_piece
from gongkai.text.normalise import comparison_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.annual.reader.source import Block

_SENTENCE = 30


@dataclass(slots=True)
class Parts:
    """The lines of each table, the prose, and the first and last printed lines for the title and the signature."""

    tables: dict[str, list[Row]] = field(default_factory=dict)
    prose: Prose = field(default_factory=Prose)
    lines: list[str] = field(default_factory=list)


def partition(blocks: Sequence[Block]) -> Parts:
    """Return the ``blocks`` parted. A table goes from its heads to the next section, or to the heads of another."""
    parts = Parts()
    state = ""
    held: list[Row] = []  # the first lines of a grid that may yet turn out to be a table
    for row in rows(blocks):
        if held and row.grid != held[0].grid:
            _tell(held, parts)
        if not row.grid:
            parts.lines.append(row.printed)
        if row.mark == "section" and not (state == STATISTICS and _is_group(row)):
            title = parts.prose.heading(row)
            state = REMEDIES if "复议" in title and "诉讼" in title else ""
            continue
        if row.mark and row.mark != "section":
            state = row.mark
        elif row.grid:
            state = _table_of(row, state)
        if state:
            parts.tables.setdefault(state, []).extend([*held, row])
            held.clear()
            if not row.grid and not row.mark and _is_prose(row, state):
                parts.prose.text(row.printed)
        elif row.grid:
            held.append(row)
        else:
            parts.prose.text(row.printed)
    _tell(held, parts)
    return parts


def _tell(held: list[Row], parts: Parts) -> None:
    # A grid that is no statutory table is told as it stands.
    for row in held:
        parts.prose.text(" ".join(filter(None, row.cells)))
    held.clear()


def _is_group(row: Row) -> bool:
    # The groups of the statistics table are numbered like sections: 三、依申请公开情况.
    return comparison_key(next(filter(None, row.cells))).startswith(_groups())


@cache
def _groups() -> tuple[str, ...]:
    rows = forms.table("2014", STATISTICS).rows
    return tuple({comparison_key(caption) for row in rows for caption in (*row.group, row.caption)})


def _table_of(row: Row, state: str) -> str:
    # Heads may be missing or cut: the label of a row beside values is enough.
    if state not in (REQUESTS, PROACTIVE) and len(row.cells) > 1 and any(map(_is_value, row.cells)):
        for table in (REQUESTS, PROACTIVE):
            words = lexicon(table)
            if any(words.row(text) is not None for text in row.cells):
                return table
    if state == PROACTIVE and any(lexicon(REQUESTS).row(text) is not None for text in row.cells):
        return REQUESTS
    if state != REMEDIES and is_head(row.cells):
        return REMEDIES
    return state


def _is_value(text: str) -> bool:
    reading = read_cell(text)
    return reading is not None


def _is_prose(row: Row, state: str) -> bool:
    text = row.cells[0]
    if len(row.cells) > 1:
        return False
    if state == REMEDIES:
        return not is_piece(text) and any("\u4e00" <= char <= "\u9fff" for char in text)
    return "。" in text and len(text) > _SENTENCE and not any(char.isdecimal() for char in text[:6])
