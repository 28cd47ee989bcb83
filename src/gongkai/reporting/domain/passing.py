"""The way of a report: signed at the unit, received or sent back by the superior."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from gongkai.reporting import rules
from gongkai.reporting.domain import auditing, confirming
from gongkai.reporting.domain.authority import ARTICLE, KIND, authorise, changed, demand_state, locked, trace
from gongkai.reporting.errors import ChangedCasesError, ReasonMissingError
from gongkai.reporting.models import EDITABLE, Scope, State
from gongkai.reporting.queries.recount import recount
from gongkai.review.domain import passage

if TYPE_CHECKING:
    from datetime import date, datetime

    from gongkai.accounts.models import User
    from gongkai.reporting.models import Submission


SHOWN = 5
"""How many changed cells a message names."""


@transaction.atomic
def submit(*, submission: Submission, user: User, today: date, seen: int | None = None) -> Submission:
    """Send the report through the unit's chain, which 第一责任人 ends by signing it.

    Raises ``BlockedError`` while errors or unanswered warnings stand.
    """
    submission = locked(submission, seen)
    authorise(submission, user, today, "送审")
    demand_state(submission, EDITABLE, "送审")
    auditing.demand_clean(submission, "送审")
    submission.state = State.REVIEWING
    changed(submission, "state", "findings")
    passage.submit(kind=KIND, key=submission.pk, title=submission.title, unit=submission.unit, author=user, day=today)
    trace("submitted", submission, user, ARTICLE)
    return submission


def signed(submission: Submission, user: User, today: date) -> Submission:
    """Take over that the chain has passed, in its transaction: the superior has the report from now on."""
    submission = locked(submission)
    submission.state, submission.signed_by, submission.signed_on = State.SIGNED, user, today
    submission.first_signed_on = submission.first_signed_on or today
    submission.returned_reason = ""
    trace("signed", submission, user, ARTICLE)
    return changed(submission, "state", "signed_by", "signed_on", "first_signed_on", "returned_reason")


def reopened(submission: Submission, user: User) -> Submission:
    """Take over that the chain sent it back, or that its author took it out of review."""
    submission = locked(submission)
    submission.state = State.DRAFT
    trace("reopened", submission, user)
    return changed(submission, "state")


@transaction.atomic
def accept(*, submission: Submission, user: User, today: date, seen: int | None = None) -> Submission:
    """Receive the report: its figures go into the superior's sum.

    Raises ``BlockedError``, ``UnconfirmedError`` while a checking unit has not agreed, and ``ChangedCasesError`` where
    the cases known at the time of compiling are no longer what they were.
    """
    submission = locked(submission, seen)
    authorise(submission, user, today, "接收", rules.may_decide)
    demand_state(submission, (State.SIGNED,), "接收")
    demand_same_cases(submission, timezone.now())
    auditing.demand_clean(submission, "接收")
    confirming.demand(submission)
    submission.state, submission.accepted_on = State.ACCEPTED, today
    trace("accepted", submission, user, ARTICLE, first_signed_on=str(submission.first_signed_on))
    return changed(submission, "state", "accepted_on", "findings")


@transaction.atomic
def send_back(*, submission: Submission, reason: str, user: User, today: date, seen: int | None = None) -> Submission:
    """Return the report to its unit with the reason; it can be changed and submitted again."""
    submission = locked(submission, seen)
    authorise(submission, user, today, "退回", rules.may_decide)
    demand_state(submission, (State.SIGNED, State.ACCEPTED, State.FROZEN), "退回")
    if not reason.strip():
        raise ReasonMissingError("退回必须写明理由，以便填报单位修改。", {"reason": "必须填写。"})
    submission.state, submission.returned_reason = State.RETURNED, reason.strip()
    submission.returns += 1
    submission.accepted_on = None
    trace("returned", submission, user, reason=submission.returned_reason, day=today.isoformat())
    return changed(submission, "state", "returned_reason", "returns", "accepted_on")


def demand_same_cases(submission: Submission, now: datetime) -> None:
    """Raise ``ChangedCasesError`` where the cases known at ``now`` give other figures than the report has."""
    if submission.scope != Scope.OWN:
        return
    for _, changes in recount(submission, known_at=now).differing:
        shown = "；".join(f"{key}：{old} → {new}" for key, (old, new) in list(changes.items())[:SHOWN])
        raise ChangedCasesError(
            f"《{submission.title}》提取数据之后，案件又有变动（{shown}）。请退回单位，重新提取数据后再报送。"
        )
