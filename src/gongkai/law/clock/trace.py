"""The computation in words, day by day: what a reviewer or a court asks for.

A line is a dict: ``date``, ``kind``, ``text``, ``article`` (the provision it rests on, may be empty), ``source`` (the
notice that makes the day what it is, or the ground of a default) and, for a counted day, ``n``. Kinds: ``regulation``,
``receipt``, ``convention``, ``warning``, ``event``, ``counted``, ``skipped``, ``suspended``; the last line is ``due``
(its date is the due date), ``pending`` (none can be named) or ``ended``.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from gongkai.law.clock.conventions import defaults, wording
from gongkai.law.clock.course import LAPSES, Leg
from gongkai.law.clock.events import CHANNELS, CONFIRMED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.law.calendar import DayNote
    from gongkai.law.clock.course import Course
    from gongkai.law.clock.state import State

Line = dict[str, Any]

_WEEKDAYS = "一二三四五六日"
_AWAITED = {"correction": "补正", "fee": "缴费"}
_PROVISIONAL = "（暂定：该年放假安排尚未公布）"


def trace(state: State) -> list[Line]:
    """Return the lines of the computation that leads to ``state``."""
    course = state.course
    lines = [*_opening(state, course), *_conventions(state, course)]
    dated = [*_days(state, course), *(_line(*mark[:3], mark.article, mark.source) for mark in course.marks)]
    lines += sorted(dated, key=lambda line: line["date"])
    lines.append(_conclusion(state, course))
    return lines


def _line(day: date, kind: str, text: str, article: str = "", source: str = "") -> Line:
    return {"date": day, "kind": kind, "text": text, "article": article, "source": source}


def _opening(state: State, course: Course) -> Iterator[Line]:
    edition, rule, start = course.edition, course.rule("receipt"), course.receipt
    yield _line(
        start,
        "regulation",
        f"适用{edition.title}（{edition.document}，{edition.in_force} 起施行）：{course.rule('answer').summary}",
        course.rule("answer").article,
    )
    channel = CHANNELS[state.channel]
    if not CONFIRMED[state.channel]:
        ignored = "；该渠道不以确认之日为准，所填确认日期不影响期限" if state.confirmed else ""
        yield _line(start, "receipt", f"{channel}，{start} 收到；当日不计入{ignored}", rule.article)
        return
    if state.confirmed is None:
        yield _line(
            start, "receipt", f"{channel}，未填确认日期，以到达之日 {start} 为确认之日；当日不计入", rule.article
        )
    else:
        text = f"{channel}，{course.received} 到达，{start} 双方确认，以确认之日为收到之日；当日不计入"
        yield _line(start, "receipt", text, rule.article)
    for attempt in state.attempts:
        text = "与申请人联系确认未果，已登记；自恢复联系之日起计算"
        yield _line(attempt, "receipt", text, rule.article, "国办公开办函〔2015〕207号")
    days = course.conventions.late_confirmation_days
    waited = course.calendar.count(course.received, start)
    if waited > days and course.edition.code != "2008":
        text, basis = wording("late_confirmation_days")
        text = f"到达后第{waited}个工作日才确认；{text}"
        yield _line(start, "warning", text, rule.article, basis)


def _conventions(state: State, course: Course) -> Iterator[Line]:
    used = []
    if course.consultations:
        used.append("suspension_includes_dispatch_day")
    if len(course.consultations) > 1:
        used.append("overlapping_suspensions")
    for key in used:
        text, basis = wording(key)
        yield _line(course.receipt, "convention", text, "", basis)
    for key, value in course.conventions._asdict().items():
        if value != getattr(defaults(), key):
            text = f"使用调用方的设定 {key} = {value}（默认 {getattr(defaults(), key)}）"
            yield _line(state.as_of, "convention", text, "", wording(key)[1])


def _days(state: State, course: Course) -> Iterator[Line]:
    for leg in course.legs:
        yield from _leg(course, leg)
    if course.awaiting:
        return
    end = state.due
    if end is None:
        end = state.as_of if course.final is None else course.final.day
    yield from _leg(course, Leg(course.start, end, tuple(course.intervals)))


def _leg(course: Course, leg: Leg) -> Iterator[Line]:
    """Yield the days of one period: counted, skipped, suspended."""
    number, article = 0, course.rule("answer").article
    for ordinal in range(leg.start.toordinal() + 1, leg.stop.toordinal() + 1):
        note = course.calendar.explain(date.fromordinal(ordinal))
        holding = [interval.consultation for interval in leg.excluded if interval.holds(note.day)]
        if not note.working:
            yield _line(note.day, "skipped", f"{_named(note)}，不计入", "", note.reference)
        elif holding:
            names = "、".join(dict.fromkeys(consultation.name for consultation in holding))
            since = "、".join(str(consultation.sent) for consultation in holding)
            text = f"{_named(note)}，征求{names}意见期间（{since} 发出），不计入"
            yield _line(note.day, "suspended", text, course.rule(holding[0].kind).article, note.reference)
        else:
            number += 1
            yield {
                **_line(note.day, "counted", f"{_named(note)}，第{number}个工作日", article, note.reference),
                "n": number,
            }


def _named(note: DayNote) -> str:
    provisional = _PROVISIONAL if note.provisional else ""
    return f"星期{_WEEKDAYS[note.day.weekday()]}，{note.name}{provisional}"


def _conclusion(state: State, course: Course) -> Line:
    article = course.rule("answer").article
    mark = _PROVISIONAL if state.provisional else ""
    if state.status in {"closed", "withdrawn"}:
        return _ended(state, course)
    if state.due is None:
        if course.awaiting:
            what = "补正" if course.correction is not None else "缴费"
            last = course.lapse()
            text = f"等待申请人{what}" + (f"，至 {last}{mark}" if last else "") + "；没有正在进行的答复期限"
        else:
            names = "、".join(consultation.name for consultation in course.pending(state.as_of))
            text = f"正在征求{names}意见，尚无法定截止日，答复期限中止，收到意见（或对方签收）后才能确定应答复日"
        if state.status == "answered":
            text = "已在答复期限进行之前答复"
        return _line(state.as_of, "pending", text, article)
    text = f"应当在 {state.due}（含当日）前答复{mark}"
    if state.status == "suspended":
        text = f"期限中止，最迟应当在 {state.due}（含当日）前答复{mark}；意见提前收到的，相应提前"
    late = course.calendar.count(state.due, course.final.day if course.final is not None else state.as_of)
    if course.final is not None:
        outcome = f"逾期{late}个工作日" if state.overdue else "未逾期"
        text += f"；{course.final.day} 答复，{outcome}"
    elif state.overdue:
        text += f"；截至 {state.as_of} 尚未答复，已逾期{late}个工作日"
    return _line(state.due, "due", text, article)


def _ended(state: State, course: Course) -> Line:
    if course.final is not None:
        is_withdrawn = state.status == "withdrawn"
        word = "申请人撤回申请" if is_withdrawn else f"以逾期不{_AWAITED[LAPSES[course.final.outcome]]}结案"
        return _line(course.final.day, "ended", f"{word}；没有正在进行的答复期限", course.rule("end").article)
    key = "correction" if course.correction is not None else "fee"
    what = _AWAITED[key]
    lapse = course.lapse() or state.as_of
    text = f"申请人逾期未{what}（至 {lapse}），视为放弃申请，不再处理；应当作出不再处理的告知"
    return _line(lapse + timedelta(days=1), "ended", text, course.rule(key).article)
