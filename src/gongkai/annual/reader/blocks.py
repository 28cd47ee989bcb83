"""Table 二: blocks with heads of their own, whose columns are known by their heads, whose rows by their labels.

A city may print blocks of two editions in one table, or its own 本年项目数量: each block is read by its own heads.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai.annual import forms
from gongkai.annual.reader.entries import TELLING, Item, Label, Values, Words, window
from gongkai.annual.reader.fallen import restore
from gongkai.annual.reader.flow import PROACTIVE
from gongkai.annual.reader.tokens import Token, is_printed
from gongkai.annual.report import Provenance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.annual.forms import Block, Column

_ONLY_2019 = frozenset({"other_services", "procurement"})
_HEADS_2021 = ("制发", "废止", "现行有效", "收费金额")
_HEADS_2019 = ("新制作", "新公开", "对外公开", "上一年", "增减", "采购", "项目数量")
_COLUMN_WORDS = (*_HEADS_2021, *_HEADS_2019, "处理决定", "总金额")


@dataclass(slots=True)
class Entry:
    """A row of table 二: its values as printed and the columns that its block prints."""

    row: str
    values: Values
    edition: str
    columns: tuple[Column, ...]
    tokens: list[Token] | None
    unit: str | None = None  # of money, where the head prints another than the form


@dataclass(slots=True)
class Found:
    """Table 二 as found. ``fallen`` are values that stand before the labels of their block."""

    edition: str
    entries: list[Entry] = field(default_factory=list)
    fallen: list[Values] = field(default_factory=list)
    mixed: bool = False
    repeated: int = 0  # rows met twice, with other numbers


def place(items: Sequence[Item]) -> Found | None:
    """Return the rows of table 二 found in ``items``, or ``None`` where there are none."""
    rows, heads, fallen = _rows(items)
    if not rows:
        return None
    editions = {block: edition for block, words in heads.items() if (edition := _edition(words)) is not None}
    names = {name for name, _ in rows}
    if names & _ONLY_2019:
        editions.setdefault("procurement", "2019")
    counted = Counter(editions.values())
    main = counted.most_common(1)[0][0] if counted else "2021"
    if len(counted) > 1 and len(set(counted.values())) == 1:
        main = editions.get("rules", main)
    found = Found(main, fallen=fallen)
    seen: dict[str, Entry] = {}
    for name, values in rows:
        entry = _entry(name, values, main, editions, heads)
        first = seen.setdefault(name, entry)
        found.repeated += first.values.printed != entry.values.printed
    found.entries += seen.values()
    restore(found.entries, fallen)
    found.mixed = len({entry.edition for entry in found.entries}) > 1
    return found


def _rows(items: Sequence[Item]) -> tuple[list[tuple[str, list[Values]]], dict[str, str], list[Values]]:
    rows: list[tuple[str, list[Values]]] = []
    heads: dict[str, str] = {}  # words above the first row of a block -> by that row's block
    fallen: list[Values] = []
    above = ""
    open_ = False  # the last row still takes values
    for item in items:
        if isinstance(item, Words):
            if any(word in item.key for word in _COLUMN_WORDS) or item.key.startswith("第二十条"):
                above += item.key
                open_ = False
            elif item.strange and len(item.key) >= TELLING:
                open_ = False
        elif isinstance(item, Label):
            if above:
                heads[_block(item.name)] = above
                above = ""
            rows.append((item.name, []))
            open_ = True
        elif open_ or (item.label and rows and rows[-1][0] == item.label):
            rows[-1][1].append(item)
        else:
            fallen.append(item)
    return rows, heads, fallen


_BLOCK_OF = {
    "rules": "rules", "normative_documents": "rules", "permits": "permits", "other_services": "permits",
    "penalties": "penalties", "coercion": "penalties", "charges": "charges", "procurement": "procurement",
}  # fmt: skip


def _block(row: str) -> str:
    return _BLOCK_OF[row]


def _edition(words: str) -> str | None:
    if any(word in words for word in _HEADS_2021):
        return "2021"
    if any(word in words for word in _HEADS_2019):
        return "2019"
    return "2021" if "本年处理决定" in words else None


def _entry(name: str, values: list[Values], main: str, editions: dict[str, str], heads: dict[str, str]) -> Entry:
    block_name = _block(name)
    edition = "2019" if name in _ONLY_2019 else editions.get(block_name, main)
    block = forms.table(edition, PROACTIVE).block_of(name)
    words = heads.get(block_name, "")
    columns = _columns(block, words, values)
    joined = _joined(values, len(columns))
    tokens = window(joined.tokens, len(columns), None) if joined.tokens else None
    unit = "元" if "单位元" in words and columns[-1].unit == "万元" else None
    if "单位万元" in words and columns[-1].unit == "元":
        unit = "万元"
    return Entry(name, joined, edition, columns, tokens, unit)


def _columns(block: Block, words: str, values: Sequence[Values]) -> tuple[Column, ...]:
    local = [column for column in block.columns if column.replaces]
    if not local:
        return block.columns
    replaced = {key for column in local for key in column.replaces}
    variant = tuple(column for column in block.columns if column.key not in replaced)
    if "上一年" in words or "增减" in words:
        return block.national_columns
    if "项目数量" in words:
        return variant
    printed = sum(1 for entry in values for token in entry.tokens if is_printed(token))
    return variant if printed == len(variant) else block.national_columns


def _joined(values: Sequence[Values], width: int) -> Values:
    if not values:
        return Values([], Provenance())
    first = values[0]
    tokens = list(first.tokens)
    for following in values[1:]:
        # A cell per line: only as many as the row has columns.
        if len(tokens) < width and len(following.tokens) == 1:
            tokens += following.tokens
    return Values(tokens, first.where, first.label, first.torn, first.grid, first.remark)
