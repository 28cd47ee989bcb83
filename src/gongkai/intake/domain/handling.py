"""What each kind of message does, besides an application; all in the transaction that takes it from the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from gongkai.accounts.sealing import seal
from gongkai.applications.domain import confirming, entering
from gongkai.applications.errors import ApplicationError
from gongkai.applications.kinds import KINDS
from gongkai.applications.models import Application, Stage
from gongkai.intake.domain.receiving import attach
from gongkai.intake.errors import UnitsGoneError, UnknownCaseError
from gongkai.intake.messages import PURPOSE
from gongkai.intake.models import Callback, Found, Kind, Satisfaction, TrackedCase
from gongkai.units.models import Unit
from gongkai.units.queries.tree import answering

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from gongkai.intake.messages import CallMe, Confirmed, Corrected, FoundIt, Message, Rated, Withdrawn
    from gongkai.intake.models import Submission

    Handler = Callable[[Submission, Message, date], None]

CONFIRMED_BY = "申请人在网站回填查询码，系统出具回执"


def confirm(submission: Submission, message: Confirmed, today: date) -> None:
    """Enter that both sides confirmed the receipt (Art 31(3)), on the day the applicant typed the code back.

    Which side does what: the receipt page is the agency's word that it has the application, given in its name when the
    form was taken; the code that the applicant types back is theirs that they have the receipt. Both are there on that
    day, so the clock starts on it: earlier than if an officer had still to call, and never later than the law lets the
    agency be (最高人民法院指导案例26号 takes the day of submission where the system says nothing). Whoever does not
    type the code back is called by the office, whose verb is the same ``confirming.confirm``; whichever comes first
    counts. Where one of the agencies has not got the form yet, the worker comes again (``taking.take``).
    """
    del message
    followed = TrackedCase.objects.filter(key=submission.key).select_related("application")
    if not followed:
        raise UnknownCaseError
    for case in followed:
        application = Application.objects.get(pk=case.application_id)
        if application.stage == Stage.UNCONFIRMED:
            confirming.confirm(
                application=application, day=submission.arrived_on, way=CONFIRMED_BY, user=None, today=today
            )


def correct(submission: Submission, message: Corrected, today: date) -> None:
    """Enter the answer to a correction notice, with its papers; where the law takes none any more, note it."""
    application = _case(submission, message.case)
    attach(application, submission, today)
    _enter(application, "correction_answer", submission.arrived_on, today, "申请人网上提交补正，见补正材料")


def withdraw(submission: Submission, message: Withdrawn, today: date) -> None:
    """Enter that the applicant took the application back; where that comes too late, note it."""
    application = _case(submission, message.case)
    if application.stage == Stage.UNCONFIRMED:
        # Whoever takes back what has the code knows that it was received; an unconfirmed application has no course.
        confirming.confirm(application=application, day=submission.arrived_on, way=CONFIRMED_BY, user=None, today=today)
    _enter(application, "withdrawal", submission.arrived_on, today, "申请人在网站撤回申请")


def rate(submission: Submission, message: Rated, today: date) -> None:
    """Keep what the applicant says of how it was handled; a second opinion replaces the first."""
    del today
    application = _case(submission, message.case)
    Satisfaction.objects.update_or_create(
        application=application,
        defaults={"day": submission.arrived_on, "score": message.score, "words": seal(message.words, PURPOSE)},
    )
    TrackedCase.objects.filter(application=application).update(is_stale=True)


def call(submission: Submission, message: CallMe, today: date) -> None:
    """List a request to be called at the unit, or at whoever carries on its functions."""
    unit = Unit.objects.filter(pk=message.unit).first()
    heirs = answering(unit, today) if unit else ()
    if not heirs:
        raise UnitsGoneError(f"请求代填的行政机关（内部编号 {message.unit}）已不存在。请转主管部门办理。")
    Callback.objects.get_or_create(
        submission=submission.pk,
        defaults={
            "unit": heirs[0],
            "arrived_on": submission.arrived_on,
            "telephone": seal(message.telephone, PURPOSE),
            "name": seal(message.name, PURPOSE),
            "wish": seal(message.wish, PURPOSE),
        },
    )


def count(submission: Submission, message: FoundIt, today: date) -> None:
    """Count one who found it among what is public."""
    del message, today
    Found.objects.get_or_create(day=submission.arrived_on)
    Found.objects.filter(day=submission.arrived_on).update(count=F("count") + 1)


HANDLERS: dict[str, Handler] = {
    Kind.CONFIRMATION: confirm,
    Kind.CORRECTION: correct,
    Kind.WITHDRAWAL: withdraw,
    Kind.SATISFACTION: rate,
    Kind.ASSISTANCE: call,
    Kind.FOUND: count,
}


def _case(submission: Submission, case: str) -> Application:
    """Return the application of a row, only where its key is the submission's too."""
    found = TrackedCase.objects.filter(pk=case, key=submission.key).first()
    if found is None:
        raise UnknownCaseError
    return Application.objects.get(pk=found.application_id)


def _enter(application: Application, kind: str, day: date, today: date, words: str) -> None:
    """Enter ``kind`` with ``words``; where the law forbids it on that day, a note: nothing sent in gets lost."""
    try:
        with transaction.atomic():
            entering.enter(application=application, kind=kind, day=day, user=None, today=today, text=words)
    except ApplicationError as error:
        text = f"{words}（未能登记为“{KINDS[kind].caption}”：{error}）"
        entering.enter(application=application, kind="note", day=day, user=None, today=today, text=text)
