"""Entering what happened in a case: the one way by which an event comes into being.

A decision that orders an answer opens another round of the application in the same transaction.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.applications.domain import authority as application_authority
from gongkai.applications.domain import entering as application_entering
from gongkai.applications.domain.projection import course_of as application_course
from gongkai.applications.kinds import REANSWER, plain
from gongkai.eventlog import log
from gongkai.remedies import rules
from gongkai.remedies.course import course, served
from gongkai.remedies.domain import orders, projection
from gongkai.remedies.domain.authority import authorise, demand_past, locked
from gongkai.remedies.domain.trace import trace
from gongkai.remedies.errors import IncompleteError, OutOfOrderError, RemedyError, WrongDayError
from gongkai.remedies.kinds import DECIDED, ENDING, KINDS, NOTIFIED

if TYPE_CHECKING:
    from gongkai.accounts.models import User
    from gongkai.files.models import Blob
    from gongkai.law.remedies_results import Result
    from gongkai.remedies.course import Course
    from gongkai.remedies.models import Remedy, RemedyEvent

REMEDIED = orders.REMEDIED
"""The kind of event by which an application's timeline shows what happened in its remedies."""


@transaction.atomic
def enter(
    *,
    remedy: Remedy,
    kind: str,
    day: date,
    user: User | None,
    today: date,
    seen: int | None = None,
    evidence: Blob | None = None,
    evidence_name: str = "",
    **params: object,
) -> RemedyEvent:
    """Enter that ``kind`` happened on the legal ``day``; ``params`` are those of ``kinds.KINDS[kind]``.

    Raises ``OutOfOrderError`` for what cannot follow, ``WrongResultError`` for a result the law of the day does not
    have, ``WrongDayError`` and ``IncompleteError``. Where the result orders an answer, the application gets another
    round with ``until`` as its last day, or, if it was never answered, a note of the order.
    """
    remedy = locked(remedy, seen)
    authorise(remedy, user, today, f"登记“{KINDS[kind].caption}”")
    event = append(remedy, kind, day, user, today=today, evidence=evidence, evidence_name=evidence_name, **params)
    found = projection.course_of(remedy, max(today, day))
    assert found is not None
    brings = found.result if found.ended == event else None
    trace(
        f"{kind}_entered",
        remedy,
        user,
        brings.article if brings else "",
        day=day.isoformat(),
        sequence=event.sequence,
        **({"result": brings.key} if brings else {}),
    )
    if remedy.application is not None and kind in {*ENDING, "appealed", "retrial"}:
        _tell_application(remedy, event, found, user, today)
    return event


def demand_handling(*, remedy: Remedy, user: User, today: date) -> None:
    """Raise ``NotAuthorisedError`` for whoever may not work on the case; asked before a file is let in."""
    authorise(remedy, user, today, "登记案件事项")


def append(
    remedy: Remedy,
    kind: str,
    day: date,
    user: User | None,
    *,
    today: date,
    evidence: Blob | None = None,
    evidence_name: str = "",
    **params: object,
) -> RemedyEvent:
    """Write an event of a locked or new case, checked against all others, and project; the caller keeps the journal."""
    KINDS[kind].demand_known(params)
    demand_past(day, today, KINDS[kind].caption)
    payload = {key: value for key, value in plain(params).items() if value is not False}
    _check(kind, day, payload, today)
    events = log.draft(remedy, kind, day, user, payload, evidence=evidence, evidence_name=evidence_name)
    found = course(remedy.kind, events, max(today, day))
    if found is None:
        raise OutOfOrderError(f"本案的登记已撤销，不能登记“{KINDS[kind].caption}”。请重新登记案件。")
    return _save(remedy, found, events[-1])


