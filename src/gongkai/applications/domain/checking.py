"""Looking at all cases by themselves: what the checks find is kept, so that a list can be filtered by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q

from gongkai.applications.models import PENDING, Application, Checked, Flag
from gongkai.applications.queries.checks import findings_of

if TYPE_CHECKING:
    from datetime import date

LOT = 500


def refresh(*, day: date) -> int:
    """Look at every case that changed since it was last looked at, and every unfinished one once a day.

    Safe to be done twice and cut off anywhere: each lot is a transaction of its own. Returns how many were looked at.
    """
    is_stale = Q(checked__isnull=True) | ~Q(checked__version=F("version"))
    stale = Application.objects.filter(is_stale | Q(stage__in=PENDING, checked__day__lt=day)).order_by("pk")
    numbers = list(stale.values_list("pk", flat=True))
    for start in range(0, len(numbers), LOT):
        _look(numbers[start : start + LOT], day)
    return len(numbers)


@transaction.atomic
def _look(numbers: list[int], day: date) -> None:
    applications = list(Application.objects.filter(pk__in=numbers))
    versions = {one.pk: one.version for one in applications}
    flags: dict[tuple[int, str], Flag] = {}
    for application, found in findings_of(applications, day):
        for one in found:
            key = (application.pk, one.rule)
            flags[key] = Flag(application=application, rule=one.rule, code=one.code, severity=one.severity)
    Flag.objects.filter(application__in=numbers).delete()
    Flag.objects.bulk_create(flags.values(), batch_size=LOT)
    Checked.objects.filter(application__in=numbers).delete()
    Checked.objects.bulk_create(
        [Checked(application_id=key, version=version, day=day) for key, version in versions.items()], batch_size=LOT
    )
