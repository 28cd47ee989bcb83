"""Who may read the journal.

This room stands below ``accounts`` and does not know its classes: whatever answers like ``Scope`` will do.
"""

from __future__ import annotations

from typing import Protocol

AUDITOR = "auditor"

SYSTEM_ROOMS = frozenset({"accounts", "units", "jobs", "files", "indexing"})
"""Rooms whose entries tell nothing of cases: an administrator, who reads no cases, sees their content."""


class Rights(Protocol):
    """What a person may do, by role, on one day (``accounts.queries.scope.Scope``)."""

    def of(self, *roles: str) -> frozenset[int]:
        """Return the units where the person has any of ``roles``."""

    @property
    def is_administrator(self) -> bool:
        """Tell whether the person runs the system."""


def may_read(scope: Rights) -> bool:
    """Allow auditors, for their units, and administrators."""
    return scope.is_administrator or bool(scope.of(AUDITOR))


def shows_content(scope: Rights, act: str, *, is_audited: bool) -> bool:
    """Tell whether the content of an entry is shown: to an auditor of its unit; to an administrator if no case's."""
    return is_audited or (scope.is_administrator and act.partition(".")[0] in SYSTEM_ROOMS)
