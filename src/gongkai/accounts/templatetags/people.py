"""The officers of a unit, on any page that asks for them by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from gongkai.accounts import rules
from gongkai.accounts.models import Officer

if TYPE_CHECKING:
    from collections.abc import Mapping

register = template.Library()


@register.inclusion_tag("accounts/officers_of.html", takes_context=True)
def officers_of(context: Mapping[str, Any], unit: int) -> dict[str, Any]:
    """Show the officers registered for the unit with this id, to whoever may see the register of that unit."""
    scope = context["request"].scope
    if not rules.may_see_register(scope, unit):
        return {"officers": None}
    found = (
        Officer.objects.filter(unit=unit, user__is_active=True).select_related("user").order_by("registered_on", "pk")
    )
    return {"officers": found, "unit": unit, "may_register": rules.may_register(scope, unit)}
