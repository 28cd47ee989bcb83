"""The first page of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from gongkai.accounts import workbench
from gongkai.accounts.queries.standing import hindrances

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

ITEMS = 8


def home(request: HttpRequest) -> HttpResponse:
    """Show what the person must do, most urgent kind first."""
    context = {
        "todo": workbench.todo_for(request.user, request.scope, ITEMS),
        "hindrances": hindrances(request.user, request.scope, request.tree),
    }
    return render(request, "office/home.html", context)
