"""The due-date board (期限看板)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.applications.forms.filters import WhoseForm
from gongkai.applications.queries.board import board
from gongkai.applications.views.access import demand_reader

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show every unfinished application in its section, the most pressing first."""
    demand_reader(request)
    form = WhoseForm(request.GET or None, scope=request.scope, tree=request.tree, user=request.user.pk)
    found = board(request.scope, request.tree, form.wanted, form.besides)
    return render(request, "applications/board.html", {"form": form, "board": found, "chosen": form.given})
