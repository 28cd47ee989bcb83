"""The 办事 directory: how each matter is dealt with, and the way to the platform where that is done."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils import timezone

from gongkai.portal import identity
from gongkai.portal.narrowing import narrowed
from gongkai.portal.queries import published
from gongkai.records.queries import gazettes
from gongkai.windows.pages import page, public
from gongkai.windows.windowed import sheet

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_HERE = "portal:services"
_WORDS = 40


@public
def index(request: HttpRequest) -> HttpResponse:
    """List the services, by unit."""
    choice = narrowed(request.GET, ("unit",))
    words = request.GET.get("q", "").replace("\0", "").strip()[:_WORDS]
    rows = sheet(published.services(choice.units, words), request.GET.get("page"))
    query = "&".join(part for part in (choice.query, urlencode({"q": words}) if words else "") if part)
    return page(
        "portal/services.html", {"here": _HERE, "sheet": rows, "choice": choice, "words": words, "query": query}
    )


@public
def service(request: HttpRequest, number: int) -> HttpResponse:
    """Show a service with the lists of items that it stands on by its code."""
    del request
    found = published.service(number)
    items = [item for item in gazettes.items(found.unit_id, timezone.localdate()) if item.code == found.code]
    return page(
        "portal/service.html",
        {"here": _HERE, "service": found, "items": items, "unit_code": identity.unit_code(found.unit_id)},
    )
