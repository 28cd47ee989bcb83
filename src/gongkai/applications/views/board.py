"""The due-date board (期限看板)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.applications.forms.filters import WhoseForm
from gongkai.applications.queries.board import board, by_unit
from gongkai.applications.queries.urgency import SECTIONS
from gongkai.applications.views.access import demand_reader

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show every unfinished application in its section, or how many each unit has (``by=unit``)."""
    demand_reader(request)
    form = WhoseForm(request.GET or None, scope=request.scope, tree=request.tree, user=request.user.pk)
    asked = (request.scope, request.tree, form.wanted, form.besides)
    context = {"form": form, "chosen": form.given, "sections": SECTIONS}
    if request.GET.get("by") == "unit":
        rows = by_unit(*asked)
        return render(request, "applications/board_units.html", context | {"rows": rows})
    return render(request, "applications/board.html", context | {"board": board(*asked)})
