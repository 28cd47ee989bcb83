"""The report as it stands: the same value that the audit judges, the writer prints and the freeze keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from gongkai.annual.report import Report, Section
from gongkai.reporting.queries.cells import Value, as_report, cells

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gongkai.reporting.models import Submission


def report_of(submission: Submission, found: Mapping[str, Value] | None = None) -> Report:
    """Return the report of ``submission``; ``found`` are its cells where the caller has them already."""
    year = submission.campaign.year
    found = cells(submission) if found is None else found
    sections = [tuple(one) for one in submission.sections]
    return replace(
        as_report(found.values(), edition=submission.campaign.edition),
        title=submission.title,
        body=submission.body,
        year=year,
        period=(date(year, 1, 1), date(year, 12, 31)),
        preamble="\n".join(text for number, _, text in sections if number == 0),
        sections=tuple(Section(number, title, text) for number, title, text in sections if number),
    )
