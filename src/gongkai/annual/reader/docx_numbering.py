"""The numbers that Word prints before paragraphs and does not store in them (``word/numbering.xml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

_DIGITS = "〇一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_FORMAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
}
_CHINESE_DIGITS = {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"}
_PLACE = re.compile(r"%([1-9])")
_MAX_NUMBER = 9999
_CIRCLED = 20
_LONGEST_TEXT = 64
_LETTERS = 26


@dataclass(slots=True)
class Level:
    """One level of a list: ``%1、`` with the number format of the level."""

    start: int = 1
    shape: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # by list (w:num)
    shared: dict[str, str] = field(default_factory=dict)  # lists of one definition count on together
    counters: dict[str, dict[int, int]] = field(default_factory=dict)

    def next(self, number: str, depth: int) -> str:
        """Count one paragraph of the list ``number`` at ``depth`` and return what stands before it."""
        levels = self.levels.get(number, {})
        level = levels.get(depth)
        if level is None:
            return ""
        counter = self.counters.setdefault(self.shared[number], {})
        counter[depth] = counter[depth] + 1 if depth in counter else level.start
        for deeper in [other for other in counter if other > depth]:
            del counter[deeper]

        def printed(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            other = levels.get(place, Level())
            return format_number(counter.get(place, other.start), other.shape)

        return "" if level.shape == "bullet" else _PLACE.sub(printed, level.text)


def read_numbering(root: _Element, w: str) -> Numbering:
    """Return the lists declared in ``root``; ``w`` is the namespace in braces."""
    abstract = {
        element.get(f"{w}abstractNumId", ""): _levels(element, w) for element in root.iterchildren(f"{w}abstractNum")
    }
    result = Numbering()
    for element in root.iterchildren(f"{w}num"):
        number = element.get(f"{w}numId", "")
        definition = _value(element, "abstractNumId", w)
        levels = dict(abstract.get(definition, {}))
        for override in element.iterchildren(f"{w}lvlOverride"):
            depth = to_int(override.get(f"{w}ilvl"))
            levels.update(_levels(override, w))
            start = _value(override, "startOverride", w)
            if start:
                old = levels.get(depth, Level())
                levels[depth] = Level(to_int(start), old.shape, old.text)
                definition = f"{definition}/{number}"
        result.levels[number] = levels
        result.shared[number] = definition
    return result


def _levels(parent: _Element, w: str) -> dict[int, Level]:
    return {
        to_int(level.get(f"{w}ilvl")): Level(
            to_int(_value(level, "start", w) or "1"),
            _value(level, "numFmt", w) or "decimal",
            _value(level, "lvlText", w)[:_LONGEST_TEXT],
        )
        for level in parent.iterchildren(f"{w}lvl")
    }


def _value(parent: _Element, name: str, w: str) -> str:
    child = parent.find(f"{w}{name}")
    return "" if child is None else child.get(f"{w}val", "")


def to_int(text: str | None) -> int:
    """Return the whole number in an attribute, 0 where there is none."""
    return int(text[:6]) if text and text.isdecimal() else 0


def format_number(number: int, shape: str) -> str:
    """Return ``number`` in a number format of Word (ECMA-376, ST_NumberFormat); decimal where it is unknown."""
    if shape == "none":
        return ""
    shaped = _SHAPES.get(shape)
    return str(number) if shaped is None or not 0 < number <= _MAX_NUMBER else shaped(number)


def _circled(first: str) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if number <= _CIRCLED else str(number)


def _cycle(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)]


def _letters(number: int) -> str:
    count, letter = divmod(number - 1, _LETTERS)
    return chr(ord("a") + letter) * (count + 1)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _chinese(number: int, *, whole_tens: bool = False) -> str:
    text = ""
    for place, digit in enumerate(reversed(str(number))):
        if digit != "0":
            text = _DIGITS[int(digit)] + _UNITS[place] + text
        elif text and not text.startswith("〇"):
            text = "〇" + text
    text = text.replace("〇", "零")
    return text if whole_tens or not text.startswith("一十") else text[1:]


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


_SHAPES: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(_CHINESE, _chinese),
    **dict.fromkeys(_CHINESE_DIGITS, _digit_by_digit),
    "chineseLegalSimplified": lambda number: _chinese(number, whole_tens=True).translate(_FORMAL),
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "decimalEnclosedCircle": _circled("①"),
    "decimalEnclosedCircleChinese": _circled("①"),
    "decimalEnclosedParen": _circled("⑴"),
    "decimalEnclosedFullstop": _circled("⒈"),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
