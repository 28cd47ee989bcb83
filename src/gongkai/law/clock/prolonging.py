"""Longer periods: the extension of Art 33 and the reasonable period of Art 35."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.law.clock import errors
from gongkai.law.clock.conventions import wording
from gongkai.law.clock.waiting import require_running

if TYPE_CHECKING:
    from gongkai.law.clock.course import Course
    from gongkai.law.clock.events import Event
    from gongkai.law.editions import Provision


def extension(course: Course, event: Event) -> None:
    """Put the answer off: once, with approval and notice, before the period ends (Art 33)."""
    rule = course.rule("extension")
    most = rule.days or 0
    require_running(course, event)
    if course.extension is not None:
        raise errors.SecondExtensionError(
            f"{event.day} 再次延期：延期只能一次（{course.extension.day} 已延期）；请在现有期限内答复。",
            article=rule.article,
        )
    if course.until is not None:
        raise errors.ExtensionAfterReasonablePeriodError(
            f"已确定延迟答复的合理期限（至 {course.until}），不能再按第三十三条延期：请在该日前答复。",
            article=rule.article,
        )
    if not event.approver:
        raise errors.ExtensionWithoutApproverError(
            "延期没有写明批准人：延期须经政府信息公开工作机构负责人同意，请注明 approver=姓名。",
            article=rule.article,
        )
    if event.notified is False or event.effective < event.day:
        raise errors.ExtensionNotNotifiedError(
            f"{event.day} 批准的延期没有在批准当日或之后告知申请人：请告知并注明 notified=日期。",
            article=rule.article,
        )
    days = most if event.days is None else event.days
    if days > most:
        raise errors.ExtensionTooLongError(
            f"延期{days}个工作日：最长不得超过{most}个工作日，请改为{most}个以内。", article=rule.article
        )
    due = course.due()
    if due is not None and event.effective > due:
        raise errors.ExtensionAfterDueError(
            f"{event.effective} 告知延期，已超过答复期限 {due}：延期应在期限届满前批准并告知；请尽快答复。",
            article=rule.article,
        )
    course.extension, course.extra = event, days
    assumed = "（未注明告知日，以批准之日为告知之日）" if event.notified is None else ""
    assumed += "（未注明天数，按最长计算）" if event.days is None else ""
    text = f"经{event.approver}同意延期{days}个工作日，{event.effective} 告知申请人{assumed}"
    note, basis = wording("extension_base")
    course.mark(event.effective, f"{text}；{note}", rule.article, source=basis)


def reasons_requested(course: Course, event: Event) -> None:
    """Record that the applicant was asked why there are so many applications (Art 35)."""
    rule = _reasons_rule(course, event)
    course.reasons = "requested"
    course.mark(event.day, "要求申请人说明理由；条例没有规定停止计算，期限照常进行", rule.article)


def reasons_answered(course: Course, event: Event) -> None:
    """Record the reasons of the applicant."""
    rule = _reasons_rule(course, event)
    if not course.reasons:
        raise errors.NoReasonsRequestedError(
            f"{event.day} 收到理由说明，但没有要求说明理由的记录：请先登记说明理由告知书。", article=rule.article
        )
    course.reasons = "answered"
    course.mark(event.day, "收到申请人的理由说明", rule.article)


def reasonable_period(course: Course, event: Event) -> None:
    """Accept the reasons and set a later day, told to the applicant (Art 35)."""
    rule = _reasons_rule(course, event)
    require_running(course, event)
    if course.reasons != "answered":
        raise errors.ReasonablePeriodWithoutReasonsError(
            "尚未收到申请人的理由说明，不能确定延迟答复的合理期限：请先要求说明理由并认定其合理。",
            article=rule.article,
        )
    due = course.due()
    if due is not None and event.day > due:
        raise errors.ReasonablePeriodTooLateError(
            f"{event.day} 确定合理期限，已超过答复期限 {due}：应在期限届满前确定并告知；请尽快答复。",
            article=rule.article,
        )
    if event.until is None or event.until <= max(due or event.day, event.day):
        raise errors.ReasonablePeriodTooShortError(
            f"延迟答复的合理期限（{event.until or '未填'}）应晚于现有答复期限（{due or '未定'}）：请注明 until=日期。",
            article=rule.article,
        )
    course.until = event.until
    course.mark(event.day, f"确定延迟答复的合理期限至 {event.until} 并告知申请人；此日不因征求意见顺延", rule.article)


def _reasons_rule(course: Course, event: Event) -> Provision:
    rule = course.edition.provisions.get("reasons")
    if rule is None:
        raise errors.NotInEditionError(
            f"{course.receipt} 收到的申请适用{course.edition.title}，其中没有“{event.name}”的规定：请按一般期限答复。",
            article=course.rule("answer").article,
        )
    return rule
