"""F1, F14: when and by what way an application came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.applications.checks.case import has_proof
from gongkai.applications.checks.catalogue import RULES
from gongkai.applications.kinds import ANNOUNCED
from gongkai.applications.models import Medium, PaperKind
from gongkai.law.clock.conventions import defaults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.applications.checks.case import Case
    from gongkai.applications.checks.catalogue import Finding

_WANTED = {
    Medium.COUNTER: "申请表或者登记回执",
    Medium.REGISTERED_POST: "邮件号、签收单或者申请表",
    Medium.ORDINARY_POST: "信封或者申请表",
    Medium.EMAIL: "来件或者申请表",
    Medium.FAX: "来件或者申请表",
}
"""What would prove the receipt; the form on our own site proves itself."""


def check(case: Case) -> Iterator[Finding]:
    """Yield what is doubtful about the receipt (Art 31) and the channel (国办公开办函〔2017〕19号)."""
    yield from _proof(case)
    yield from _confirmation(case)
    guide = set(case.guide.channels) if case.guide else set()
    medium = case.application.medium
    if medium in ANNOUNCED and not guide & {medium, "internet" if medium != Medium.FAX else "fax"}:
        yield RULES["F14"].finding(medium=case.application.get_medium_display())


def _proof(case: Case) -> Iterator[Finding]:
    received = case.course.received
    wanted = _WANTED.get(Medium(received.payload["medium"]))
    if wanted is None or has_proof(received) or received.payload.get("mail") or PaperKind.FORM in case.paper_kinds:
        return
    yield RULES["F1a"].finding(day=received.day, what=wanted)


def _confirmation(case: Case) -> Iterator[Finding]:
    state, arrived = case.course, case.course.received.day
    if state.clock is None:
        waited = case.calendar.count(arrived, state.day)
        if waited > defaults().late_confirmation_days and not state.attempts:
            yield RULES["F1c"].finding(arrived=arrived, days=waited)
    elif state.confirmed_on is not None and state.started_on == state.confirmed_on and not state.attempts:
        waited = case.calendar.count(arrived, state.confirmed_on)
        if waited > defaults().late_confirmation_days:
            yield RULES["F1b"].finding(arrived=arrived, days=waited, day=state.confirmed_on)
