"""Numbers as a sheet shows them: the number formats that reports use, and Excel's 15 digits for the others."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

# The formats a file refers to by number without declaring them (ECMA-376, 18.8.30).
_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    **dict.fromkeys((*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)), "yyyy-mm-dd"),
    **dict.fromkeys((37, 38), "#,##0"),
    **dict.fromkeys((39, 40), "#,##0.00"),
}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DATE = re.compile(r"y|d", re.IGNORECASE)
_PLACES = re.compile(r"([#0?,]+)(?:\.([0#?]+))?(%?)")
_EPOCH = date(1899, 12, 30)
_MAX_DAY = 2_958_465  # 9999-12-31
_DIGITS = 15
_LONGEST_CODE = 255


def read_formats(root: _Element) -> tuple[str, ...]:
    """Return the format code of each cell style in the styles part ``root``; empty for the general format."""
    declared = {
        style.get("numFmtId", ""): style.get("formatCode", "")[:_LONGEST_CODE]
        for style in root.iterfind("{*}numFmts/{*}numFmt")
    }
    codes = []
    for style in root.iterfind("{*}cellXfs/{*}xf"):
        number = style.get("numFmtId", "0")
        codes.append(declared.get(number) or _BUILT_IN.get(int(number) if number.isdecimal() else 0, ""))
    return tuple(codes)


def shown(stored: str, code: str) -> str:
    """Return the stored number as the format ``code`` shows it; what is no number is returned as it is."""
    try:
        value = Decimal(stored)
    except InvalidOperation:
        return stored
    if not value.is_finite() or abs(value.adjusted()) > _DIGITS * 2:
        return stored
    pattern = _QUOTED.sub("", code.split(";", maxsplit=1)[0])
    if _DATE.search(pattern):
        return _date(value, stored)
    places = _PLACES.search(pattern)
    if places is None:
        return _general(value)
    whole, fraction, percent = places.groups()
    return _fixed(value * 100 if percent else value, whole, fraction or "") + percent


def _date(value: Decimal, stored: str) -> str:
    return (_EPOCH + timedelta(days=int(value))).isoformat() if 0 < value <= _MAX_DAY else stored


def _general(value: Decimal) -> str:
    # A sheet stores binary fractions (18651.059999999998) and shows at most 15 digits of them (18651.06).
    if value.is_zero():
        return "0"
    value = round(value, _DIGITS - 1 - value.adjusted())
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _fixed(value: Decimal, whole: str, fraction: str) -> str:
    exact = Decimal(_general(value))
    text = f"{exact.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP):{',' if ',' in whole else ''}f}"
    optional = len(fraction) - len(fraction.rstrip("#?"))
    while optional and text.endswith("0"):
        text = text[:-1]
        optional -= 1
    return text.removesuffix(".")
