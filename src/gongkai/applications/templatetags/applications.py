"""Small pieces of the pages of applications."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongkai.applications.models import IdentityProof

if TYPE_CHECKING:
    from django.forms import BoundField

    from gongkai.applications.models import Application
    from gongkai.applications.queries.board import UnitRow
    from gongkai.applications.views.acts import Act

register = template.Library()
_PROOFS = dict(IdentityProof.choices)
_WIDE = {"units": "col-12", "description": "col-12", "title": "col-md-8", "address": "col-md-8"}
"""How much of the counter's form a field takes; the others a third."""


@register.filter
def width(field: BoundField) -> str:
    """Return the column classes of a field of the counter."""
    return _WIDE.get(field.name, "col-md-4 col-sm-6")


@register.simple_tag
def act_address(act: Act, application: Application) -> str:
    """Return where an act is done."""
    return reverse(f"applications:{act.name}", args=[application.pk])


@register.filter
def proof_name(proof: str) -> str:
    """Return what a proof of identity is called."""
    return _PROOFS.get(proof, "")


_NOTHING = SafeString('<td class="num"></td>')


@register.simple_tag
def counts(row: UnitRow) -> SafeString:
    """Return the cells of a unit on the board: a table of sixty units has many, most of them empty."""
    return format_html_join(
        "",
        "{}",
        (
            (
                format_html(
                    '<td class="num" data-label="{}"><a href="../?due={}&amp;unit={}">{}</a></td>',
                    section.title,
                    section.key,
                    row.unit,
                    count,
                )
                if count
                else _NOTHING,
            )
            for section, count in row.counts
        ),
    )
