"""Topics, columns and the rules of disclosure, as staff wrote them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.portal.models import PageKind
from gongkai.portal.queries import published
from gongkai.portal.views.showing import TEMPLATE, page_context
from gongkai.windows.pages import page, public
from gongkai.windows.windowed import sheet

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@public
def index(request: HttpRequest) -> HttpResponse:
    """List the topics (专题专栏)."""
    rows = published.pages(PageKind.TOPIC).filter(parent_id__isnull=True)
    return page("portal/topics.html", {"here": "portal:topics", "sheet": sheet(rows, request.GET.get("page"))})


@public
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a topic with what stands below it."""
    del request
    found = published.page(PageKind.TOPIC, slug)
    children = list(published.pages(PageKind.TOPIC).filter(parent_id=found.pk))
    return page(TEMPLATE, page_context(PageKind.TOPIC, found, unit=found.unit_id, children=children))


@public
def subtopic(request: HttpRequest, parent: str, slug: str) -> HttpResponse:
    """Show a topic below another."""
    del request
    above = published.page(PageKind.TOPIC, parent)
    found = published.page(PageKind.TOPIC, slug, above)
    context = page_context(PageKind.TOPIC, found, unit=found.unit_id, parent=above, parent_slug=above.slug)
    return page(TEMPLATE, context)


@public
def column(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a page of its own."""
    del request
    found = published.page(PageKind.COLUMN, slug)
    return page(TEMPLATE, page_context(PageKind.COLUMN, found, unit=found.unit_id))


@public
def institution(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one of the rules of disclosure."""
    del request
    found = published.page(PageKind.INSTITUTION, slug)
    return page(TEMPLATE, page_context(PageKind.INSTITUTION, found, unit=found.unit_id))
