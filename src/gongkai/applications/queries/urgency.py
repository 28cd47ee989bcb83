"""How pressing an unfinished application is: the sections of the due-date board and the filter of the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, CharField, Q, Value, When

from gongkai.applications.domain.reminding import SOON
from gongkai.applications.models import PENDING, Stage
from gongkai.units import calendar

if TYPE_CHECKING:
    from datetime import date

NEAR = 7
"""Working days within which a due date is near; within ``SOON`` it is pressing."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the board; ``short`` is its title at the head of a column, ``tone`` a state of the badges."""

    key: str
    title: str
    short: str
    tone: str


SECTIONS = (
    Section("late", "已逾期", "逾期", "late"),
    Section("today", "今天到期", "今天", "late"),
    Section("soon", f"{SOON} 个工作日内", f"{SOON} 日内", "soon"),
    Section("near", f"{NEAR} 个工作日内", f"{NEAR} 日内", "open"),
    Section("later", "以后到期", "以后", "normal"),
    Section("unconfirmed", "待确认收到", "待确认", "soon"),
    Section("correction", "待申请人补正", "待补正", "normal"),
    Section("fee", "待申请人缴费", "待缴费", "normal"),
    Section("opinion", "征求意见中", "征求意见", "referred"),
    Section("lapsed", "逾期未补正、缴费，待结案", "待结案", "late"),
)
_WAITING = {
    "unconfirmed": Stage.UNCONFIRMED,
    "correction": Stage.AWAITING_CORRECTION,
    "fee": Stage.AWAITING_FEE,
    "opinion": Stage.CONSULTING,
    "lapsed": Stage.LAPSED,
}


def conditions(day: date) -> dict[str, Q]:
    """Return the condition of each section on ``day``; together they hold every unfinished application once.

    A case whose period is suspended while opinions are awaited stands with the running ones once its latest day is
    near: the latest day binds whatever the others say.
    """
    which = calendar.of_city("answer")
    soon, near = which.add(day, SOON), which.add(day, NEAR)
    running = Q(stage__in=(Stage.OPEN, Stage.CONSULTING))
    found = {
        "late": running & Q(due_on__lt=day),
        "today": running & Q(due_on=day),
        "soon": running & Q(due_on__gt=day, due_on__lte=soon),
        "near": running & Q(due_on__gt=soon, due_on__lte=near),
        "later": Q(stage=Stage.OPEN, due_on__gt=near),
    }
    found |= {key: Q(stage=stage) for key, stage in _WAITING.items()}
    found["opinion"] &= Q(due_on__isnull=True) | Q(due_on__gt=near)
    return found


def section_of(day: date) -> Case:
    """Return the expression that gives the key of the section an unfinished application is in."""
    whens = (When(condition, then=Value(key)) for key, condition in conditions(day).items())
    return Case(*whens, default=Value(""), output_field=CharField())


def in_section(key: str, day: date) -> Q:
    """Return the condition of being in the section ``key`` on ``day``."""
    return Q(stage__in=PENDING) & conditions(day)[key]
