"""Numbers of identity cards: mistyped ones are found by their check digit (GB 11643)."""

from __future__ import annotations

import re

WRONG = "身份证号码应为 18 位，且与校验位相符。请核对有没有输错。"

_CARD = re.compile(r"\d{17}[\dX]", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def is_card(number: str) -> bool:
    """Tell whether the check digit of an identity card's number is right.

    >>> is_card("11010519491231002X"), is_card("110105194912310021")
    (True, False)
    """
    if not _CARD.fullmatch(number):
        return False
    weighed = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return number[17] == _CHECKS[weighed % len(_CHECKS)]
