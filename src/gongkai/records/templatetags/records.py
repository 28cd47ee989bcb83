"""Small pieces of the register's pages."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django import template
from django.forms import Textarea
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from gongkai.law.scope import UnknownScopeItemError, scope_item
from gongkai.records import markup
from gongkai.records.models import Attribute, Category, Stage, Validity

if TYPE_CHECKING:
    from django.forms import BoundField

    from gongkai.records.models import Record
    from gongkai.records.views.acts import Act

register = template.Library()

STAGES = {
    Stage.DRAFT: "secondary",
    Stage.REVIEWING: "blue",
    Stage.READY: "purple",
    Stage.PUBLISHED: "green",
    Stage.FILED: "teal",
    Stage.WITHDRAWN: "red",
}
LABELS: dict[str, dict[str, str]] = {
    "stage": dict(Stage.choices),
    "validity": dict(Validity.choices),
    "category": dict(Category.choices),
    "attribute": dict(Attribute.choices),
}


@register.simple_tag
def stage(record: Record) -> SafeString:
    """Return where a record is, as a coloured word."""
    return _badge(STAGES[record.stage], LABELS["stage"][record.stage])


@register.simple_tag
def validity(record: Record) -> SafeString | str:
    """Return what became of a document that no longer holds as it was; nothing for one in force."""
    if record.validity == Validity.IN_FORCE:
        return ""
    return _badge("orange", LABELS["validity"][record.validity])


@lru_cache(maxsize=32)
def _badge(tone: str, words: str) -> SafeString:
    return format_html(' <span class="badge bg-{}-lt">{}</span>', tone, words)


@register.filter
def label(record: Record, name: str) -> str:
    """Return what a choice is called: as ``get_…_display``, which looks through all choices every time."""
    return LABELS[name][getattr(record, name)]


@register.simple_tag
def act_address(act: Act, record: Record) -> str:
    """Return where an act is posted to."""
    return reverse(f"records:{act.name}", args=[record.pk])


@register.simple_tag
def scope_caption(code: str) -> str:
    """Return the caption of an item of Arts 20 and 21; the code itself where it is none."""
    try:
        return scope_item(code).caption
    except UnknownScopeItemError:
        return code


@register.filter
def is_wide(field: BoundField) -> bool:
    """Tell whether a field takes the whole width of the form: long texts and titles do."""
    return field.name == "title" or isinstance(field.field.widget, Textarea)


@register.filter
def cleaned(body: str) -> SafeString:
    """Return a body to be shown as it is marked up, cleaned once more: rows may come from elsewhere than the form."""
    return mark_safe(markup.clean(body))  # noqa: S308 -- nh3 has just cleaned it


@register.filter
def typed(text: str | None) -> SafeString:
    """Return what stands in the field of a body as the markup that the editor begins with."""
    return mark_safe(markup.from_typed(text or ""))  # noqa: S308 -- cleaned or escaped by what has just read it
