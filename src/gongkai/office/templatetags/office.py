"""Small pieces of the workbench's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

from gongkai.units.models import Span

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

register = template.Library()

TONES = {
    "late": "red",
    "soon": "orange",
    "normal": "secondary",
    "open": "blue",
    "referred": "purple",
    "current": "blue",
    "passed": "green",
    "returned": "red",
    "withdrawn": "secondary",
    "waiting": "secondary",
}
"""The colour of each state. Colour never stands alone: the word stands beside it."""


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return an icon of the sprite, hidden from screen readers: it only repeats the words beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("office/icons.svg"),
        name,
    )


@register.simple_tag
def badge(state: str, words: str) -> SafeString:
    """Return a state as a coloured word."""
    return format_html('<span class="badge bg-{0}-lt">{1}</span>', TONES.get(state, "secondary"), words)


@register.simple_tag(takes_context=True)
def unit_name(context: dict[str, Any], unit: int) -> str:
    """Return what the unit with this id is called today; its former name where it has ended."""
    node = context["request"].tree.node(unit)
    if node is not None:
        return node.short_name
    last = Span.objects.filter(unit=unit).order_by("-begins_on").first()
    return f"{last.short_name}（已撤销）" if last else ""


@register.simple_tag(takes_context=True)
def page_address(context: dict[str, Any], number: int) -> str:
    """Return the address of another page of the same list, its filters kept."""
    query = context["request"].GET.copy()
    query["page"] = number
    return f"?{query.urlencode()}"
