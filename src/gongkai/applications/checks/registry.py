"""All checks, and those that rooms above bring: registered at start-up, like panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.applications.checks import answer, likeness, outcome, periods, receipt, release
from gongkai.applications.checks.catalogue import ERROR, INFO, RULES, WARNING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gongkai.applications.checks.case import Case
    from gongkai.applications.checks.catalogue import Finding

    Check = Callable[[Case], Iterable[Finding]]

_OWN: tuple[Check, ...] = (receipt.check, periods.check, outcome.check, answer.check, likeness.check, release.check)
_ORDER = {severity: place for place, severity in enumerate((ERROR, WARNING, INFO))}
_PLACES = {rule: place for place, rule in enumerate(RULES)}
_brought: dict[str, Check] = {}


def register(key: str, check: Check) -> None:
    """Make a check of a room above known; registering a key again replaces it."""
    _brought[key] = check


def run(case: Case) -> list[Finding]:
    """Return what all checks find about ``case``, the gravest first, then in the order of the catalogue."""
    found = [finding for check in (*_OWN, *_brought.values()) for finding in check(case)]
    return sorted(found, key=lambda finding: (_ORDER[finding.severity], _PLACES[finding.rule]))
