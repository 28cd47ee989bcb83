"""The public pages of the reports, for everybody: plain, permanent, from ``queries.published`` alone.

They are pages of the site (``gongkai.windows.pages``): nothing in them depends on who looks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.paginator import Paginator
from django.utils.safestring import mark_safe

from gongkai.annual.writer import Publication, WriteError
from gongkai.annual.writer.page import article, labels
from gongkai.files.http import lent
from gongkai.reporting.queries import published, trends
from gongkai.windows.pages import page, public

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from gongkai.reporting.queries.published import File, Published

A_PAGE = 50
_MEDIA_TYPES = {"html": "text/html; charset=utf-8", "json": "application/json"}


def _page(name: str, context: dict[str, Any]) -> HttpResponse:
    return page(f"reporting/public/{name}.html", {"here": "reports:list"} | context)


@public
def index(request: HttpRequest) -> HttpResponse:
    """List the bodies that have published reports."""
    words, year = request.GET.get("q", "").strip(), request.GET.get("year", "")
    years = published.years()
    chosen = next((one for one in years if str(one) == year), None)
    found = Paginator(published.bodies(words=words, year=chosen), A_PAGE)
    context = {"page": found.get_page(request.GET.get("page")), "words": words, "years": years, "year": chosen}
    return _page("list", context)


@public
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """List the reports of one body."""
    del request
    found = published.body(slug)
    return _page("body", {"body": found, "history": published.history(slug).items()})


@public
def report(request: HttpRequest, slug: str, year: int, version: int | None = None) -> HttpResponse:
    """Show a report: its last version, or the one that is named."""
    del request
    found = published.edition(slug, year, version)
    return _page("report", {"found": found, "title": f"{found.body}{year}年年度报告", **_article(found)})


@public
def trend(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the years of one body side by side."""
    del request
    found = trends.trend(slug)
    return _page("trends", {"trend": found, "svg": mark_safe(found.svg)})  # noqa: S308 -- drawn here, escaped there


@public
def file(request: HttpRequest, slug: str, year: int, version: int, format: str) -> HttpResponse:  # noqa: A002 -- its name
    """Give out a file of a report, to be saved."""
    found = published.file(slug, year, version, format)
    response = lent(request, found.blob, f"{slug}-{year}-v{version}.{_extension(found)}")
    if found.kind in _MEDIA_TYPES:
        response["Content-Type"] = _MEDIA_TYPES[found.kind]
    return response


def _extension(found: File) -> str:
    return "txt" if found.kind == "text" else found.kind


def _article(found: Published) -> dict[str, Any]:
    """Return the report as elements, and the labels of the page; no elements where its tables cannot be drawn."""
    site = settings.SITE
    publication = Publication(
        published=found.published_on,
        site_name=site["name"] or f"{settings.CITY}政府信息公开",
        site_domain=site["address"].partition("://")[2].rstrip("/") or None,
        site_id_code=site["code"] or None,
    )
    try:
        words = article(found.report, publication)
    except WriteError:
        words = ""
    # Escaped by the writer, element by element.
    return {"article": mark_safe(words), "labels": mark_safe(labels(found.report, publication))}  # noqa: S308
