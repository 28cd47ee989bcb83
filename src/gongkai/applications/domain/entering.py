"""Entering what happened: the one way by which an event comes into being.

``enter`` is what people do: it asks who may, locks the case, lets the clock of the law judge the event against all
others, writes it and projects. ``append`` is the last part of it, for the other verbs of this room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.applications import course as courses
from gongkai.applications import rules
from gongkai.applications.domain import projection
from gongkai.applications.domain.authority import authorise, demand_past, locked
from gongkai.applications.domain.evidence import check_answer
from gongkai.applications.domain.trace import trace
from gongkai.applications.errors import (
    BeforeApplicationError,
    ForbiddenByLawError,
    IncompleteError,
    NotStartedError,
    StruckError,
)
from gongkai.applications.kinds import (
    ATTEMPT,
    CONFIRMED,
    KINDS,
    REANSWER,
    RECEIVED,
    STRUCK,
    article_of,
    law_event,
    plain,
)
from gongkai.eventlog import log
from gongkai.law.errors import LawError
from gongkai.units import calendar

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.models import Application, Event
    from gongkai.files.models import Blob

_BEFORE_START = frozenset(
    {RECEIVED, ATTEMPT, CONFIRMED, STRUCK, "allocated", "claimed", "handed_back", "note", "remedied", "withdrawal"}
)
"""What may happen while the receipt is not confirmed."""


@transaction.atomic
def enter(
    *,
    application: Application,
    kind: str,
    day: date,
    user: User | None,
    today: date,
    seen: int | None = None,
    evidence: Blob | None = None,
    evidence_name: str = "",
    **params: object,
) -> Event:
    """Enter that ``kind`` happened on the legal ``day``; ``params`` are those of ``kinds.KINDS[kind]``.

    Raises ``ForbiddenByLawError`` with the article where the regulation forbids it in this state,
    ``EvidenceMissingError`` and ``WrongOutcomeError`` for an answer, ``ChangedMeanwhileError`` where ``seen`` is no
    longer the version.
    """
    application = locked(application, seen)
    authorise(application, user, today, f"登记“{KINDS[kind].caption}”")
    event = append(application, kind, day, user, today=today, evidence=evidence, evidence_name=evidence_name, **params)
    article = article_of(kind, application.regulation)
    trace(f"{kind}_entered", application, user, article, day=day.isoformat(), sequence=event.sequence)
    return event


def append(
    application: Application,
    kind: str,
    day: date,
    user: User | None,
    *,
    today: date,
    evidence: Blob | None = None,
    evidence_name: str = "",
    project_now: bool = True,
    **params: object,
) -> Event:
    """Write an event of a locked or new application, judged by the law, and project; the caller keeps the journal."""
    KINDS[kind].demand_known(params)
    demand_past(day, today, KINDS[kind].caption)
    payload = plain(params)
    *events, event = log.draft(application, kind, day, user, payload, evidence=evidence, evidence_name=evidence_name)
    _check(application, events, kind, day, payload=payload, today=today)
    event.save()
    if project_now:
        _project(application, [*events, event], today)
    return event


@transaction.atomic
def strike(
    *, application: Application, event: Event, user: User, today: date, reason: str, seen: int | None = None
) -> Event:
    """Strike out an event entered by mistake; it stays to be seen, with the ``reason``, and counts no more."""
    application = locked(application, seen)
    authorise(application, user, today, "更正登记", rules.may_strike)
    if event.kind == RECEIVED:
        raise StruckError("收到申请不能划去，只能更正日期或者途径。请用“更正收到日期”。")
    made = strike_out(application, event, user, today=today, reason=reason)
    trace("struck", application, user, sequence=event.sequence, kind=event.kind, reason=reason)
    return made


def strike_out(
    application: Application, event: Event, user: User | None, *, today: date, reason: str, project_now: bool = True
) -> Event:
    """Write the striking of ``event``; raises where what remains is not possible."""
    events = log.striking(
        application, event, user, today=today, reason=reason, unexplained=IncompleteError, refused=StruckError
    )
    events[-1].save()
    if project_now:
        try:
            _project(application, events, today)
        except LawError as error:
            raise StruckError(
                f"划去“{KINDS[event.kind].caption}”（{event.day}）后，其后的事项不能成立：{error.message}请先划去后面的事项。",
                article=error.article,
            ) from error
    return events[-1]


def _check(
    application: Application, events: list[Event], kind: str, day: date, *, payload: dict[str, object], today: date
) -> None:
    if kind == RECEIVED:
        return
    if day < application.arrived_on:
        raise BeforeApplicationError(
            f"“{KINDS[kind].caption}”的日期 {day} 早于收到申请之日 {application.arrived_on}："
            "申请到达之前不可能办理。请核对日期。",
            {"day": "早于收到申请之日。"},
            article="《政府信息公开条例》第三十一条",
        )
    latest = max([today, *(event.day for event in events)])
    found = courses.course(events, latest, calendar.of_city("answer"))
    if found is None or (found.clock is None and kind not in _BEFORE_START):
        raise NotStartedError(
            f"{application.number} 还没有与申请人确认收到，答复期限尚未起算，不能登记“{KINDS[kind].caption}”。"
            "请先联系申请人确认，联系不上的登记联系情况。",
            article="《政府信息公开条例》第三十一条",
        )
    if kind == REANSWER and found.last is None:
        raise StruckError(
            f"{application.number} 尚未答复，谈不上重新答复。请直接办理。", article="《行政复议法》（2023年）第六十四条"
        )
    if KINDS[kind].is_legal and found.clock is not None:
        try:
            state = courses.preview(found, law_event(kind, day, payload))
        except LawError as error:
            raise ForbiddenByLawError(error) from error
        if kind == "answer":
            check_answer(application, found, state, payload)


def _project(application: Application, events: list[Event], today: date) -> None:
    found = courses.course(events, today, calendar.of_city("answer"))
    assert found is not None
    projection.project(application, found)
    application.version = events[-1].sequence
    application.save(update_fields=[*projection.FIELDS, "version"])
