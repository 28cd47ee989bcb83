"""Applications as lines of a list: what each column says, in words, identities masked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.applications.domain import identity
from gongkai.applications.domain.reminding import SOON
from gongkai.applications.models import PENDING, Applicant, ApplicantKind, Medium, Stage
from gongkai.law import outcomes
from gongkai.units import calendar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from gongkai.applications.models import Application
    from gongkai.law.calendar import Calendar

STAGES, KINDS, MEDIA = dict(Stage.choices), dict(ApplicantKind.choices), dict(Medium.choices)
TONES = {
    Stage.UNCONFIRMED: "soon",
    Stage.OPEN: "open",
    Stage.CONSULTING: "referred",
    Stage.LAPSED: "late",
    Stage.ANSWERED: "passed",
}
"""The tone of the badge of each stage; the others are plain."""


@dataclass(frozen=True, slots=True)
class Line:
    """One application in a list. ``left`` is how far the due date is, in words; ``urgency`` as of the workbench."""

    application: Application
    applicant: str
    stage: str
    tone: str
    outcome: str
    left: str
    urgency: str
    is_late: bool

    @property
    def kind(self) -> str:
        """Return the kind of applicant in words."""
        return KINDS[self.application.applicant_kind]

    @property
    def medium(self) -> str:
        """Return the way it came in words."""
        return MEDIA[self.application.medium]


def lines(applications: Iterable[Application], day: date) -> list[Line]:
    """Return ``applications`` as lines of ``day``. One query for all applicants."""
    found = list(applications)
    names = masked_names(found)
    which = calendar.of_city("answer")
    made = []
    for application in found:
        left, urgency = time_left(application, day, which)
        made.append(
            Line(
                application,
                names.get(application.pk, ""),
                STAGES[application.stage],
                TONES.get(application.stage, "normal"),
                outcome_words(application.outcome, application.regulation),
                left,
                urgency,
                is_late(application, day),
            )
        )
    return made


def masked_names(applications: Iterable[Application]) -> dict[int, str]:
    """Return whom each application is from, masked: the first applicant, and how many there are."""
    counts: dict[int, int] = {}
    first: dict[int, Applicant] = {}
    keys = [application.pk for application in applications]
    for applicant in Applicant.objects.filter(application__in=keys).order_by("is_proxy", "position"):
        first.setdefault(applicant.application_id, applicant)
        if not applicant.is_proxy:
            counts[applicant.application_id] = counts.get(applicant.application_id, 0) + 1
    return {
        key: identity.masked(applicant).name + (f" 等 {counts[key]} 人" if counts.get(key, 0) > 1 else "")
        for key, applicant in first.items()
    }


def is_late(application: Application, day: date) -> bool:
    """Tell whether it was answered late, or is unfinished after its last day."""
    is_over = application.due_on is not None and application.due_on < day and application.stage in PENDING
    return application.is_late or is_over


def time_left(application: Application, day: date, which: Calendar) -> tuple[str, str]:
    """Return how far the due date of an unfinished application is from ``day``, in words, and the urgency."""
    due = application.due_on
    if application.ended_on is not None:
        return ("逾期答复", "late") if application.is_late else ("", "normal")
    if due is None or application.stage == Stage.SPLIT:
        return "", "normal"
    if due < day:
        return f"逾期 {max(which.count(due, day), 1)} 个工作日", "late"
    if due == day:
        return "今天到期", "late"
    left = which.count(day, due)
    return f"还有 {left} 个工作日", "soon" if left <= SOON else "normal"


def outcome_words(code: str, regulation: str) -> str:
    """Return what an outcome is called; empty where there is none."""
    return outcomes.outcome(code, regulation).caption if code else ""
