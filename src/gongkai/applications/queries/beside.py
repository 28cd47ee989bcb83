"""Matters, questions, precedents and volumes as a person may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from gongkai.accounts.models import Role
from gongkai.applications import rules
from gongkai.applications.models import Guidance, Matter, MatterKind, MatterStage, Volume
from gongkai.applications.searching import PRECEDENT, PRECEDENTS
from gongkai.indexing import place
from gongkai.search.port import Query

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from gongkai.accounts.queries.scope import Scope

FOUND = 200
"""How many precedents a search lists; beyond it one narrows the search."""


def matters(scope: Scope) -> QuerySet[Matter]:
    """Return the matters the person may read: those of their units; a complaint is not shown to whom it is about."""
    mine = Q(unit__in=rules.units_read(scope))
    complaints = Q(kind=MatterKind.COMPLAINT)
    watched = scope.of(*rules.WATCHING)
    return Matter.objects.filter(mine & (~complaints | Q(unit__in=watched))).select_related("unit", "about")


def registrable(scope: Scope, kind: str) -> frozenset[int]:
    """Return the units at which the person may register a matter of ``kind``."""
    return scope.of(*rules.HANDLING[MatterKind(kind)])


def open_matters(scope: Scope) -> QuerySet[Matter]:
    """Return the matters the person works on that are not ended."""
    mine = [Q(kind=kind, unit__in=registrable(scope, kind)) for kind in MatterKind]
    found = Matter.objects.filter(mine[0] | mine[1] | mine[2]).exclude(stage=MatterStage.ENDED)
    return found.order_by("target_on", "received_on", "pk")


def questions(scope: Scope) -> QuerySet[Guidance]:
    """Return the questions of the units whose cases the person reads."""
    mine = Guidance.objects.filter(unit__in=rules.units_read(scope))
    return mine.select_related("unit", "application", "asked_by", "answered_by")


def unanswered(scope: Scope) -> QuerySet[Guidance]:
    """Return the questions that wait for the person's answer, the oldest first."""
    return Guidance.objects.filter(unit__in=scope.of(Role.COMPETENT), answered_on__isnull=True).order_by(
        "asked_on", "pk"
    )


def precedents(text: str = "", outcome: str = "") -> QuerySet[Guidance]:
    """Return the precedents that hold ``text``, the newest first; they are open to whoever reads cases anywhere.

    Raises ``SearchUnavailableError`` where the index cannot answer.
    """
    found = Guidance.objects.filter(is_precedent=True).order_by("-answered_on", "-pk")
    if outcome:
        found = found.filter(outcome=outcome)
    if not text.strip():
        return found
    page = place.reader().search(Query(text=text, access=frozenset({PRECEDENTS}), limit=FOUND))
    return found.filter(pk__in=[int(key.removeprefix(f"{PRECEDENT}:")) for key in page.keys])


def volumes(scope: Scope) -> QuerySet[Volume]:
    """Return the closed volumes of the cases and the matters the person reads."""
    mine = Q(application__unit__in=rules.units_read(scope)) | Q(matter__in=matters(scope))
    return Volume.objects.filter(mine).select_related("application", "matter", "closed_by")
