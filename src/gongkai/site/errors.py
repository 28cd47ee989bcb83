"""What is said where something is not there or goes wrong, when one process serves both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views import defaults

from gongkai.portal.views import errors

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_INSIDE = ("/office/", "/account/")


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer in the manner of the side that was asked."""
    if request.path.startswith(_INSIDE):
        return defaults.page_not_found(request, exception)
    return errors.missing(request)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer in the manner of the side that was asked."""
    return defaults.server_error(request) if request.path.startswith(_INSIDE) else errors.broken(request)
