"""Asking others: third parties (Art 32), co-makers (Art 34), other agencies (Art 33(3))."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.law.clock import errors
from gongkai.law.clock.consultations import SILENCE, Consultation

if TYPE_CHECKING:
    from gongkai.law.clock.course import Course
    from gongkai.law.clock.events import Event


def sent(course: Course, event: Event) -> None:
    """Record that a consultation was sent; the days after it are taken out of the period."""
    kind = event.kind.removesuffix("_sent")
    due = course.due()
    consultation = Consultation(kind, event.day, event.party)
    course.consultations.append(consultation)
    text = f"向{consultation.name}发出征求意见书"
    rule = course.edition.provisions.get(kind)
    if rule is None:
        article = course.rule("third_party").article
        course.warn(event.day, f"{text}；本版条例只扣除征求第三方意见的时间，期限照常计算", article)
        return
    course.mark(event.day, text, rule.article)
    if due is not None and event.day >= due:
        course.warn(event.day, f"发出征求意见书时答复期限（至 {due}）已无剩余，不再扣除时间", rule.article)


def received(course: Course, event: Event) -> None:
    """Record that the party received it; where the law sets a period for its opinion, that begins."""
    kind = event.kind.removesuffix("_received")
    consultation = _consulted(course, event, kind, again=False)
    consultation.received = event.day
    rule = course.edition.provisions.get(kind)
    if rule is None or rule.days is None:
        course.mark(event.day, f"{consultation.name}收到征求意见书", course.rule("third_party").article)
        return
    consultation.cap = course.calendar.add(event.day, rule.days)
    text = f"{consultation.name}收到征求意见书，应在{rule.days}个工作日内（至 {consultation.cap}）提出意见"
    course.mark(event.day, f"{text}；{SILENCE[kind]}", rule.article)


def opinion(course: Course, event: Event) -> None:
    """Record the opinion of the party; the day after it counts again."""
    kind = event.kind.removesuffix("_opinion")
    consultation = _consulted(course, event, kind, again=True)
    overdue = consultation.cap is not None and event.day > consultation.cap
    consultation.opinion, consultation.consent = event.day, event.consent
    said = {True: "同意公开", False: "不同意公开", None: "提出意见"}[event.consent]
    late = f"；已超过期限，只扣除至 {consultation.cap}" if overdue else ""
    article = course.edition.provisions.get(kind, course.rule("third_party")).article
    course.mark(event.day, f"收到{consultation.name}的意见：{said}{late}", article)


def _consulted(course: Course, event: Event, kind: str, *, again: bool) -> Consultation:
    """Return the consultation an event is about: of its party, if it names one; not lapsed, if possible; the oldest."""
    open_ones = [
        c
        for c in course.consultations
        if c.kind == kind and event.party in {"", c.party} and c.opinion is None and (again or c.received is None)
    ]
    if not open_ones:
        raise errors.NotConsultedError(
            f"{event.day}“{event.name}”，但没有相应的征求意见书在等待：请先登记发出日期（{kind}_sent）。",
            article=course.edition.provisions.get(kind, course.rule("third_party")).article,
        )
    return min(open_ones, key=lambda c: (not c.pending(event.day), c.sent))
