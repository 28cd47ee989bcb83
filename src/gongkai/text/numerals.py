"""Numbers as Chinese reports print them: Arabic, full-width, Chinese, with 万 and 亿, signs in words, and units.

Whole numbers are ``int``; only a fraction that was printed is a ``Decimal``. Every function returns ``None`` for what
is not a number rather than guessing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from gongkai.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

Number: TypeAlias = int | Decimal

_DIGIT_WORDS = ("〇零○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {char: value for value, chars in enumerate(_DIGIT_WORDS) for char in chars}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_UP_WORDS = ("增加", "新增", "增长", "增", "上升")
_DOWN_WORDS = ("减少", "减", "下降", "负")

_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CHINESE = "[" + "".join(_DIGITS) + "".join(_SMALL) + "".join(_LARGE) + "]+"
_ARABIC_ONLY = re.compile(rf"(?:{_ARABIC})\Z")
_CHINESE_ONLY = re.compile(rf"{_CHINESE}\Z")
_MIXED = re.compile(rf"(?P<number>{_ARABIC})(?P<scale>[百千]?万?亿?)\Z")
_SIGNED = re.compile(
    rf"(?P<sign>[-+]|{'|'.join((*_UP_WORDS, *_DOWN_WORDS))})?(?:了)?\s*(?P<rest>[^-+\s].*)\Z", re.DOTALL
)
_AMOUNT = re.compile(r"(?P<number>.*?)\s*\(?(?:单位:?)?(?P<unit>亿元|万元|千元|百元|元)(?:人民币)?\)?\Z", re.DOTALL)
_SCAN = re.compile(
    r"(?<![0-9A-Za-z.０-９])(?P<about>约|近|超过?|逾|达到?)?\s*"
    r"(?P<number>[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?![0-9０-９])(?:[.．][0-9０-９]+)?|[0-9０-９]+(?:[.．][0-9０-９]+)?)"
    r"\s*(?P<scale>[百千]?万?亿?)(?P<more>余|多)?"
)
_YUAN = {"元": 1, "百元": 100, "千元": 1000, "万元": 10_000, "亿元": 100_000_000}


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money as printed: ``value`` in ``unit`` (``元``, ``万元``, ``亿元``, ``百元``, ``千元``)."""

    value: Number
    unit: str

    @property
    def yuan(self) -> Number:
        """The same sum in 元."""
        return whole(self.value * _YUAN[self.unit])


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number met in running text: ``text[start:end]`` is ``printed``, the words around it included.

    ``approximate`` is true where the text says 约, 近, 超, 逾, 余 or 多.
    """

    start: int
    end: int
    printed: str
    value: Number
    approximate: bool


def whole(value: Number) -> Number:
    """Return ``value`` as ``int`` where it has no fraction."""
    return int(value) if value == int(value) else value


def arabic_number(text: str) -> Number | None:
    """Return the number in ``text``: digits of any width, thousands separators, a decimal point; no sign."""
    text = normalise(text)
    if not _ARABIC_ONLY.match(text):
        return None
    text = text.replace(",", "")
    return Decimal(text) if "." in text else int(text)


def chinese_number(text: str) -> int | None:
    """Return the whole number written in Chinese: ``二〇一九``, ``一百二十四``, ``十二万``, ``两千零五``."""
    if not text or not _CHINESE_ONLY.match(text := normalise(text)):
        return None
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    waiting = False  # a digit has no place yet
    place = unit = 0  # the places before: within the section, and of whole sections
    for char in text:
        if char in _DIGITS:
            if waiting and digit:
                return None
            digit, waiting = _DIGITS[char], True
        elif char in _SMALL:
            if place and _SMALL[char] >= place:
                return None
            place = _SMALL[char]
            section += (digit or 1) * place
            digit, waiting = 0, False
        else:
            part = section + digit
            if not (part or total):
                return None
            scale = _LARGE[char]
            total = total + part * scale if scale < unit else (total + part) * scale
            section, digit, waiting, place, unit = 0, 0, False, 0, scale
    return total + section + digit


def parse_number(text: str) -> Number | None:
    """Return the number that ``text`` as a whole is, or ``None``.

    Understands every notation of this module but units: ``1,234``, ``１２３``, ``1.9万``, ``一百二十四``, ``增 206``,
    ``减3``, ``+1``, ``－2``.
    """
    text = normalise(text)
    match = _SIGNED.match(text)
    if match is None:
        return None
    value = _unsigned(match["rest"].strip())
    if value is None:
        return None
    return -value if match["sign"] == "-" or match["sign"] in _DOWN_WORDS else value


def parse_amount(text: str) -> Amount | None:
    """Return the sum of money in ``text``: a number and its unit (``251000元``, ``1002.3819万元``, ``8（元）``)."""
    match = _AMOUNT.match(normalise(text))
    value = None if match is None else parse_number(match["number"])
    return None if match is None or value is None else Amount(value, match["unit"])


def scan(text: str) -> Iterator[Numeral]:
    """Yield the numbers in Arabic digits that stand in ``text``, in order; 万 and 亿 after a number are counted in.

    Parts of words (``H5``, ``IPv6``) are not numbers. Signs and units are left to the caller.
    """
    for match in _SCAN.finditer(text):
        value = _unsigned(normalise(match["number"] + match["scale"]))
        assert value is not None
        approximate = bool(match["more"] or (match["about"] and not match["about"].startswith("达")))
        yield Numeral(match.start(), match.end(), match[0], value, approximate)


def _unsigned(text: str) -> Number | None:
    match = _MIXED.match(text)
    if match is None:
        return chinese_number(text)
    value = arabic_number(match["number"])
    assert value is not None
    if match["scale"]:
        for char in match["scale"]:
            value *= _SMALL.get(char) or _LARGE[char]
        value = whole(value)
    return value
