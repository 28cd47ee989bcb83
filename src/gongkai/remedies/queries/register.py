"""The register of cases as a person may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from gongkai.applications.domain import identity as identities
from gongkai.applications.models import Applicant
from gongkai.remedies import rules
from gongkai.remedies.domain.registering import indexes
from gongkai.remedies.models import Claimant, Remedy, Status

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from gongkai.accounts.queries.scope import Scope
    from gongkai.applications.models import Application
    from gongkai.units.queries.tree import Tree


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty values do not narrow. ``text`` is a number of ours or theirs, or a name in full."""

    text: str = ""
    unit: int | None = None
    kind: str = ""
    status: str = ""
    column: str = ""
    year: int | None = None


def readable(scope: Scope) -> QuerySet[Remedy]:
    """Return the cases in which a unit whose cases ``scope`` may read has any role."""
    return Remedy.objects.filter(pk__in=_of(rules.units_read(scope)))


def listed(scope: Scope, tree: Tree, wanted: Wanted) -> QuerySet[Remedy]:
    """Return the cases that fit, newest first."""
    units = rules.units_read(scope)
    if wanted.unit is not None:
        units &= tree.with_ended([wanted.unit])
    found = Remedy.objects.filter(pk__in=_of(units)).defer("claimant_name", "claims")
    for name in ("kind", "status", "column"):
        if getattr(wanted, name):
            found = found.filter(**{name: getattr(wanted, name)})
    if wanted.year is not None:
        found = found.filter(began_on__range=(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    text = wanted.text.strip()
    return found.filter(_called(text)) if text else found


def waiting(scope: Scope) -> QuerySet[Remedy]:
    """Return the cases of the units ``scope`` works for in which they must file something, or may appeal."""
    return (
        Remedy.objects.filter(unit__in=rules.units_worked(scope), next_on__isnull=False)
        .exclude(Q(status=Status.CONCLUDED, next_on__lt=scope.day))
        .order_by("next_on", "pk")
    )


def open_cases(application: Application) -> str:
    """Return why the volume of ``application`` must stay open: the cases about it that are not concluded."""
    found = Remedy.objects.filter(application=application, status__in=(Status.PENDING, Status.SUSPENDED))
    numbers = "、".join(found.order_by("pk").values_list("number", flat=True))
    return f"复议、诉讼尚未审结（{numbers}）" if numbers else ""


def _of(units: frozenset[int]) -> QuerySet[Remedy]:
    return Remedy.objects.filter(parties__unit__in=units).values("pk")


def _called(text: str) -> Q:
    found = Q(number=text.upper()) | Q(case_number__icontains=text) | Q(application__number=text.upper())
    named = Applicant.objects.filter(name_index__in=identities.indexes("name", text)).values("application")
    return found | Q(claimant_index__in=indexes(text)) | Q(application__in=named, claimant=Claimant.APPLICANT)
