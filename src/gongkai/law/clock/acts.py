"""Letting an event happen: the checks every event shares, and the verb of each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.law.clock import consulting, ending, errors, prolonging, waiting

if TYPE_CHECKING:
    from collections.abc import Callable

    from gongkai.law.clock.course import Course
    from gongkai.law.clock.events import Event

_VERBS: dict[str, Callable[[Course, Event], None]] = {
    "correction_notice": waiting.correction_notice,
    "correction_answer": waiting.correction_answer,
    "fee_notice": waiting.fee_notice,
    "fee_paid": waiting.fee_paid,
    "sent": consulting.sent,
    "received": consulting.received,
    "opinion": consulting.opinion,
    "reasons_requested": prolonging.reasons_requested,
    "reasons_answered": prolonging.reasons_answered,
    "extension": prolonging.extension,
    "reasonable_period": prolonging.reasonable_period,
    "answer": ending.answer,
    "withdrawal": ending.withdrawal,
}


def apply(course: Course, event: Event) -> None:
    """Let ``event`` happen to ``course``. Events must come in the order of ``events.in_order``.

    Raises a subclass of ``LawError`` for an event the law forbids; the course is then not to be used further.
    """
    if event.day < course.received:
        raise errors.EventBeforeReceiptError(
            f"“{event.name}”（{event.day}）早于收到申请之日 {course.received}：申请到达之前不可能办理，请核对日期。",
            article=course.rule("receipt").article,
        )
    if course.final is not None:
        raise errors.CaseEndedError(
            f"申请已于 {course.final.day}“{course.final.name}”，之后不能再有“{event.name}”（{event.day}）："
            "请核对日期；申请人再次提出的，另行登记。",
            article=course.rule("end").article,
        )
    verb = _VERBS.get(event.kind) or _VERBS[event.kind.rpartition("_")[2]]
    verb(course, event)
