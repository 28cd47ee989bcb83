"""How pressing an unfinished application is: the sections of the due-date board and the filter of the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from gongkai.applications.domain.reminding import SOON
from gongkai.applications.models import Stage
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
_RUNNING = (Stage.OPEN, Stage.CONSULTING)


@dataclass(frozen=True, slots=True)
class Sections:
    """The sections of one day: as a condition for the database, and for one application at hand.

    A case whose period is suspended while opinions are awaited stands with the running ones once its latest day is
    near: the latest day binds whatever the others say.
    """

    day: date
    soon: date
    near: date

    def condition(self, key: str) -> Q:
        """Return the condition of being in the section ``key``."""
        running = Q(stage__in=_RUNNING)
        if key == "opinion":
            return Q(stage=Stage.CONSULTING) & (Q(due_on__isnull=True) | Q(due_on__gt=self.near))
        if key in _WAITING:
            return Q(stage=_WAITING[key])
        return {
            "late": running & Q(due_on__lt=self.day),
            "today": running & Q(due_on=self.day),
            "soon": running & Q(due_on__gt=self.day, due_on__lte=self.soon),
            "near": running & Q(due_on__gt=self.soon, due_on__lte=self.near),
            "later": Q(stage=Stage.OPEN, due_on__gt=self.near),
        }[key]

    def key(self, stage: str, due: date | None) -> str:
        """Return the section of an unfinished application of that stage and due date."""
        if stage not in _RUNNING:
            return next(key for key, waiting in _WAITING.items() if waiting == stage)
        if due is not None and due <= self.near:
            ends = (("soon", self.soon), ("near", self.near))
            if due <= self.day:
                return "late" if due < self.day else "today"
            return next(key for key, end in ends if due <= end)
        return "later" if stage == Stage.OPEN else "opinion"


def sections_on(day: date) -> Sections:
    """Return the sections of ``day``."""
    which = calendar.of_city("answer")
    return Sections(day, which.add(day, SOON), which.add(day, NEAR))
