"""Two versions of a record side by side."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from gongkai.records.markup import plain
from gongkai.records.models import Attribute, Category, Clause, Record
from gongkai.records.snapshot import DAYS, FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CHOICES = {"attribute": dict(Attribute.choices), "clause": dict(Clause.choices), "category": dict(Category.choices)}
_ALIKE = 0.4
"""Paragraphs less alike than this are another paragraph, not a changed one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``is_changed``: only on this side."""

    text: str
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph or field on both sides; a side is empty where the other one has it alone."""

    label: str
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        """Tell whether the sides differ."""
        return self.old != self.new


def compare(old: Mapping[str, object], new: Mapping[str, object]) -> tuple[Row, ...]:
    """Return two snapshots (``records.snapshot``) row by row: the fields that differ, then the whole body."""
    rows = []
    for name in (*(name for name in FIELDS if name != "body"), *DAYS, "unit", "joint_units", "attachments"):
        before, after = _shown(name, old.get(name)), _shown(name, new.get(name))
        if before != after:
            rows.append(Row(_label(name), *_marked(before, after)))
    rows += _paragraphs(plain(str(old.get("body") or "")), plain(str(new.get("body") or "")))
    return tuple(rows)


def _paragraphs(old: str, new: str) -> Iterator[Row]:
    before, after = old.splitlines(), new.splitlines()
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            for text in before[i:j]:
                yield Row("正文", (Piece(text),), (Piece(text),))
        else:
            yield from _changed(before[i:j], after[k:m])


def _changed(before: list[str], after: list[str]) -> Iterator[Row]:
    """Pair changed paragraphs in their order; what has no counterpart stands alone."""
    while before or after:
        if before and after and SequenceMatcher(None, before[0], after[0], autojunk=False).ratio() >= _ALIKE:
            yield Row("正文", *_marked(before.pop(0), after.pop(0)))
        elif len(before) >= len(after):
            yield Row("正文", (Piece(before.pop(0), is_changed=True),), ())
        else:
            yield Row("正文", (), (Piece(after.pop(0), is_changed=True),))


def _marked(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    left, right = [], []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if i < j:
            left.append(Piece(old[i:j], tag != "equal"))
        if k < m:
            right.append(Piece(new[k:m], tag != "equal"))
    return tuple(left), tuple(right)


def _label(name: str) -> str:
    return "附件" if name == "attachments" else str(Record._meta.get_field(name).verbose_name)  # noqa: SLF001 -- Django documents it for this


def _shown(name: str, value: object) -> str:
    if name in _CHOICES:
        return str(_CHOICES[name].get(value, value or ""))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "；".join(
            f"{item['name']}（{item['digest'][:8]}）" if isinstance(item, dict) else item for item in value
        )
    return str(value or "")
