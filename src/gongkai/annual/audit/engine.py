"""Running the rules over a report, and over the years of one body."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from gongkai.annual.audit.amounts import check_amounts
from gongkai.annual.audit.arithmetic import check_sums
from gongkai.annual.audit.bodies import shared_paragraphs
from gongkai.annual.audit.cells import check_cells
from gongkai.annual.audit.claims import check_claims
from gongkai.annual.audit.context import Context
from gongkai.annual.audit.counts import check_counts
from gongkai.annual.audit.duties import check_duties
from gongkai.annual.audit.narrative import check_statements
from gongkai.annual.audit.registry import RULES
from gongkai.annual.audit.series import body_key, compare_years, duplicate
from gongkai.annual.audit.structure import check_structure
from gongkai.annual.audit.wording import check_wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gongkai.annual.finding import Finding
    from gongkai.annual.report import Report

CHECKS: tuple[Callable[[Context], Iterator[Finding]], ...] = (
    check_structure,
    check_duties,
    check_cells,
    check_sums,
    check_statements,
    check_amounts,
    check_claims,
    check_counts,
    check_wording,
)
"""The checks of one report, in the order in which their findings are listed."""


def audit(report: Report, *, level: str | None = None, overview_limit: int | None = None) -> tuple[Finding, ...]:
    """Return what is wrong with one report, judged by itself.

    ``level`` (``province``, ``prefecture``, ``county``, ``town``, ``department``) overrides what its name says.
    ``overview_limit`` is how many characters section 一 may have, where a local rule says so.
    """
    return _alone(Context(report, level, overview_limit))


def audit_series(
    reports: Sequence[Report], *, level: str | None = None, overview_limit: int | None = None
) -> tuple[tuple[Finding, ...], ...]:
    """Return the findings of each report, in the order given, those across years and across bodies included.

    Reports of one body form a series ordered by year. A finding across years stands with the later year and names the
    file of the other as ``against``. Of two files of one body and year the first takes part in the series; the second
    carries a ``duplicate-report``. Reports without body or year are judged alone. A paragraph that two bodies share
    is a finding of both.
    """
    contexts = [Context(report, level, overview_limit) for report in reports]
    found = [[*_alone(context)] for context in contexts]
    series: dict[str, dict[int, int]] = {}
    for place, report in enumerate(reports):
        body = body_key(report)
        if body is None or report.year is None:
            continue
        years = series.setdefault(body, {})
        if report.year in years:
            found[place].append(duplicate(reports[years[report.year]], report))
        else:
            years[report.year] = place
    for years in series.values():
        order = [years[year] for year in sorted(years)]
        for earlier, later in pairwise(order):
            found[later] += compare_years(contexts[earlier], contexts[later])
    return tuple((*findings, *shared) for findings, shared in zip(found, shared_paragraphs(reports), strict=True))


def _alone(context: Context) -> tuple[Finding, ...]:
    if context.report.cells and not context.numbers and context.report.year is None:
        return (RULES["A11t"].finding(),)  # a blank form has nothing else to say
    return tuple(finding for check in CHECKS for finding in check(context))
