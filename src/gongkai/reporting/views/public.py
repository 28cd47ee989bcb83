"""The public pages of the reports, for everybody: plain, permanent, from ``queries.published`` alone.

They are rendered without the request: nothing in them depends on who looks.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.views.decorators.http import condition, conditional_page, require_safe

from gongkai.annual.writer import Publication, WriteError
from gongkai.annual.writer.page import article, labels
from gongkai.files.domain import store
from gongkai.files.http import download
from gongkai.reporting.queries import published, trends

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from gongkai.reporting.queries.published import File, Published

A_PAGE = 50
_MEDIA_TYPES = {"html": "text/html; charset=utf-8", "json": "application/json"}


def _public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a view to everybody; what is not published does not exist, and is not said to."""

    @login_not_required
    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, **values: Any) -> HttpResponse:  # noqa: ANN401 -- whatever the address holds
        try:
            response = view(request, **values)
        except published.NotPublishedError:
            return _page("missing", {}, status=404)
        # Kept by whoever likes, and asked for again each time: a correction must be seen at once.
        response["Cache-Control"] = "public, no-cache"
        return response

    return shown


def _page(name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    site = f"{settings.CITY}政府信息公开"
    return HttpResponse(render_to_string(f"reporting/public/{name}.html", {"site": site} | context), status=status)


@_public
@conditional_page
def index(request: HttpRequest) -> HttpResponse:
    """List the bodies that have published reports."""
    words, year = request.GET.get("q", "").strip(), request.GET.get("year", "")
    years = published.years()
    chosen = int(year) if year.isdecimal() and int(year) in years else None
    found = Paginator(published.bodies(words=words, year=chosen), A_PAGE)
    context = {"page": found.get_page(request.GET.get("page")), "words": words, "years": years, "year": chosen}
    return _page("list", context)


@_public
@conditional_page
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """List the reports of one body."""
    del request
    found = published.body(slug)
    return _page("body", {"body": found, "history": published.history(slug).items()})


@_public
@conditional_page
def report(request: HttpRequest, slug: str, year: int, version: int | None = None) -> HttpResponse:
    """Show a report: its last version, or the one that is named."""
    del request
    found = published.edition(slug, year, version)
    return _page("report", {"found": found, "title": f"{found.body}{year}年年度报告", **_article(found)})


@_public
@conditional_page
def trend(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the years of one body side by side."""
    del request
    found = trends.trend(slug)
    return _page("trends", {"trend": found, "svg": mark_safe(found.svg)})  # noqa: S308 -- drawn here, escaped there


@_public
def file(request: HttpRequest, slug: str, year: int, version: int, format: str) -> HttpResponse:  # noqa: A002 -- its name
    """Give out a file of a report, to be saved."""
    found = published.file(slug, year, version, format)
    name = f"{slug}-{year}-v{version}.{_extension(found)}"

    @condition(etag_func=lambda *_: f'"{found.blob.digest}"')
    def given(request: HttpRequest) -> HttpResponse:
        del request
        response = download(store.read(found.blob), found.blob, name)
        response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
        if found.kind in _MEDIA_TYPES:
            response["Content-Type"] = _MEDIA_TYPES[found.kind]
        return response

    return given(request)


def _extension(found: File) -> str:
    return "txt" if found.kind == "text" else found.kind


def _article(found: Published) -> dict[str, Any]:
    """Return the report as elements, and the labels of the page; no elements where its tables cannot be drawn."""
    publication = Publication(published=found.published_on, site_name=f"{settings.CITY}政府信息公开")
    try:
        words = article(found.report, publication)
    except WriteError:
        words = ""
    # Escaped by the writer, element by element.
    return {"article": mark_safe(words), "labels": mark_safe(labels(found.report, publication))}  # noqa: S308
