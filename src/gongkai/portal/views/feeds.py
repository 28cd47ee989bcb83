"""Feeds (Atom) and the map for machines."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from xml.sax.saxutils import escape

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from gongkai.law.scope import scope_items
from gongkai.portal import identity
from gongkai.portal.models import PageKind
from gongkai.portal.queries import areas, searching
from gongkai.portal.queries import published as pages
from gongkai.portal.views.units import called
from gongkai.records.queries import gazettes, published
from gongkai.reporting.queries import published as reports
from gongkai.search.port import SearchUnavailableError
from gongkai.windows.addresses import base
from gongkai.windows.errors import NotPublishedError
from gongkai.windows.pages import page, public, unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from django.http import HttpRequest

    from gongkai.records.models import PublishedRecord

_ENTRIES = 30
A_PART = 10_000
"""Addresses in one part of the map."""


@public
def index(request: HttpRequest) -> HttpResponse:
    """Show what can be followed."""
    del request
    return page("portal/feeds.html", {"tree": identity.units()})


@public
def latest(request: HttpRequest) -> HttpResponse:
    """Feed what was published last."""
    rows = published.listed(published.Wanted())[:_ENTRIES]
    return _feed(request, "最新公开", reverse("portal:home"), rows)


@public
def of_unit(request: HttpRequest, code: str) -> HttpResponse:
    """Feed what a unit published last."""
    node = called(code)
    rows = published.listed(published.Wanted(units=identity.units().with_ended([node.id])))[:_ENTRIES]
    return _feed(request, node.name, reverse("portal:unit", args=[code]), rows)


@public
def of_search(request: HttpRequest) -> HttpResponse:
    """Feed what a search finds, the newest first: a search that is kept by following it."""
    words = searching.words_of(request.GET)
    try:
        rows = published.of(searching.newest(words, _ENTRIES)).values() if words else ()
    except SearchUnavailableError:
        return unavailable("搜索暂时不能用", "检索服务没有应答，请稍后再取。")
    ordered = sorted(rows, key=lambda row: (row.published_on, row.pk), reverse=True)
    return _feed(request, f"搜索：{words}", f"{reverse('portal:search')}?{urlencode({'q': words})}", ordered)


@public
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the parts of the map."""
    last = published.listed(published.Wanted()).order_by("-id").values_list("pk", flat=True).first() or 0
    site = base(request)
    parts = "".join(
        f"<sitemap><loc>{escape(site + reverse('portal:sitemap_part', args=[number]))}</loc></sitemap>"
        for number in range(last // A_PART + 1)
    )
    return _xml(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{parts}</sitemapindex>')


@public
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    """List the permanent addresses of the records of one part."""
    if number > 10**6:
        raise NotPublishedError(number)
    site = base(request)
    rows = published.listed(published.Wanted()).filter(pk__range=(number * A_PART, (number + 1) * A_PART - 1))
    urls = "".join(
        f"<url><loc>{escape(site + reverse('portal:record', args=[pk]))}</loc><lastmod>{day}</lastmod></url>"
        for pk, day in rows.order_by("id").values_list("pk", "published_on")
    )
    if number == 0:
        urls += "".join(f"<url><loc>{escape(site + path)}</loc></url>" for path in _written())
    return _xml(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>')


_COLUMNS = (
    *("home", "open", "guide", "institutions", "policies", "normative", "interpretations", "gazette", "decisions"),
    *("areas", "services", "topics", "units", "feeds", "sitemap", "accessibility"),
)


def _written() -> Iterator[str]:
    """Yield the addresses of the site that are not of records: its columns, and what stands in them."""
    yield from (reverse(f"portal:{name}") for name in _COLUMNS)
    yield from (reverse(name) for name in ("apply:start", "reports:list"))
    yield from (reverse("portal:item", args=[one.code]) for one in scope_items())
    yield from (reverse("portal:unit", args=[node.code]) for node in identity.units())
    for key in gazettes.issues().values_list("pk", flat=True):
        yield reverse("portal:issue", args=[key])
    for body in reports.bodies():
        yield reverse("reports:body", args=[body.slug])
        yield from (reverse("reports:report", args=[body.slug, year]) for year in body.years)
    for one in pages.pages(*PageKind.values):
        if path := pages.address_of(one.kind, one.slug, one.parent_slug):
            yield path
    for one in areas.listed():
        yield reverse("portal:area", args=[one.slug])
    for key in pages.services().order_by("id").values_list("pk", flat=True)[:A_PART]:
        yield reverse("portal:service", args=[key])


def _feed(request: HttpRequest, title: str, path: str, rows: Iterable[PublishedRecord]) -> HttpResponse:
    site, query = base(request), path.partition("?")[2]
    feed = Atom1Feed(
        title=f"{title} - {identity.site().name}",
        link=site + path,
        description=title,
        language="zh-CN",
        feed_url=f"{site}{request.path}{query and f'?{query}'}",
    )
    for row in rows:
        feed.add_item(
            title=row.title,
            link=site + reverse("portal:record", args=[row.pk]),
            description="　".join(part for part in (row.document_number, identity.unit_name(row.unit_id)) if part),
            author_name=identity.unit_name(row.unit_id),
            pubdate=_moment(row.published_on),
            updateddate=_moment(row.published_on),
            unique_id=f"{site}{reverse('portal:record', args=[row.pk])}",
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _xml(body: str) -> HttpResponse:
    return HttpResponse(
        f'<?xml version="1.0" encoding="utf-8"?>\n{body}', content_type="application/xml; charset=utf-8"
    )
