"""Waiting for the applicant: the correction of Art 30 and the fee of Art 42."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.law.clock import errors
from gongkai.law.clock.conventions import wording
from gongkai.law.fees import check_receipt
from gongkai.law.parameters import read

if TYPE_CHECKING:
    from gongkai.law.clock.course import Course
    from gongkai.law.clock.events import Event


def correction_notice(course: Course, event: Event) -> None:
    """Record that the applicant was told what to correct; no period runs until the correction is received."""
    if course.fee is not None:
        require_running(course, event)
    rule = course.rule("correction")
    if rule.days is not None:
        if course.corrections:
            raise errors.SecondCorrectionError(
                f"{event.day} 再次告知补正：补正应当一次性告知，不得重复；请按现有内容办理。", article=rule.article
            )
        latest = course.calendar.add(course.receipt, rule.days)
        if event.day > latest:
            raise errors.CorrectionTooLateError(
                f"{event.day} 告知补正，已超过收到申请之日起{rule.days}个工作日（至 {latest}）：请按现有内容办理。",
                article=rule.article,
            )
        if event.period_days is None:
            course.warn(event.day, "补正告知书应当写明合理的补正期限；没有期限，不能认定逾期不补正", rule.article)
    if course.correction is None:
        course.abandon(event.day)
    course.correction = event
    course.corrections += 1
    last = course.lapse()
    note, basis = wording("correction_period_in_working_days") if last else ("", "")
    period = f"，补正期限至 {last}（{note}）" if last else ""
    course.mark(event.day, f"告知申请人补正{period}；答复期限停止计算", rule.article, source=basis)


def correction_answer(course: Course, event: Event) -> None:
    """Record that the correction was received; the full period runs from it."""
    rule = course.rule("correction")
    if course.correction is None:
        raise errors.NoCorrectionNoticeError(
            f"{event.day} 收到补正，但没有正在等待的补正告知：请先登记补正告知书。", article=rule.article
        )
    if course.lapsed(event.day) and not event.justified:
        raise errors.CorrectionOverdueError(
            f"{event.day} 收到的补正已超过补正期限（至 {course.lapse()}），无正当理由的视为放弃申请："
            "有正当理由的，请注明 justified=yes；否则按逾期不补正结案。",
            article=rule.article,
        )
    late = "（逾期，行政机关认可其正当理由）" if course.lapsed(event.day) else ""
    course.correction, course.corrected = None, True
    course.restart(event.day, f"收到申请人的补正{late}", rule.article)


def fee_notice(course: Course, event: Event) -> None:
    """Record that the applicant was told what to pay; the running period is abandoned."""
    check_receipt(course.receipt)
    rule = course.rule("fee")
    if course.fees:
        raise errors.SecondFeeNoticeError(
            f"{event.day} 再次发出收费通知：一件申请只能选择一种标准通知一次；请更正原通知。", article=rule.article
        )
    require_running(course, event)
    due = course.due()
    if due is not None and event.day > due:
        raise errors.FeeNoticeTooLateError(
            f"{event.day} 发出收费通知，已超过处理期限 {due}：收费通知应在处理期限内发出；请直接答复。",
            article=rule.article,
        )
    course.abandon(event.day)
    course.fee = event
    course.fees += 1
    amount = f"{event.amount}元" if event.amount else "（未填金额）"
    course.mark(
        event.day,
        f"发出收费通知{amount}，缴费期限至 {course.lapse()}（以发出之日为收到之日）；原期限不再计算",
        rule.article,
    )


def fee_paid(course: Course, event: Event) -> None:
    """Record that the fee was paid in full; the full period runs from the day after."""
    rule = course.rule("fee") if course.fee is not None else None
    if rule is None:
        raise errors.NoFeeNoticeError(
            f"{event.day} 缴费，但没有正在等待的收费通知：请先登记收费通知书。",
            article=read("fees")["in_force_article"],
        )
    if course.lapsed(event.day):
        raise errors.FeeOverdueError(
            f"{event.day} 缴费，已超过缴费期限（至 {course.lapse()}），视为放弃申请：请按逾期未缴费结案。",
            article=rule.article,
        )
    course.fee = None
    course.restart(event.day, "申请人缴清费用", rule.article)


def require_running(course: Course, event: Event) -> None:
    """Refuse an event that presupposes a running period while none runs."""
    if course.awaiting:
        what = "补正" if course.correction is not None else "缴费"
        raise errors.NothingRunsError(
            f"正在等待申请人{what}，没有正在进行的答复期限，不能“{event.name}”：请在收到{what}之后办理。",
            article=course.rule("fee" if course.fee is not None else "correction").article,
        )
