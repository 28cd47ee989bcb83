"""The end of an application: the answer, the closure for want of a correction or a fee, the withdrawal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.law.clock import errors
from gongkai.law.clock.conventions import wording
from gongkai.law.clock.course import LAPSES
from gongkai.law.clock.events import MODES
from gongkai.law.outcomes import outcomes

if TYPE_CHECKING:
    from gongkai.law.clock.course import Course
    from gongkai.law.clock.events import Event

_DELIVERY = "国办公开办函〔2016〕235号"
_UNCLEAR = "U3"
_DISCLOSING = frozenset({"A1", "A2", "P"})


def answer(course: Course, event: Event) -> None:
    """Record the answer, or that the agency will not go on (``outcome`` O1, O2)."""
    if event.outcome in LAPSES:
        _check_closure(course, event)
    elif event.outcome == _UNCLEAR and course.edition.code != "2008" and not course.corrected:
        raise errors.OutcomeWithoutCorrectionError(
            f"{event.day} 以“补正后申请内容仍不明确”答复，但申请人没有补正：请先告知补正并收到补正。",
            article=course.rule("correction").article,
        )
    for text, key in _doubts(course, event):
        course.warn(event.day, text, course.rule(key).article)
    due = course.due()
    course.final = event
    course.late = due is not None and event.day > due
    way, which = MODES[event.mode]
    note, basis = wording("electronic_delivery") if event.mode == "electronic" else ("", "")
    outcome = f"，办理结果：{_caption(course, event.outcome)}" if event.outcome else ""
    text = f"答复（{way}，以{which}计）{outcome}" + (f"；{note}" if note else "")
    course.mark(event.day, text, course.rule("end").article, source=basis or _DELIVERY)


def withdrawal(course: Course, event: Event) -> None:
    """Record that the applicant withdrew the application."""
    course.final = event
    course.mark(event.day, "申请人撤回申请，期限不再计算", course.rule("end").article)


def _check_closure(course: Course, event: Event) -> None:
    """Refuse to close for want of something that was not asked for, or that may still come."""
    awaited = LAPSES[event.outcome]
    notice = course.correction if awaited == "correction" else course.fee
    word, way = ("补正", "告知补正") if awaited == "correction" else ("缴费", "发出收费通知")
    rule = course.edition.provisions.get(awaited) or course.rule("answer")
    if notice is None:
        raise errors.ClosureWithoutNoticeError(
            f"{event.day} 以逾期不{word}结案（{event.outcome}），但没有正在等待的{word}：请先{way}，或者照常答复。",
            article=rule.article,
        )
    last = course.lapse()
    if last is not None and event.day <= last:
        raise errors.ClosureTooEarlyError(
            f"{event.day} 以逾期不{word}结案（{event.outcome}），但{word}期限至 {last} 才届满：请等到次日。",
            article=rule.article,
        )


def _caption(course: Course, code: str) -> str:
    """Return an outcome in words; one that this edition does not have by its code."""
    return next((one.caption for one in outcomes(course.edition.code) if one.code == code), code)


def _doubts(course: Course, event: Event) -> list[tuple[str, str]]:
    """Return what a court would ask about the answer: a sentence and the key of the rule it rests on."""
    found = []
    if course.awaiting and event.outcome not in LAPSES:
        found.append(("没有等到申请人补正或缴费即作出答复", "answer"))
    found += [(f"没有等到{waiting.name}的意见即作出答复", waiting.kind) for waiting in course.pending(event.day)]
    if event.outcome == "D4" and not course.reasons:
        found.append(("以无正当理由大量反复申请答复，但没有要求说明理由的记录", "answer"))
    third = [c for c in course.consultations if c.kind == "third_party"]
    if event.outcome == "N4" and not third:
        found.append(("以保护第三方合法权益答复，但没有征求第三方意见的记录", "third_party"))
    if event.outcome in _DISCLOSING and any(c.consent is False for c in third):
        found.append(("第三方不同意公开而决定公开：应有公共利益的理由，并将内容和理由书面告知第三方", "third_party"))
    return found
