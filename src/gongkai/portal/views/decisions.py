"""Decisions on public notice (行政许可和行政处罚等信息公示)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from gongkai.decisions.models import DecisionKind
from gongkai.decisions.queries import published
from gongkai.portal.narrowing import narrowed
from gongkai.windows.pages import page, public
from gongkai.windows.windowed import sheet

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_NUMBER = 80


@public
def index(request: HttpRequest) -> HttpResponse:
    """List the decisions, the latest notice first."""
    choice = narrowed(request.GET, ("unit", "year"))
    kind = request.GET.get("kind", "")
    kind = kind if kind in DecisionKind.values else ""
    number = request.GET.get("number", "").replace("\x00", "").strip()[:_NUMBER]
    wanted = published.Wanted(units=choice.units, kind=kind, year=choice.year, number=number)
    query = "&".join(
        part
        for part in (choice.query, urlencode([(n, v) for n, v in (("kind", kind), ("number", number)) if v]))
        if part
    )
    return page(
        "portal/decisions.html",
        {
            "here": "portal:decisions",
            "sheet": sheet(published.listed(wanted), request.GET.get("page")),
            "choice": choice,
            "kinds": DecisionKind.choices,
            "kind": kind,
            "number": number,
            "query": query,
        },
    )


@public
def decision(request: HttpRequest, number: int) -> HttpResponse:
    """Show one decision."""
    del request
    return page("portal/decision.html", {"here": "portal:decisions", "decision": published.decision(number)})
