"""Small pieces of the pages of a campaign."""

from __future__ import annotations

from django import template

from gongkai.reporting.models import State
from gongkai.reporting.queries.board import BADGES

register = template.Library()


@register.filter
def tone(state: str) -> str:
    """Return the colour of a state of a report."""
    return BADGES[State(state)]
