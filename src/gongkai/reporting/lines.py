"""The line that is kept of a report, and its digest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.hashes import SM3, Hash

from gongkai.annual import jsonio

if TYPE_CHECKING:
    from gongkai.annual.report import Report


def line_of(report: Report) -> str:
    """Return the line that is kept of ``report``: all of it, and nothing of where its file lay."""
    return jsonio.dumps(replace(report, file=""), details=True)


def digest_of(line: str) -> str:
    """Return the SM3 of a line, in hex."""
    return digest(line.encode())


def digest(data: bytes) -> str:
    """Return the SM3 of ``data``, in hex."""
    computation = Hash(SM3())
    computation.update(data)
    return computation.finalize().hex()
