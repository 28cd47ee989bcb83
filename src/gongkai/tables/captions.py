"""Which column is which: by the caption, in any order, under a title or two."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from gongkai.tables.errors import HeaderError
from gongkai.text.normalise import comparison_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HEADER_ROWS = 10
"""How far down the captions may stand."""
ROW_CAPTION, ERROR_CAPTION = "行号", "错误"
"""What the error file adds; ignored when it comes back."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column. ``captions`` in order of preference; the first is ours. ``rule`` tells people what may stand in it."""

    name: str
    captions: tuple[str, ...]
    required: bool
    rule: str
    example: str = ""

    @property
    def caption(self) -> str:
        """What we call it."""
        return self.captions[0]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the fields stand in a sheet: ``places`` by field name; ``header_row`` counts from 1."""

    captions: tuple[str, ...]
    places: dict[str, int]
    header_row: int

    def matched(self, name: str) -> str:
        """Return the caption under which the sheet has the field, or nothing."""
        return self.captions[self.places[name]] if name in self.places else ""

    def names(self, fields: Sequence[Field]) -> dict[str, str]:
        """Return what to call each field when something is wrong with it: as the sheet does, or else as we do."""
        return {field.name: self.matched(field.name) or field.caption for field in fields}

    @property
    def ignored(self) -> tuple[str, ...]:
        """The captions of columns nobody reads."""
        used = set(self.places.values())
        added = {ROW_CAPTION, ERROR_CAPTION, ""}
        return tuple(words for index, words in enumerate(self.captions) if index not in used and words not in added)


def key(caption: str) -> str:
    """Return what two captions must share to be the same."""
    return comparison_key(caption).replace("必填", "").replace("选填", "")


def find(rows: Iterator[list[str]], fields: Sequence[Field], supplied: frozenset[str], where: str) -> Layout | None:
    """Read ``rows`` down to the captions and return the layout; ``None`` for an empty sheet.

    ``supplied`` are fields that were given with the upload and need no column. Raises ``HeaderError`` with what is
    missing in the row that looks most like captions.
    """
    best: tuple[int, list[str], dict[str, int]] = (0, [], {})
    filled = False
    for number, row in enumerate(islice(rows, HEADER_ROWS), 1):
        filled = filled or any(row)
        places = _places(row, fields)
        missing = [field for field in fields if field.required and field.name not in places]
        if places and all(field.name in supplied for field in missing):
            return _layout(row, places, number, where)
        if len(places) > best[0]:
            best = (len(places), row, places)
    if not filled:
        return None
    lacking = "、".join(
        f"“{field.caption}”"
        for field in fields
        if field.required and field.name not in best[2] and field.name not in supplied
    )
    seen = "、".join(words for words in best[1] if words.strip())[:200]
    raise HeaderError(
        f"{where}前 {HEADER_ROWS} 行中没有完整的表头：缺少 {lacking}{f'（读到的是：{seen}）' if seen else ''}。"
        "请对照栏目说明补上列名，或下载模板填写。"
    )


def _places(row: list[str], fields: Sequence[Field]) -> dict[str, int]:
    keys = {key(words): index for index, words in reversed(list(enumerate(row))) if words.strip()}
    places: dict[str, int] = {}
    for field in fields:
        index = next((keys[key(words)] for words in field.captions if key(words) in keys), None)
        if index is not None:
            places[field.name] = index
    return places


def _layout(row: list[str], places: dict[str, int], number: int, where: str) -> Layout:
    keys = [key(words) for words in row]
    for index in places.values():
        if keys.count(keys[index]) > 1:
            raise HeaderError(f"{where}有两列都叫“{row[index].strip()}”，无法确定读哪一列。请删去或改名其中一列。")
    return Layout(tuple(words.strip() for words in row), places, number)