@transaction.atomic
def strike(
    *, remedy: Remedy, event: RemedyEvent, user: User, today: date, reason: str, seen: int | None = None
) -> RemedyEvent:
    """Strike out an event entered by mistake; it stays to be seen, with the ``reason``, and counts no more.

    Striking out the notice withdraws the registration: the case counts nowhere. What the event brought into the
    application, an order to answer again above all, is struck out with it.
    """
    remedy = locked(remedy, seen)
    authorise(remedy, user, today, "更正登记", rules.may_strike)
    events = log.striking(
        remedy, event, user, today=today, reason=reason, unexplained=IncompleteError, refused=OutOfOrderError
    )
    if event.kind == NOTIFIED and log.standing(events):
        raise OutOfOrderError("划去收到通知即撤销本案登记，但其后还有事项。请先划去后面的事项。")
    try:
        found = course(remedy.kind, events, today)
    except RemedyError as error:
        raise OutOfOrderError(
            f"划去“{KINDS[event.kind].caption}”（{event.day}）后，其后的事项不能成立：{error}请先划去后面的事项。"
        ) from error
    made = _save(remedy, found, events[-1])
    revoked = orders.revoke(remedy, event, user, today=today, reason=reason)
    beside = {"in_application": revoked} if revoked else {}
    trace("struck", remedy, user, sequence=event.sequence, kind=event.kind, reason=reason.strip(), **beside)
    return made


def tell(event: RemedyEvent, text: str, user: User | None, today: date) -> None:
    """Let the timeline of the application show ``text`` of ``event``; the application may be ended or archived."""
    assert event.remedy.application is not None
    application = application_authority.locked(event.remedy.application)
    said = {"text": text, "source": orders.source_of(event)}
    application_entering.append(application, REMEDIED, event.day, user, today=today, **said)


def _save(remedy: Remedy, found: Course | None, event: RemedyEvent) -> RemedyEvent:
    event.save()
    projection.project(remedy, found)
    remedy.version = event.sequence
    remedy.save(update_fields=[*projection.FIELDS, "version"])
    return event


def _check(kind: str, day: date, payload: dict[str, object], today: date) -> None:
    if kind != DECIDED:
        return
    reached = payload.get("served")
    if reached is not None:
        demand_past(date.fromisoformat(str(reached)), today, "收到文书")
        if date.fromisoformat(str(reached)) < day:
            raise WrongDayError(
                f"收到文书的日期 {reached} 早于作出之日 {day}。请核对日期。", {"served": "早于作出之日。"}
            )
    until = payload.get("until")
    if until is not None and date.fromisoformat(str(until)) <= day:
        raise WrongDayError(
            f"重新答复的期限 {until} 不晚于作出之日 {day}。请核对决定书、判决书。", {"until": "应晚于作出之日。"}
        )


def _tell_application(remedy: Remedy, event: RemedyEvent, found: Course, user: User | None, today: date) -> None:
    assert remedy.application is not None
    document = str(event.payload.get("document", ""))
    what = found.result.caption if found.ended == event and found.result else KINDS[event.kind].caption
    where = f"{remedy.body}{f'（{document}）' if document else ''}"
    tell(event, f"{remedy.get_kind_display()}：{where}{what}", user, today)
    if found.ended == event and found.result is not None and found.result.orders_answer:
        _order_answer(remedy, event, found.result, user, today)


def _order_answer(remedy: Remedy, event: RemedyEvent, result: Result, user: User | None, today: date) -> None:
    """Open another round of the application; an answer still owed stays owed, with the order on its timeline."""
    assert remedy.application is not None
    application = application_authority.locked(remedy.application)
    until = event.payload.get("until")
    found = application_course(application, today)
    if found is None or found.last is None:
        text = f"{remedy.body}{result.caption}" + (f"，应于 {until} 前答复" if until else "")
        tell(event, text, user, today)
        return
    if application.archived_on is not None:
        application.archived_on = None
        application.save(update_fields=["archived_on"])
    application_entering.append(
        application,
        REANSWER,
        served(event),
        user,
        today=today,
        until=date.fromisoformat(until) if until else None,
        document=event.payload.get("document", ""),
        body=remedy.body,
        source=orders.source_of(event),
    )
    trace("reanswer_ordered", remedy, user, result.article, application=application.number, until=until or "")
