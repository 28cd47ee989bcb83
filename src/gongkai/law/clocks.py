"""The table of named clocks: how long each legal period is, from when, by which article, and its last day.

The day a period starts from is not counted (民事诉讼法 Art 85). Months end on the day of the same number, or on the
last day of a shorter month (民法典 Art 202). An end on a day that is no working day moves where the law says so; where
it is silent the day stays. Where a local rule suspends periods, the suspended days are not counted either.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from gongkai.law.calendar import CHINA, Calendar
from gongkai.law.errors import InputError, LawError
from gongkai.law.parameters import read

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTHS = 12


class UnknownClockError(InputError):
    """The table has no clock of this name."""


class ClockNotInForceError(LawError):
    """The rule behind the clock was not in force on the day it would start."""

    code = "clock-not-in-force"


class Clock(NamedTuple):
    """One version of a named clock. ``length`` is in ``unit``: ``working_days``, ``days``, ``months`` or ``yearly``.

    A ``yearly`` clock ends on ``month``/``day`` of the year after the one it starts in. ``rolls`` says whether an end
    on a day of rest moves to the next working day, by ``roll_article``. ``minimum``: the period may be longer.
    ``confirmed`` is false for what is believed or local and should be checked before it is relied on.
    """

    name: str
    caption: str
    since: date
    unit: str
    length: int
    article: str
    month: int
    day: int
    rolls: bool
    roll_article: str
    minimum: bool
    confirmed: bool


class Due(NamedTuple):
    """The last day of a period and the computation: lines like those of ``gongkai.law.clock.trace``."""

    clock: Clock
    start: date
    due: date
    provisional: bool
    trace: tuple[dict[str, Any], ...]


@cache
def versions(name: str) -> tuple[Clock, ...]:
    """Return the versions of the clock ``name``, oldest first. Raises ``UnknownClockError``."""
    table = read("clocks")
    if name not in table:
        raise UnknownClockError(f"没有“{name}”这种期限：可用的有 {'、'.join(table)}。")
    return tuple(
        Clock(
            name,
            table[name]["caption"],
            version["since"],
            version["unit"],
            version.get("length", 0),
            version["article"],
            version.get("month", 0),
            version.get("day", 0),
            version.get("rolls", False),
            version.get("roll_article", ""),
            version.get("minimum", False),
            version.get("confirmed", True),
        )
        for version in table[name]["version"]
    )


def names() -> tuple[str, ...]:
    """Return the names of all clocks."""
    return tuple(read("clocks"))


def in_force(name: str, day: date) -> Clock:
    """Return the version of ``name`` that a period starting on ``day`` follows.

    Raises ``ClockNotInForceError`` where there was no such rule yet.
    """
    found = [clock for clock in versions(name) if clock.since <= day]
    if not found:
        first = versions(name)[0]
        raise ClockNotInForceError(
            f"{day} 时“{first.caption}”的期限规定尚未施行（自 {first.since} 起）：请核对日期。", article=first.article
        )
    return found[-1]


def due(name: str, start: date, *, calendar: Calendar = CHINA, length: int | None = None) -> Due:
    """Return the last day of the period ``name`` that starts from ``start`` (not counted).

    ``length`` replaces the length of the table, where a decision sets another one. Raises as ``in_force`` does.
    """
    clock = in_force(name, start)
    if length is not None:
        clock = clock._replace(length=length)
    lines = [_line(start, "rule", _rule(clock), clock.article)]
    if clock.unit == "working_days":
        lines += _working_days(clock, start, calendar)
    elif clock.unit == "days":
        lines += _days(clock, start, calendar)
    else:
        lines.append(_far(clock, start))
    last: date = lines[-1]["date"]
    if clock.rolls and not calendar.is_working(last):
        note = calendar.explain(last)
        moved = calendar.on_or_after(last)
        text = f"最后一日为{note.name}，顺延至其后第一个工作日 {moved}"
        lines.append(_line(moved, "rolled", text, clock.roll_article, note.reference))
        last = moved
    provisional = calendar.is_provisional(last)
    text = f"{'不早于' if clock.minimum else '至'} {last} 届满{'（暂定：该年放假安排尚未公布）' if provisional else ''}"
    lines.append(_line(last, "due", text, clock.article))
    return Due(clock, start, last, provisional, tuple(lines))


def _rule(clock: Clock) -> str:
    lengths = {
        "working_days": f"{clock.length}个工作日",
        "days": f"{clock.length}日（自然日）",
        "months": f"{clock.length}个月",
        "yearly": f"次年{clock.month}月{clock.day}日",
    }
    mark = "" if clock.confirmed else "（未经证实或属地方规定，可调整）"
    return f"{clock.caption}：{lengths[clock.unit]}，起算之日不计入{mark}"


def _working_days(clock: Clock, start: date, calendar: Calendar) -> Iterator[dict[str, Any]]:
    number, day = 0, start
    while number < clock.length:
        day += timedelta(days=1)
        note = calendar.explain(day)
        if note.working:
            number += 1
            yield _line(day, "counted", f"{note.name}，第{number}个工作日", clock.article, note.reference)
        else:
            yield _line(day, "skipped", f"{note.name}，不计入", "", note.reference)


def _days(clock: Clock, start: date, calendar: Calendar) -> Iterator[dict[str, Any]]:
    number, day = 0, start
    while number < clock.length:
        day += timedelta(days=1)
        if calendar.is_suspended(day):
            note = calendar.explain(day)
            yield _line(day, "skipped", f"{note.name}，期间中止，不计入", "", note.reference)
        else:
            number += 1
            yield _line(day, "counted", f"第{number}日", clock.article)


def _far(clock: Clock, start: date) -> dict[str, Any]:
    if clock.unit == "yearly":
        last = date(start.year + 1, clock.month, clock.day)
        return _line(last, "counted", f"次年{clock.month}月{clock.day}日", clock.article)
    year, month = divmod(start.year * _MONTHS + start.month - 1 + clock.length, _MONTHS)
    following = date(year + (month + 1) // _MONTHS, (month + 1) % _MONTHS + 1, 1)
    last_of_month = following - timedelta(days=1)
    last = last_of_month.replace(day=min(start.day, last_of_month.day))
    text = f"到期月的对应日 {last}" if last.day == start.day else f"到期月没有对应日，以月末日 {last} 为最后一日"
    return _line(last, "counted", text, "《民法典》第二百零二条")


def _line(day: date, kind: str, text: str, article: str, source: str = "") -> dict[str, Any]:
    return {"date": day, "kind": kind, "text": text, "article": article, "source": source}
