"""What the checks find about a case, or about many: computed each time, never stored as truth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count

from gongkai.applications import rules
from gongkai.applications.checks.case import cases
from gongkai.applications.checks.catalogue import CODES
from gongkai.applications.checks.registry import run
from gongkai.applications.models import Application, Flag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from django.db.models import QuerySet

    from gongkai.accounts.queries.scope import Scope
    from gongkai.applications.checks.catalogue import Finding
    from gongkai.applications.course import Course
    from gongkai.units.queries.tree import Tree


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


def flagged(scope: Scope, tree: Tree, *, unit: int | None = None, code: str = "", severity: str = "") -> QuerySet[Any]:
    """Return the cases ``scope`` may read in which a check spoke when they were last looked at, newest first.

    ``unit`` means it and everything below it; empty values do not narrow.
    """
    units = rules.units_read(scope)
    if unit is not None:
        units &= tree.with_ended([unit])
    flags = Flag.objects.all()
    for name, value in (("code", code), ("severity", severity)):
        if value:
            flags = flags.filter(**{name: value})
    return Application.objects.filter(unit__in=units, pk__in=flags.values("application"))


def tally(scope: Scope) -> dict[str, int]:
    """Return in how many cases of the units ``scope`` may read each code spoke when they were last looked at."""
    flags = Flag.objects.filter(application__unit__in=rules.units_read(scope))
    found = dict(flags.order_by().values_list("code").annotate(Count("application", distinct=True)))
    return {code: found[code] for code in CODES if code in found}
