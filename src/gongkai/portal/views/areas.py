"""Key areas (政务公开重点工作): what is published in each, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils import timezone

from gongkai.portal.narrowing import narrowed, years
from gongkai.portal.queries import areas
from gongkai.records.queries import published as records
from gongkai.windows.pages import page, public
from gongkai.windows.remembered import remembered
from gongkai.windows.windowed import sheet

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from gongkai.portal.queries.areas import Coverage

_HERE = "portal:areas"


@public
def index(request: HttpRequest) -> HttpResponse:
    """List the areas with the board of the year: who must publish and who has."""
    year = _year(request)
    return page("portal/areas.html", {"here": _HERE, "boards": _boards(year), "year": year, "years": years()})


@public
def area(request: HttpRequest, slug: str) -> HttpResponse:
    """List what is published in an area; ``of`` in the address is one unit of the board, without what is below it."""
    found = areas.area(slug)
    choice = narrowed(request.GET, ("unit", "year"))
    units, query, of = choice.units, choice.query, request.GET.get("of", "")
    today = timezone.localdate()
    own = areas.held_by(areas.tree_of(choice.year or today.year, today), of) if of else None
    if own is not None:
        units, query = own, urlencode({"of": of, "year": choice.year or ""})
    rows = sheet(areas.records_of(found, records.Wanted(units=units, year=choice.year)), request.GET.get("page"))
    context = {"here": _HERE, "area": found, "sheet": rows, "choice": choice, "query": query, "own": own}
    return page("portal/area.html", context)


@public
def coverage(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the board of an area: unit by unit, each number leading to the records behind it."""
    found = areas.area(slug)
    year = _year(request)
    board = areas.coverages([found], year, timezone.localdate())[0]
    context = {"here": _HERE, "area": found, "board": board, "year": year, "years": years()}
    return page("portal/coverage.html", context)


@remembered
def _boards(year: int) -> list[Coverage]:
    return areas.coverages(list(areas.listed()), year, timezone.localdate())


def _year(request: HttpRequest) -> int:
    """Return the year that is asked for, if anything was published in it; else the last in which anything was."""
    known = years()
    given = request.GET.get("year", "")
    return next((year for year in known if str(year) == given), known[0] if known else timezone.localdate().year)
