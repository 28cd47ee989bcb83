"""A page as the review engine sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from gongkai.accounts.models import Role
from gongkai.portal.domain import publishing
from gongkai.portal.domain.snapshot import digest_of_page
from gongkai.portal.domain.trace import PAGE
from gongkai.portal.models import Page
from gongkai.records.errors import PersonalDataError
from gongkai.records.markup import plain
from gongkai.review.domain.chains import StepPlan
from gongkai.review.models import StepKind, StepState
from gongkai.review.registry import Subject, register
from gongkai.text import personal

if TYPE_CHECKING:
    from gongkai.accounts.models import User
    from gongkai.review.models import Review, Step

PRESET = (
    StepPlan(StepKind.SECRECY, "保密审查", Role.SECRECY_REVIEWER),
    StepPlan(StepKind.REVIEW, "单位审核", Role.FINAL_REVIEWER),
    StepPlan(StepKind.REVIEW, "主管部门审批", Role.COMPETENT),
)
"""The unit answers for what it wants to say, the competent department for what stands on the city's site."""


def register_subject() -> None:
    """Make pages known to the review engine."""
    register(
        Subject(
            kind=PAGE,
            name="门户页面",
            version=lambda key: digest_of_page(_page(key)),
            url=lambda key: reverse("editing:page", args=[key]),
            before_pass=_before_pass,
            passed=_passed,
            returned=_returned,
            preset=PRESET,
        )
    )


def _page(key: int) -> Page:
    return Page.objects.select_related("unit").get(pk=key)


def _before_pass(review: Review, step: Step) -> None:
    """Hold the last step back while personal data stands in the text."""
    if review.steps.exclude(state=StepState.PASSED).exclude(pk=step.pk).exists():
        return
    page = _page(review.key)
    if found := personal.find(f"{page.title}\n{page.summary}\n{plain(page.body)}"):
        words = "、".join(datum.masked for datum in found[:3])
        raise PersonalDataError(
            f"页面中有个人信息（{words}），不能发布（个人信息保护法第二十五条）。请退回作去标识化处理。"
        )


def _passed(review: Review, user: User) -> None:
    publishing.passed(page=_page(review.key), user=user)


def _returned(review: Review, user: User) -> None:
    publishing.returned(page=_page(review.key), user=user)
