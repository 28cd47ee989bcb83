"""Which printed lines belong to which statutory table, and which are prose."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai.annual.reader.flow import PROACTIVE, REMEDIES, REQUESTS, Row, rows
from gongkai.annual.reader.labels import lexicon
from gongkai.annual.reader.numbers import read_cell
from gongkai.annual.reader.prose import Prose
from gongkai.annual.reader.wide import is_head

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
    for row in rows(blocks):
        if not row.grid:
            parts.lines.append(row.printed)
        if row.mark == "section":
            title = parts.prose.heading(row)
            state = REMEDIES if "复议" in title and "诉讼" in title else ""
            continue
        if row.mark:
            state = row.mark
        elif row.grid:
            state = _table_of(row, state)
        if not state:
            parts.prose.text(row.printed or " ".join(filter(None, row.cells)))
            continue
        parts.tables.setdefault(state, []).append(row)
        if not row.grid and not row.mark and _is_prose(row, state):
            parts.prose.text(row.printed)
    return parts


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
        return not is_head(row.cells) and any("\u4e00" <= char <= "\u9fff" for char in text)
    return "。" in text and len(text) > _SENTENCE and not any(char.isdecimal() for char in text[:6])
