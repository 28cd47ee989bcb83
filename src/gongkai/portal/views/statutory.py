"""The statutory column's guide of the city and rules of disclosure (国办公开办函〔2019〕61号)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.portal import identity
from gongkai.portal.models import PageKind
from gongkai.portal.queries import published
from gongkai.records.queries import published as records
from gongkai.units.models import Guide, Kind
from gongkai.windows.pages import page, public

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_MOST = 100


@public
def guide(request: HttpRequest) -> HttpResponse:
    """Show whom to ask in the city, by the guide of its competent department, and the guide of every unit."""
    del request
    tree = identity.units()
    guides = {one.unit_id: one for one in Guide.objects.all()}
    # The competent department is the office of the highest government; without one it is that government itself.
    offices = [node for kind in (Kind.OFFICE, Kind.GOVERNMENT) for node in tree if node.kind == kind]
    own = next((node for node in offices if node.id in guides), None)
    units = [(node, guides.get(node.id)) for node in tree]
    context = {"here": "portal:open", "own": own, "guide": guides[own.id] if own else None, "units": units}
    return page("portal/guide.html", context)


@public
def institutions(request: HttpRequest) -> HttpResponse:
    """Show the rules of disclosure (政府信息公开制度): what staff wrote, and the documents they chose."""
    del request
    pages = list(
        published.pages(PageKind.INSTITUTION).order_by("published_on", "id").only(*published.LISTED, "records")[:_MOST]
    )
    documents = records.of({key for one in pages for key in one.records})
    listed = [(one, [documents[key] for key in one.records if key in documents]) for one in pages]
    return page("portal/institutions.html", {"here": "portal:open", "pages": listed})
