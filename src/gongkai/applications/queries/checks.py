"""What the checks find about a case, or about many: computed each time, never stored as truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.applications.checks.case import cases
from gongkai.applications.checks.registry import run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from gongkai.applications.checks.catalogue import Finding
    from gongkai.applications.course import Course
    from gongkai.applications.models import Application


def findings(application: Application, course: Course, *, is_deep: bool = True) -> list[Finding]:
    """Return what the checks find about ``application`` as of the day of its ``course``, the gravest first.

    ``is_deep`` reads released papers and looks for like applications as well.
    """
    courses = {application.pk: course}
    (case,) = cases([application], course.day, is_deep=is_deep, courses=courses)
    return run(case)


def findings_of(
    applications: Iterable[Application], day: date, *, is_deep: bool = False
) -> Iterator[tuple[Application, list[Finding]]]:
    """Yield ``applications`` and what the checks find about each as of ``day``; received ones only."""
    for case in cases(applications, day, is_deep=is_deep):
        yield case.application, run(case)
