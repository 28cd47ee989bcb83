"""What every request carries: its number, the legal day, and what the person may do on it."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from gongkai.accounts.queries.scope import scope_of
from gongkai.journal.domain.entry import request_id
from gongkai.units.queries import tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

_GIVEN = re.compile(r"[0-9a-zA-Z-]{8,40}")


class RequestMiddleware:
    """Give each request its number and ``request.today`` (the legal day in China), and each answer its policy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request."""
        given = request.headers.get("X-Request-ID", "")
        number = given if _GIVEN.fullmatch(given) else uuid.uuid4().hex
        token = request_id.set(number)
        request.today = timezone.localdate()
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = number
        response.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        return response


class WorkdayMiddleware:
    """Set ``request.tree`` and ``request.scope`` as of ``request.today``, anew for each request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request."""
        request.tree = SimpleLazyObject(lambda: tree.as_of(request.today))
        request.scope = SimpleLazyObject(lambda: scope_of(request.user, request.today, request.tree))
        return self.get_response(request)


CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)
"""No inline script, no inline style, nothing from anybody else."""
