"""A record as the review engine sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from gongkai.records.domain import publication
from gongkai.records.domain.trace import KIND
from gongkai.records.errors import InterpretationMissingError, PersonalDataError
from gongkai.records.markup import plain
from gongkai.records.models import Attribute, Record
from gongkai.records.snapshot import digest_of, snapshot_of
from gongkai.review.models import StepKind, StepState
from gongkai.review.registry import Subject, register
from gongkai.text import personal

if TYPE_CHECKING:
    from gongkai.accounts.models import User
    from gongkai.review.models import Review, Step


def register_subject() -> None:
    """Make records known to the review engine."""
    register(
        Subject(
            kind=KIND,
            name="政府信息",
            version=lambda key: digest_of(snapshot_of(_record(key))),
            url=lambda key: reverse("records:detail", args=[key]),
            before_pass=_before_pass,
            passed=_passed,
            returned=_returned,
        )
    )


def personal_data(record: Record) -> tuple[personal.PersonalDatum, ...]:
    """Return the personal data that stands in what would be published."""
    return personal.find(f"{record.title}\n{record.summary}\n{plain(record.body)}")


def _record(key: int) -> Record:
    return Record.objects.select_related("unit").get(pk=key)


def _before_pass(review: Review, step: Step) -> None:
    """Hold the last review back while personal data stands in the text or a due interpretation is missing."""
    if review.steps.filter(kind=StepKind.REVIEW).exclude(state=StepState.PASSED).count() > 1:
        return
    if step.kind != StepKind.REVIEW:
        return
    record = _record(review.key)
    if record.needs_interpretation and not record.interpretations.exists():
        raise InterpretationMissingError(f"“{record.title}”需解读，但还没有解读材料。解读须与文件同步组织、同步审签。")
    if record.attribute == Attribute.PROACTIVE and (found := personal_data(record)):
        words = "、".join(datum.masked for datum in found[:3])
        raise PersonalDataError(
            f"正文中有个人信息（{words}），不能发布（个人信息保护法第二十五条）。请退回作去标识化处理。"
        )


def _passed(review: Review, user: User) -> None:
    publication.passed(record=_record(review.key), user=user)


def _returned(review: Review, user: User) -> None:
    publication.returned(record=_record(review.key), user=user)
