"""The queue of what must be confirmed with the applicant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.applications.queries.confirming import unconfirmed, waiting
from gongkai.applications.views.access import demand_reader

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE = 20


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits for confirmation, the oldest first, each with what was tried and what to press."""
    demand_reader(request)
    page = Paginator(unconfirmed(request.scope), PAGE).get_page(request.GET.get("page"))
    lines = waiting(page.object_list, request.today)
    return render(request, "applications/confirming.html", {"page": page, "lines": lines})
