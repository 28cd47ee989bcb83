"""What the site says of itself: its map, how it is read by everybody, what robots may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse

from gongkai.law.scope import scope_groups
from gongkai.portal import identity
from gongkai.portal.models import PageKind
from gongkai.portal.queries import areas, published
from gongkai.windows.addresses import base
from gongkai.windows.pages import page, public

if TYPE_CHECKING:
    from django.http import HttpRequest


@public
def sitemap(request: HttpRequest) -> HttpResponse:
    """Show every column of the site (站点地图)."""
    del request
    written = list(published.pages(PageKind.TOPIC, PageKind.COLUMN))
    context = {
        "groups": scope_groups(),
        "tree": identity.units(),
        "topics": [one for one in written if one.kind == PageKind.TOPIC],
        "columns": [one for one in written if one.kind == PageKind.COLUMN],
        "areas": areas.listed(),
    }
    return page("portal/sitemap.html", context)


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how the site is used by people who see, hear or move differently (无障碍环境建设法 第三十二条)."""
    del request
    return page("portal/accessibility.html", {})


@public
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots to come in, but not to walk every combination of filters."""
    lines = [
        "User-agent: *",
        "Disallow: /office/",
        "Disallow: /account/",
        f"Disallow: {reverse('portal:search')}",
        "Disallow: /*?",
        "Allow: /",
        f"Sitemap: {base(request)}{reverse('portal:sitemap_xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
