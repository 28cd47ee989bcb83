"""What the public templates need beyond what their pages hand them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from gongkai.portal import identity
from gongkai.portal.asked import KINDS
from gongkai.portal.queries import published
from gongkai.records.models import Validity
from gongkai.windows.remembered import remembered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gongkai.portal.asked import Value
    from gongkai.portal.models import PublishedPage
    from gongkai.portal.queries.searching import Shown
    from gongkai.records.models import PublishedRecord
    from gongkai.search.port import Hit, Segment

register = template.Library()


@register.simple_tag
def site() -> identity.Site:
    """Return what the site says of itself."""
    return identity.site()


@register.simple_tag
@remembered
def menu(here: str = "") -> SafeString:
    """Return the entries of the menu; the same on every page of a part of the site, so it is kept for a moment."""
    return format_html_join(
        "",
        '<li><a href="{}"{}>{}</a></li>',
        (
            (reverse(entry.view), mark_safe(' aria-current="page"') if entry.view == here else "", entry.label)
            for entry in identity.MENU
        ),
    )


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
def page_address(page: PublishedPage) -> str:
    """Return where a page that staff wrote stands."""
    return published.address_of(page.kind, page.slug, page.parent_slug)


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


@register.simple_tag
def hit_line(hit: Hit, shown: Shown) -> SafeString:
    """Return one thing that was found as an element, with what was looked for marked and where else it leads."""
    facts = []
    if hit.kind != "unit":  # its code and short name say nothing to a visitor
        facts = [hit.number, identity.name_of(hit.unit), hit.day.isoformat() if hit.day else ""]
    state = ""
    if hit.validity and hit.validity != Validity.IN_FORCE:
        state = format_html(
            '<span class="state {}">{}</span>', hit.validity, dict(Validity.choices).get(hit.validity, "")
        )
    return format_html(
        '<li class="line hit"><h3><span class="kind">{}</span><a href="{}">{}</a></h3>{}'
        '<p class="line-facts">{}{}</p>{}</li>',
        KINDS.get(hit.kind, hit.kind),
        shown.address,
        _marked(hit.title),
        format_html_join("", '<p class="passage">{}</p>', ((_marked(passage),) for passage in hit.passages)),
        format_html_join("", "<span>{}</span>", ((fact,) for fact in facts if fact)),
        state,
        _ways(shown.ways),
    )


@register.simple_tag
def facet_lines(values: Iterable[Value]) -> SafeString:
    """Return the values of a facet as elements; in Python for the same reason."""
    return SafeString(
        "".join(
            f'<li><a rel="nofollow" href="{escape(one.address)}"'
            + (f' aria-current="true">{escape(one.label)}（去掉）' if one.is_chosen else f">{escape(one.label)}")
            + f"</a><span>{one.count}</span></li>"
            for one in values
        )
    )


def _ways(ways: Iterable[tuple[str, str]]) -> SafeString:
    links = format_html_join("", '<a href="{}"{}>{}</a>', ((at, _rel(at), label) for label, at in ways))
    return format_html('<p class="ways">{}</p>', links) if links else links


def _rel(address: str) -> SafeString:
    return SafeString("" if address.startswith("/") else ' rel="noopener external"')


def _marked(segments: Iterable[Segment]) -> SafeString:
    # Escaped piece by piece here: a page of results has hundreds, for which format_html takes a third of its time.
    return SafeString(
        "".join(f"<mark>{escape(one.text)}</mark>" if one.is_hit else escape(one.text) for one in segments)
    )


@register.inclusion_tag("portal/parts/pages.html")
def pages(sheet: Any, query: str = "", what: str = "条") -> dict[str, Any]:  # noqa: ANN401 -- a Sheet of anything
    """Render the way to the other pages of a list; ``query`` are the other parameters of the address."""
    return {"sheet": sheet, "query": query, "what": what}
