"""What the public templates need beyond what their pages hand them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from gongkai.portal import identity
from gongkai.records.models import Validity

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from gongkai.records.models import PublishedRecord

register = template.Library()


@register.simple_tag
def site() -> identity.Site:
    """Return what the site says of itself, and its menu."""
    return identity.site()


@register.filter
def unit_name(unit: int | None) -> str:
    """Return what the unit with this id is called for short."""
    return identity.unit_name(unit) if unit else ""


@register.filter
def unit_in_full(unit: int | None) -> str:
    """Return the full name of the unit with this id."""
    return identity.unit_name(unit, in_full=True) if unit else ""


@register.filter
def unit_code(unit: int | None) -> str:
    """Return the code of the unit with this id, by which its pages are addressed; empty where it has ended."""
    return identity.unit_code(unit) if unit else ""


@register.simple_tag
def absolute(path: str) -> str:
    """Return the permanent address of a page of this site."""
    return settings.SITE["address"].rstrip("/") + path


@register.simple_tag
def record_line(record: PublishedRecord, *, unit: bool = True) -> SafeString:
    """Return one record of a list as an element; in Python, because a page of them takes a template too long."""
    facts = [record.document_number, identity.unit_name(record.unit_id) if unit else ""]
    state = ""
    if record.validity != Validity.IN_FORCE:
        state = format_html('<span class="state {}">{}</span>', record.validity, record.get_validity_display())
    day = record.published_on.isoformat()
    return format_html(
        '<li class="line"><a href="{}">{}</a><p class="line-facts">{}{}<time datetime="{}">{}</time></p></li>',
        reverse("portal:record", args=[record.pk]),
        record.title,
        format_html_join("", "<span>{}</span>", ((fact,) for fact in facts if fact)),
        state,
        day,
        day,
    )


@register.inclusion_tag("portal/parts/pages.html")
def pages(sheet: Any, query: str = "", what: str = "条") -> dict[str, Any]:  # noqa: ANN401 -- a Sheet of anything
    """Render the way to the other pages of a list; ``query`` are the other parameters of the address."""
    return {"sheet": sheet, "query": query, "what": what}
