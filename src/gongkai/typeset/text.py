"""What may stand in a written file: characters that XML and spreadsheets can hold."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Return ``text`` without the control characters and lone surrogates that no document format can hold."""
    return _FORBIDDEN.sub("", text)
