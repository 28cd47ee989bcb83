"""Index numbers (索引号) of the catalogue: reading, checking, issuing. The grammar is a strategy.

An index number is given once and never changes; when a city changes its coding, the old numbers live on as aliases
(``gongkai.law.indexno_alias``). Two grammars are shipped: the national one (20 characters, ``前段码/后段码``) and
Quanzhou's (``QZaauuu-cccc-yyyy-nnnnn``, inferred from published numbers); further ones are data of the same shape.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from gongkai.law.catalogue import CatalogueError
from gongkai.law.parameters import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－", "-"))


class IndexNumberError(CatalogueError):
    """The text is not an index number of this grammar, or the parts do not make one."""

    code = "index-number"


class SerialsUsedUpError(CatalogueError):
    """The run of serials has no number left."""

    code = "index-number-serials"


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of a number: printed ``text``, or a named field of ``width`` digits or alphanumeric characters."""

    key: str = ""
    caption: str = ""
    kind: str = ""
    width: int = 0
    text: str = ""
    values: tuple[tuple[str, str], ...] = ()

    def accepts(self, text: str) -> bool:
        """Tell whether ``text`` can stand for this segment."""
        if self.text:
            return text == self.text
        plain = text.isascii() and (
            text.isdigit() if self.kind == "digits" else text.isalnum() and text == text.upper()
        )
        return len(text) == self.width and plain


@dataclass(frozen=True, slots=True)
class IndexNumber:
    """A number that was read: its text, its grammar, and its fields in printed order."""

    text: str
    grammar: str
    fields: tuple[tuple[str, str], ...]

    def __getitem__(self, key: str) -> str:
        return dict(self.fields)[key]

    @property
    def year(self) -> int:
        """The year of the number."""
        return int(self["year"])

    @property
    def serial(self) -> int:
        """The serial of the number."""
        return int(self["serial"])


@dataclass(frozen=True, slots=True)
class Grammar:
    """One way to build index numbers. It has the segments ``year`` (four digits) and ``serial`` (digits).

    ``counter`` names the segments whose values together own one run of serials.
    """

    key: str
    caption: str
    segments: tuple[Segment, ...]
    counter: tuple[str, ...]
    example: str = ""
    source: str = ""
    unconfirmed: bool = False

    @property
    def fields(self) -> tuple[Segment, ...]:
        """The named segments."""
        return tuple(segment for segment in self.segments if segment.key)

    def parse(self, text: str) -> IndexNumber:
        """Return the parts of ``text``. ``IndexNumberError``, which says at which place what was expected."""
        fields: list[tuple[str, str]] = []
        position = 0
        for segment in self.segments:
            piece = text[position : position + (segment.width or len(segment.text))]
            if not segment.accepts(piece):
                raise IndexNumberError(self._complaint(text, position, segment, piece))
            position += len(piece)
            if segment.key:
                fields.append((segment.key, piece))
        if position < len(text):
            raise IndexNumberError(
                f"索引号“{text}”末尾多出“{text[position:]}”；应为{self.caption}，例如“{self.example}”。"
            )
        number = IndexNumber(text, self.key, tuple(fields))
        if not (1949 <= number.year <= 2100 and number.serial):  # noqa: PLR2004 -- the Republic, and a far horizon
            raise IndexNumberError(f"索引号“{text}”的年度应为公历年份、流水号应从1起；请核对。")
        return number

    def accepts(self, text: str) -> bool:
        """Tell whether ``text`` is a number of this grammar."""
        try:
            self.parse(text)
        except IndexNumberError:
            return False
        return True

    def build(self, values: Mapping[str, str]) -> IndexNumber:
        """Return the number made of ``values``; numbers are filled with zeros on the left. ``IndexNumberError``."""
        lacking = [segment.caption for segment in self.fields if not values.get(segment.key)]
        if lacking:
            raise IndexNumberError(f"缺少：{'、'.join(lacking)}；请补充后再编号。")
        return self.parse(
            "".join(segment.text or values[segment.key].zfill(segment.width) for segment in self.segments)
        )

    def issue(self, issued: Iterable[str], values: Mapping[str, str]) -> IndexNumber:
        """Return the number that follows those already issued with the same counter; it starts at 1.

        ``values`` names every field but the serial. Numbers in ``issued`` that are of another grammar are not counted.
        ``SerialsUsedUpError`` when the serial has no room left, ``IndexNumberError`` for impossible values.
        """
        first = self.build({**values, "serial": "1"})
        run = [first[key] for key in self.counter]
        numbers = (self.parse(text) for text in issued if self.accepts(text))
        serial = max((one.serial for one in numbers if [one[key] for key in self.counter] == run), default=0) + 1
        width = next(segment.width for segment in self.fields if segment.key == "serial")
        if len(str(serial)) > width:
            raise SerialsUsedUpError(
                f"{first.year}年的流水号已经用到{serial - 1}，{width}位编不下；请与索引编码规则的制定部门商定。"
            )
        return self.build({**values, "serial": str(serial)})

    def _complaint(self, text: str, position: int, segment: Segment, piece: str) -> str:
        kinds = {"digits": "位数字", "alphanumeric": "位数字或大写字母"}
        wanted = f"“{segment.text}”" if segment.text else f"{segment.caption}（{segment.width}{kinds[segment.kind]}）"
        said = f"索引号“{text}”第{position + 1}个字符起应为{wanted}，实为“{piece}”；例如“{self.example}”。"
        tidy = _tidy(text)
        return f"{said}是否应为“{tidy}”？" if tidy != text and self.accepts(tidy) else said


def _tidy(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).translate(_DASHES).upper().split())


@cache
def grammars() -> tuple[Grammar, ...]:
    """Return the grammars shipped, the national one first."""
    return tuple(_grammar(entry) for entry in read("indexno")["grammar"])


def grammar(key: str) -> Grammar:
    """Return the grammar ``key``; ``IndexNumberError`` if none has it."""
    found = next((one for one in grammars() if one.key == key), None)
    if found is None:
        raise IndexNumberError(f"没有索引号规则“{key}”；可用的规则：{'、'.join(one.key for one in grammars())}。")
    return found


def parse(text: str, grammar_key: str | None = None) -> IndexNumber:
    """Return the parts of ``text`` by one grammar, or by the first that accepts it. ``IndexNumberError`` if none."""
    if grammar_key is not None:
        return grammar(grammar_key).parse(text)
    for one in grammars():
        if one.accepts(text):
            return one.parse(text)
    # The complaint of the grammar that the text most looks like says more than one that lists them all.
    return max(grammars(), key=lambda one: _likeness(one, text)).parse(text)


def _likeness(one: Grammar, text: str) -> float:
    marks = {segment.text for segment in one.segments if segment.text}
    return sum(len(mark) for mark in marks if mark in _tidy(text)) / sum(map(len, marks))


def _grammar(entry: dict[str, Any]) -> Grammar:
    return Grammar(
        key=entry["key"],
        caption=entry["caption"],
        segments=tuple(
            Segment(**{**segment, "values": tuple(segment.get("values", {}).items())}) for segment in entry["segment"]
        ),
        counter=tuple(entry["counter"]),
        example=entry["example"],
        source=entry["source"],
        unconfirmed=entry["unconfirmed"],
    )
