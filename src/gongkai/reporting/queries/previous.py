"""The report of the year before, which this year's is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.annual import jsonio
from gongkai.reporting.models import Edition

if TYPE_CHECKING:
    from gongkai.annual.report import Report
    from gongkai.reporting.models import Submission


def before(submission: Submission) -> Report | None:
    """Return the last version published for the year before, of the same unit and scope; one query."""
    found = (
        Edition.objects.filter(
            unit=submission.unit_id,
            scope=submission.scope,
            year=submission.campaign.year - 1,
            published_on__isnull=False,
        )
        .order_by("-version")
        .values_list("report", flat=True)
        .first()
    )
    return None if found is None else jsonio.loads(found)
