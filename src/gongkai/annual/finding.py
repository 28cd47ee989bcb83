"""What an audit says about a report: one finding per contradiction, with everything needed to follow it up."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongkai.annual.report import Number

SEVERITIES = ("error", "warning", "info")
"""Gravest first: ``error`` blocks a submission, ``warning`` wants a written explanation, ``info`` is for the reader."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing an audit found.

    ``cells`` are the keys of the cells concerned, the printed total first. ``expected`` and ``found`` are what the
    rule demands and what is printed. ``evidence`` is an exact substring of the report: the words the finding rests
    on. ``against`` names the other file of a comparison, ``where`` the place in this one. ``rule`` is the id of the
    rule in ``gongkai.annual.audit.RULES``, which carries its legal source.
    """

    code: str
    severity: str
    message: str
    cells: tuple[str, ...] = ()
    expected: Number | str | None = None
    found: Number | str | None = None
    evidence: str = ""
    against: str | None = None
    where: str = ""
    rule: str = ""

    @property
    def fingerprint(self) -> str:
        """A stable name of the finding: 16 hex digits of a SHA-256, whatever the wording of its message.

        It depends on the rule, the cells, the figures and the words of the report, not on where the files lie: an
        explanation given once stays attached until the figures change.
        """
        words = "".join(self.evidence.split())
        other = PurePath(self.against).name if self.against else ""
        parts = (self.code, self.rule, *self.cells, str(self.expected), str(self.found), words, other)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
