"""Personal data that must not be published by oversight: identity cards, telephones, bank cards.

Source: 个人信息保护法 第二十五条.

Numbers are taken for what they are only where their check digits agree, so that 文号 and amounts raise no alarm.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_IDENTITY = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{9}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9])1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![0-9])")
_CARD = re.compile(r"(?<![0-9])(?:62|4\d|5[1-5])\d{2}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,4})?(?![0-9])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_CARD_DIGITS = range(16, 20)


@dataclass(frozen=True, slots=True)
class PersonalDatum:
    """Personal data found at ``text[start:end]``; ``kind`` is ``identity``, ``mobile`` or ``bank_card``."""

    kind: str
    start: int
    end: int
    masked: str


def find(text: str) -> tuple[PersonalDatum, ...]:
    """Return the personal data in ``text``, in order.

    >>> [(found.kind, found.masked) for found in find("联系人电话13800000000，文号〔2024〕13号")]
    [('mobile', '138****0000')]
    """
    found = [
        PersonalDatum("identity", match.start(), match.end(), _mask(match.group(), 6, 4))
        for match in _IDENTITY.finditer(text)
        if is_identity(match.group().upper())
    ]
    taken = [(datum.start, datum.end) for datum in found]
    for kind, pattern in (("bank_card", _CARD), ("mobile", _MOBILE)):
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            if kind == "bank_card" and not _is_card(match.group()):
                continue
            found.append(PersonalDatum(kind, match.start(), match.end(), _mask(match.group(), 3, 4)))
            taken.append((match.start(), match.end()))
    return tuple(sorted(found, key=lambda datum: datum.start))


def is_identity(number: str) -> bool:
    """Tell whether ``number`` is one of an identity card: its form, the birth date and the check digit (GB 11643).

    >>> is_identity("11010519491231002X"), is_identity("110105194912310021")
    (True, False)
    """
    if not _IDENTITY.fullmatch(number):
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return number[17] == _CHECKS[sum(int(d) * w for d, w in zip(number, _WEIGHTS, strict=False)) % 11]


def _is_card(number: str) -> bool:
    """Check the length and the Luhn digit (GB/T 14504)."""
    digits = [int(character) for character in number if character.isdigit()]
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2]]  # noqa: PLR2004 -- 2 × 5 has two digits
    return len(digits) in _CARD_DIGITS and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _mask(number: str, head: int, tail: int) -> str:
    digits = re.sub(r"[ -]", "", number)
    return f"{digits[:head]}{'*' * (len(digits) - head - tail)}{digits[-tail:]}"
