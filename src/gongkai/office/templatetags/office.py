"""Small pieces of the workbench's pages."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from django import forms, template
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from django.forms.boundfield import BoundField, BoundWidget

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
@cache
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


@register.simple_tag
def public_address(name: str, *values: object) -> str:
    """Return the address of a public page, on its own site where another process serves that."""
    site = settings.SITE["address"].rstrip("/") if settings.SERVICE == "office" else ""
    return site + reverse(name, urlconf="gongkai.site.urls_portal", args=values)


@register.simple_tag(takes_context=True)
def unit_name(context: dict[str, Any], unit: int) -> str:
    """Return what the unit with this id is called today; its former name where it has ended."""
    return context["request"].tree.name(unit)


@register.simple_tag(takes_context=True)
def page_address(context: dict[str, Any], number: int) -> str:
    """Return the address of another page of the same list, its filters kept."""
    query = context["request"].GET.copy()
    query["page"] = number
    return f"?{query.urlencode()}"


_KINDS = (
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.RadioSelect, "choices"),
    (forms.CheckboxInput, "check"),
    (forms.Select, "select"),
)
_CLASSES = {"check": "form-check-input", "select": "form-select", "text": "form-control"}


@register.filter
def control_kind(field: BoundField) -> str:
    """Return how a form control is laid out: ``check``, ``choices``, ``select`` or ``text``."""
    return next((kind for widget, kind in _KINDS if isinstance(field.field.widget, widget)), "text")


@register.filter
def control(field: BoundField) -> SafeString:
    """Return a form control in the kit's look, red where it has an error."""
    given = field.field.widget.attrs.get("class", "")
    classes = given or _CLASSES[control_kind(field)]
    return field.as_widget(attrs={"class": f"{classes} is-invalid" if field.errors else classes})


@register.filter
def choice_control(choice: BoundWidget) -> SafeString:
    """Return one box or button of several."""
    choice.data["attrs"]["class"] = "form-check-input"
    return choice.tag()


@register.simple_tag
def select(field: BoundField) -> SafeString:
    """Return a select in one piece: Django renders each option by a template of its own, which a long list feels."""
    options = _options(tuple(field.field.choices), str(field.value() or ""))
    css = field.field.widget.attrs["class"]
    return format_html(
        '<select name="{}" id="{}" class="{}">{}</select>', field.html_name, field.id_for_label, css, options
    )


@lru_cache(maxsize=256)
def _options(choices: tuple[tuple[object, str], ...], chosen: str) -> SafeString:
    """Return the options; the lists are few and the same on every page."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SafeString(" selected") if str(value) == chosen else "", label) for value, label in choices),
    )
