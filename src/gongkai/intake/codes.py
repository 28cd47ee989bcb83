"""The number and the code by which an applicant follows an application.

The number is made from the submission and needs no number of the office. The code has 80 random bits, is shown once and
kept only as a keyed hash of both together (``key_of``): without the code nothing is found, and a wrong number and a
wrong code are the same miss of the same look-up.
"""

from __future__ import annotations

import secrets
import unicodedata
from typing import TYPE_CHECKING

from gongkai.accounts.sealing import blind

if TYPE_CHECKING:
    import uuid
    from datetime import date

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O and U, which are read as other characters."""
CODE_LENGTH, GROUP = 16, 4
_NUMBER_LENGTH = 8
_PURPOSE = "intake.key"
_MISREAD = str.maketrans("OIL", "011")


def fresh_code() -> str:
    """Return a new code: 16 characters of 5 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def grouped(code: str) -> str:
    """Return a code as it is read aloud and written down.

    >>> grouped("7K3M9Q2X0ABCDEFG")
    '7K3M-9Q2X-0ABC-DEFG'
    """
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def number_of(submission: uuid.UUID, day: date) -> str:
    """Return the tracking number of a submission whose form was opened on ``day``.

    >>> import datetime, uuid
    >>> number_of(uuid.UUID(int=1 << 88), datetime.date(2026, 11, 28))
    'W20261128-00000001'
    """
    bits = submission.int >> (128 - 5 * _NUMBER_LENGTH)
    serial = "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(_NUMBER_LENGTH)))
    return f"W{day:%Y%m%d}-{serial}"


def plain(text: str) -> str:
    """Return a number or a code as it is compared, however it was typed.

    >>> plain(" 7k3m-9q2x　Oabc defg ")
    '7K3M9Q2X0ABCDEFG'
    """
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(char for char in folded if char.isascii() and char.isalnum()).translate(_MISREAD)


def key_of(number: str, code: str) -> str:
    """Return what a case is kept under."""
    return keys_of(number, code)[0]


def keys_of(number: str, code: str) -> list[str]:
    """Return all that a case may be kept under, one for each field key."""
    return blind(f"{plain(number)}:{plain(code)}", _PURPOSE)
