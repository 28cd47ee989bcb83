"""Running the rules over a report, and over the years of one body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.annual.audit.amounts import check_amounts
from gongkai.annual.audit.arithmetic import check_sums
from gongkai.annual.audit.claims import check_claims
from gongkai.annual.audit.context import Context
from gongkai.annual.audit.counts import check_counts
from gongkai.annual.audit.narrative import check_statements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gongkai.annual.finding import Finding
    from gongkai.annual.report import Report

CHECKS: tuple[Callable[[Context], Iterator[Finding]], ...] = (
    check_sums,
    check_statements,
    check_amounts,
    check_claims,
    check_counts,
)
"""The checks of one report, in the order in which their findings are listed."""


def audit(report: Report, *, level: str | None = None) -> tuple[Finding, ...]:
    """Return what is wrong with one report, judged by itself.

    ``level`` (``province``, ``prefecture``, ``county``, ``town``, ``department``) overrides what its name says.
    """
    context = Context(report, level)
    return tuple(finding for check in CHECKS for finding in check(context))


def audit_series(reports: Sequence[Report], *, level: str | None = None) -> tuple[tuple[Finding, ...], ...]:
    """Return the findings of each report, in the order given; those across years stand with the later year."""
    return tuple(audit(report, level=level) for report in reports)
