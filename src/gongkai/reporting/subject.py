"""A report as the review engine sees it: the unit signs it off before it goes up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from gongkai.accounts.models import Role
from gongkai.reporting import lines
from gongkai.reporting.domain import passing
from gongkai.reporting.domain.authority import KIND
from gongkai.reporting.models import Submission
from gongkai.reporting.queries.report import report_of
from gongkai.review.domain.chains import StepPlan
from gongkai.review.models import StepKind
from gongkai.review.registry import Subject, register

if TYPE_CHECKING:
    from gongkai.accounts.models import User
    from gongkai.review.models import Review

CHAIN = (
    StepPlan(StepKind.REVIEW, "工作机构负责人审核", Role.OFFICE_HEAD),
    StepPlan(StepKind.SECRECY, "保密审查", Role.SECRECY_REVIEWER),
    StepPlan(StepKind.SIGNATURE, "第一责任人签发", Role.FINAL_REVIEWER),
)
"""Whoever heads the disclosure office reads it, it is reviewed for secrecy, and the responsible leader signs."""


def register_subject() -> None:
    """Make reports known to the review engine."""
    register(
        Subject(
            kind=KIND,
            name="年度报告",
            version=lambda key: digest_of(_submission(key)),
            url=lambda key: reverse("reporting:submission", args=[key]),
            passed=_passed,
            returned=_returned,
            preset=CHAIN,
        )
    )


def digest_of(submission: Submission) -> str:
    """Return the digest of what the report says, as a freeze would keep it."""
    return lines.digest_of(lines.line_of(report_of(submission)))


def _submission(key: int) -> Submission:
    return Submission.objects.select_related("unit", "campaign").get(pk=key)


def _passed(review: Review, user: User) -> None:
    assert review.closed_on is not None
    passing.signed(_submission(review.key), user, review.closed_on)


def _returned(review: Review, user: User) -> None:
    passing.reopened(_submission(review.key), user)
