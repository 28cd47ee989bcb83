"""Receiving several reports at once: each stands or falls by itself, and who is refused is told why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai.reporting.domain import passing
from gongkai.reporting.errors import ReportingError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.reporting.models import Submission


@dataclass
class Received:
    """What came of it: the reports received, and (report, reason) of those refused."""

    accepted: list[Submission] = field(default_factory=list)
    refused: list[tuple[Submission, str]] = field(default_factory=list)


def accept_all(*, asked: Iterable[tuple[Submission, int]], user: User, today: date) -> Received:
    """Accept each report with the version the person saw, every one in a transaction of its own."""
    found = Received()
    for submission, seen in asked:
        try:
            found.accepted.append(passing.accept(submission=submission, user=user, today=today, seen=seen))
        except ReportingError as error:
            found.refused.append((submission, str(error)))
    return found
