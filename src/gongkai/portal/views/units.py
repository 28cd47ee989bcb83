"""The units: all of them, and each one's own column."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.utils import timezone

from gongkai.law.scope import scope_items
from gongkai.portal import identity
from gongkai.portal.queries import published as pages
from gongkai.records.models import ItemKind
from gongkai.records.queries import gazettes, published
from gongkai.reporting.queries import published as reports
from gongkai.units.models import Guide
from gongkai.windows.errors import NotPublishedError
from gongkai.windows.pages import page, public
from gongkai.windows.windowed import sheet

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from gongkai.units.queries.tree import Node


@public
def index(request: HttpRequest) -> HttpResponse:
    """List every unit with the way to its column."""
    words = request.GET.get("q", "").strip()[:40]
    tree = [node for node in identity.units() if words in node.name or words in node.short_name]
    return page("portal/units.html", {"here": "portal:units", "tree": tree, "words": words})


@public
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """Show a unit's column: its guide, what it published, its annual reports."""
    node = called(code)
    found = sheet(
        published.listed(published.Wanted(units=identity.units().with_ended([node.id]))), request.GET.get("page")
    )
    return page(
        "portal/unit.html",
        {
            "here": "portal:units",
            "unit": node,
            "guide": Guide.objects.filter(unit_id=node.id).first(),
            "sheet": found,
            "reports": reports.of_unit(node.id),
            "items": [item for item in scope_items() if item.code.startswith("20.")],
        },
    )


@public
def items(request: HttpRequest, code: str) -> HttpResponse:
    """Show the lists of items of a unit (事项清单)."""
    del request
    node = called(code)
    labels = dict(ItemKind.choices)
    standing = gazettes.items(node.id, timezone.localdate())
    services = pages.services_coded(node.id, {one.code for one in standing})
    lists = [
        (labels[kind], [(one, services.get(one.code)) for one in found])
        for kind, found in groupby(standing, key=lambda one: one.kind)
    ]
    return page("portal/unit_items.html", {"here": "portal:units", "unit": node, "lists": lists})


def called(code: str) -> Node:
    """Return the unit with this code. Raises ``NotPublishedError``."""
    found = identity.units().coded(code)
    if found is None:
        raise NotPublishedError(code)
    return found
