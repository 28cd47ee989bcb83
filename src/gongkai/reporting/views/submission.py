"""The page of one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

if TYPE_CHECKING:
    from django.http import HttpRequest


def detail(request: HttpRequest, number: int) -> HttpResponse:
    """Show a report."""
    del request
    return HttpResponse(number)
