"""Taking a subject through its chain: submit, decide, refer, recuse, withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.domain.people import actor_of
from gongkai.accounts.queries.scope import scope_of
from gongkai.journal.domain.entry import record
from gongkai.review.domain.chains import chain_for
from gongkai.review.errors import (
    AlreadyOpenError,
    ChangedMeanwhileError,
    NotOpenError,
    NotYourStepError,
    OpinionMissingError,
    RecusedError,
    SameReviewerError,
    SelfReviewError,
)
from gongkai.review.models import Recusal, Review, ReviewState, Step, StepKind, StepState
from gongkai.review.registry import subject_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.units.models import Unit

SECRECY_LAW = "保守国家秘密法 第三十五条"


@transaction.atomic
def submit(*, kind: str, key: int, title: str, unit: Unit, author: User, day: date) -> Review:
    """Open the review of a subject by its unit's chain; the first step is reached on ``day``."""
    if Review.objects.filter(kind=kind, key=key, state__in=(ReviewState.OPEN, ReviewState.REFERRED)).exists():
        raise AlreadyOpenError(f"“{title}”正在审核中，不能重复送审。请等待审核结果，或先撤回。")
    chain = chain_for(kind=kind, unit=unit)
    review = Review.objects.create(
        kind=kind,
        key=key,
        version=subject_of(kind).version(key),
        title=title,
        unit=unit,
        author=author,
        opened_on=day,
    )
    Step.objects.bulk_create(
        Step(
            review=review,
            order=step.order,
            kind=step.kind,
            title=step.title,
            role=step.role,
            working_days=step.working_days,
        )
        for step in chain.steps.all()
    )
    _reach_next(review, day)
    _note("submitted", review, author, chain=chain.name)
    return review


def objection(*, review: Review, step: Step, user: User, day: date) -> Exception | None:
    """Return why ``user`` may not decide ``step`` now, or ``None``: the one rule for page and verb alike."""
    if review.state != ReviewState.OPEN or step.state != StepState.CURRENT:
        return NotOpenError(f"“{review.title}”的“{step.title}”现在不能审核：{review.get_state_display()}。")
    if user.pk == review.author_id:
        return SelfReviewError("送审人不得审核自己的稿件（回避）。请由有该角色的其他人员办理。")
    if not scope_of(user, day).may(review.unit_id, step.role):
        return NotYourStepError(f"“{step.title}”须由{step.get_role_display()}办理，您没有该机构的这一角色。")
    if Recusal.objects.filter(review=review, user=user).exists():
        return RecusedError("您已声明回避，不能审核此稿。请由有该角色的其他人员办理。")
    others = Step.objects.filter(review=review, reviewer=user).exclude(pk=step.pk)
    if step.kind == StepKind.REVIEW and others.filter(kind=StepKind.REVIEW).exists():
        return SameReviewerError(
            "同一人不得办理同一稿件的两级审核：三审须由三名不同人员进行。请由有该角色的其他人员办理。"
        )
    return None


@transaction.atomic
def approve(
    *, review: Review, user: User, day: date, opinion: str = "", evidence: Mapping[str, object] | None = None
) -> Review:
    """Pass the current step; with the last one the subject's review has passed."""
    review, step = _current(review, user, day)
    subject = subject_of(review.kind)
    if subject.version(review.key) != review.version:
        raise ChangedMeanwhileError(f"“{review.title}”送审后内容已变动，原审核不再有效。请退回后重新送审。")
    subject.before_pass(review, step)
    _decide(step, StepState.PASSED, user, opinion, evidence)
    _note("approved", review, user, step=step.title, opinion=opinion)
    if not _reach_next(review, day):
        review.state, review.closed_on = ReviewState.PASSED, day
        review.save(update_fields=["state", "closed_on"])
        _note("passed", review, user)
        subject.passed(review, user)
    return review


