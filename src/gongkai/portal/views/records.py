"""One record: its permanent page, its files, its picture code, and the ways to it by number."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import segno
from django.http import HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import mark_safe

from gongkai.files.http import lent
from gongkai.law.scope import scope_items
from gongkai.portal import identity
from gongkai.portal.views.lists import POLICIES
from gongkai.records.markup import clean
from gongkai.records.models import Category, Validity
from gongkai.records.queries import published
from gongkai.windows.addresses import base
from gongkai.windows.errors import NotPublishedError
from gongkai.windows.pages import page, public

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.records.queries.published import Whole

_SCRIPT = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
_COLUMNS = {
    Category.INTERPRETATION: ("政策解读", "portal:interpretations"),
    Category.NORMATIVE: ("规范性文件", "portal:normative"),
    Category.RULES: ("政策文件", "portal:policies"),
    Category.DOCUMENT: ("政策文件", "portal:policies"),
}


@public
def record(request: HttpRequest, number: int) -> HttpResponse:
    """Show a record with its metadata, files, interpretations and versions."""
    found = published.whole(number)
    address = base(request) + reverse("portal:record", args=[number])
    column, view = _COLUMNS.get(Category(found.record.category), ("政府信息公开", "portal:open"))
    item = next((one for one in scope_items() if one.code == found.record.scope_item), None)
    return page(
        "portal/record.html",
        {
            "here": view if view in {"portal:open", "portal:policies"} else "portal:policies",
            "found": found,
            "record": found.record,
            "column": column,
            "column_view": view,
            "item": item,
            "address": address,
            # Only what is applied can hold or not; anything else says so where it no longer stands.
            "has_validity": found.record.category in POLICIES or found.record.validity != Validity.IN_FORCE,
            # What reached the database passed the same policy; it passes it again where it is shown.
            "body": mark_safe(clean(found.record.body)),  # noqa: S308 -- cleaned in this line
            "linked": mark_safe(_linked_data(found, address)),  # noqa: S308 -- escaped there
        },
    )


@public
def attachment(request: HttpRequest, number: int, file: int) -> HttpResponse:
    """Give out a file of a record."""
    found, blob = published.attachment(number, file)
    return lent(request, blob, found.name)


@public
def code(request: HttpRequest, number: int) -> HttpResponse:
    """Draw the permanent address of a record as a QR code."""
    published.record(number)
    drawn = io.BytesIO()
    made = segno.make(base(request) + reverse("portal:record", args=[number]), error="m")
    made.save(drawn, kind="svg", scale=4, border=2, dark="#000", light="#fff", svgclass=None, lineclass=None)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@public
def numbered(request: HttpRequest, called: str) -> HttpResponse:
    """Lead from an index number, or a former one, to the record that bears it; from a 文号, in any bracket, likewise.

    A 文号 may come to stand on a second record, so that this way is not for ever; of several the visitor chooses.
    """
    del request
    try:
        return HttpResponsePermanentRedirect(reverse("portal:record", args=[published.called(called)]))
    except NotPublishedError:
        found = published.numbered(called)
        if not found:
            raise
    if len(found) > 1:
        return HttpResponseRedirect(f"{reverse('portal:search')}?{urlencode({'q': found[0].document_number})}")
    return HttpResponseRedirect(reverse("portal:record", args=[found[0].pk]))


def _linked_data(found: Whole, address: str) -> str:
    """Return what machines read of the page (schema.org), safe inside a script element."""
    record = found.record
    data = {
        "@context": "https://schema.org",
        "@type": "Legislation" if record.category in {"rules", "normative"} else "Article",
        "headline": record.title,
        "name": record.title,
        "identifier": [number for number in (record.index_number, record.document_number) if number],
        "datePublished": record.published_on.isoformat(),
        "dateCreated": record.made_on.isoformat(),
        "inLanguage": "zh-CN",
        "publisher": {"@type": "GovernmentOrganization", "name": identity.unit_name(record.unit_id, in_full=True)},
        "url": address,
    }
    return json.dumps(data, ensure_ascii=False).translate(_SCRIPT)
