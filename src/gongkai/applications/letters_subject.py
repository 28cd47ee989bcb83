"""Letters as the review engine sees them: by one chain answers, by another notices, by a third what matters end in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from gongkai.accounts.models import Role
from gongkai.applications.domain import letters
from gongkai.applications.letters.kinds import ANSWER_REVIEW, MATTER_REVIEW, NOTICE_REVIEW
from gongkai.applications.models import Letter
from gongkai.review.domain.chains import StepPlan
from gongkai.review.models import StepKind
from gongkai.review.registry import Subject, register

if TYPE_CHECKING:
    from gongkai.accounts.models import User
    from gongkai.review.models import Review

ANSWERS = (
    StepPlan(StepKind.SECRECY, "保密审查", Role.SECRECY_REVIEWER, 1),
    StepPlan(StepKind.LEGAL, "法制审核", Role.FINAL_REVIEWER),
    StepPlan(StepKind.SIGNATURE, "签发", Role.OFFICE_HEAD, 1),
)
"""What tells somebody about information: looked at for secrets and for the law, signed by the head of the office."""

NOTICES = (StepPlan(StepKind.SIGNATURE, "工作机构负责人审批", Role.OFFICE_HEAD, 1),)
"""What only moves the procedure on: nothing of the information stands in it (ADR 0020)."""


MATTERS = (
    StepPlan(StepKind.LEGAL, "法制审核", Role.FINAL_REVIEWER),
    StepPlan(StepKind.SIGNATURE, "签发", Role.OFFICE_HEAD, 1),
)
"""What a complaint or an appeal comes to: looked at for the law, signed; no information goes out with it."""


def register_subjects() -> None:
    """Make the kinds of letters known to the review engine."""
    for kind, name, preset, discloses in (
        (ANSWER_REVIEW, "依申请公开答复", ANSWERS, True),
        (NOTICE_REVIEW, "依申请公开程序文书", NOTICES, False),
        (MATTER_REVIEW, "投诉、申诉处理文书", MATTERS, False),
    ):
        register(
            Subject(
                kind=kind,
                name=name,
                version=lambda key: _letter(key).content_digest,
                url=lambda key: reverse("applications:letter", args=[key]),
                passed=_passed,
                returned=_returned,
                preset=preset,
                discloses=discloses,
            )
        )


def _letter(key: int) -> Letter:
    return Letter.objects.select_related("application__unit", "matter__unit", "matter__about", "unit").get(pk=key)


def _passed(review: Review, user: User) -> None:
    letters.passed(letter=_letter(review.key), user=user)


def _returned(review: Review, user: User) -> None:
    letters.returned(letter=_letter(review.key), user=user)
