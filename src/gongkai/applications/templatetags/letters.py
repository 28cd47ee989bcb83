"""Small pieces of the pages of letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.urls import reverse

if TYPE_CHECKING:
    from gongkai.applications.models import Letter
    from gongkai.applications.views.letters_acts import Act

register = template.Library()


@register.simple_tag
def letter_act(act: Act, letter: Letter) -> str:
    """Return the address an act on a letter is posted to."""
    return reverse(f"applications:letter-{act.name}", args=[letter.pk])


@register.filter
def braced(name: str) -> str:
    """Return a field as a wording names it."""
    return f"{{{name}}}"
