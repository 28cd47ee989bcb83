"""Which application a page is about, and for whom the person may register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from gongkai.applications import rules
from gongkai.applications.queries.register import readable

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.applications.models import Application


def application_of(request: HttpRequest, number: int) -> Application:
    """Return the application, or answer 404 where the person may not read it: it is not even said to exist."""
    found = readable(request.scope).select_related("unit", "handler", "split_from")
    return get_object_or_404(found, pk=number)


def registering(request: HttpRequest) -> frozenset[int]:
    """Return the units that exist today for which the person may register applications."""
    return request.scope.of(*rules.WORKING) & {node.id for node in request.tree}


def demand_reader(request: HttpRequest) -> None:
    """Answer 404 to whoever reads no unit's cases: a supervisor, an administrator."""
    if not rules.reads_cases(request.scope):
        raise Http404
