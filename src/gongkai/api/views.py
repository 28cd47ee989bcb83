"""What is not data: the description for people, the one for programs, and what leads nowhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve

from gongkai.api import problems
from gongkai.api.roster import address
from gongkai.api.schema import described
from gongkai.api.service import schema
from gongkai.windows.pages import page, public

if TYPE_CHECKING:
    from django.http import HttpRequest


@public
def home(request: HttpRequest) -> HttpResponse:
    """Describe every operation, for people."""
    del request
    burst, per_second = settings.API_LIMIT
    limits = {"burst": burst, "per_second": f"{per_second:g}"}
    base = "" if settings.SITE["address"] else "https://网站的域名"
    return page("api/home.html", {"here": "api:home", "base": base + address("api:home"), **limits, **described()})


def openapi(request: HttpRequest) -> HttpResponse:
    """Describe every operation, for programs."""
    del request
    return HttpResponse(text(), content_type="application/json")


def text() -> str:
    """Return the description of the API as it is given out and kept in the repository."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """Answer an address that leads nowhere; lead one that lacks its last stroke to where it belongs."""
    if rest and not rest.endswith("/"):
        try:
            match = resolve(f"{request.path_info}/")
        except Resolver404:
            return problems.missing()
        if match.url_name != "nothing":
            query: Any = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{request.path}/{'?' if query else ''}{query}")
    return problems.missing()