@transaction.atomic
def send_back(*, review: Review, user: User, day: date, opinion: str) -> Review:
    """Return the subject to its author with the reason."""
    review, step = _current(review, user, day)
    if not opinion.strip():
        raise OpinionMissingError("退回必须写明理由，以便送审人修改。")
    _decide(step, StepState.RETURNED, user, opinion, None)
    review.state, review.closed_on = ReviewState.RETURNED, day
    review.save(update_fields=["state", "closed_on"])
    _note("returned", review, user, step=step.title, opinion=opinion)
    subject_of(review.kind).returned(review, user)
    return review


@transaction.atomic
def refer(*, review: Review, user: User, day: date, to: str, question: str) -> Review:
    """Ask the competent or the secrecy department to determine what the unit cannot (条例 第十七条)."""
    review, step = _current(review, user, day)
    if not question.strip():
        raise OpinionMissingError("报请确定必须写明不能确定的事项（条例第十七条）。")
    review.state, review.referred_to = ReviewState.REFERRED, to
    review.save(update_fields=["state", "referred_to"])
    _note("referred", review, user, "条例 第十七条", step=step.title, to=to, question=question)
    return review


@transaction.atomic
def determine(*, review: Review, user: User, determination: str) -> Review:
    """Enter the answer to a referral; the review goes on at the step it stood at."""
    review = Review.objects.select_for_update().get(pk=review.pk)
    if review.state != ReviewState.REFERRED:
        raise NotOpenError(f"“{review.title}”没有待确定的事项。")
    review.state, review.determination = ReviewState.OPEN, determination
    review.save(update_fields=["state", "determination"])
    _note("determined", review, user, "条例 第十七条", by=review.referred_to, determination=determination)
    return review


@transaction.atomic
def recuse(*, review: Review, user: User, day: date, reason: str) -> Recusal:
    """Stand aside from a review (回避); only whoever could decide its current step has anything to stand aside from."""
    _current(review, user, day)
    recusal, _ = Recusal.objects.get_or_create(review=review, user=user, defaults={"reason": reason})
    _note("recused", review, user, reason=reason)
    return recusal


@transaction.atomic
def withdraw(*, review: Review, user: User, day: date) -> Review:
    """Take a subject back from review; only its author can."""
    review = Review.objects.select_for_update().get(pk=review.pk)
    if review.state not in {ReviewState.OPEN, ReviewState.REFERRED}:
        raise NotOpenError(f"“{review.title}”{review.get_state_display()}，不能撤回。")
    if user.pk != review.author_id:
        raise NotYourStepError("只有送审人可以撤回。审核人请用“退回”。")
    review.state, review.closed_on = ReviewState.WITHDRAWN, day
    review.save(update_fields=["state", "closed_on"])
    _note("withdrawn", review, user)
    subject_of(review.kind).returned(review, user)
    return review


def _current(review: Review, user: User, day: date) -> tuple[Review, Step]:
    """Lock the review and return it with its current step, or raise why ``user`` may not decide it."""
    review = Review.objects.select_for_update().get(pk=review.pk)
    step = review.steps.filter(state=StepState.CURRENT).first()
    if step is None:
        raise NotOpenError(f"“{review.title}”{review.get_state_display()}，没有待审的步骤。")
    problem = objection(review=review, step=step, user=user, day=day)
    if problem is not None:
        raise problem
    return review, step


def _decide(step: Step, state: str, user: User, opinion: str, evidence: Mapping[str, object] | None) -> None:
    step.state, step.reviewer, step.decided_at = state, user, timezone.now()
    step.opinion, step.evidence = opinion, dict(evidence or {})
    step.save()


def _reach_next(review: Review, day: date) -> bool:
    following = review.steps.filter(state=StepState.WAITING).order_by("order").first()
    if following is None:
        return False
    following.state, following.reached_on = StepState.CURRENT, day
    following.save(update_fields=["state", "reached_on"])
    return True


def _note(act: str, review: Review, user: User, article: str = "", **detail: object) -> None:
    record(
        act=f"review.{act}",
        actor=actor_of(user, review.unit),
        subject=f"{review.kind}:{review.key}",
        article=article or (SECRECY_LAW if detail.get("step") == "保密审查" else ""),
        detail={"review": review.pk, **detail},
    )
