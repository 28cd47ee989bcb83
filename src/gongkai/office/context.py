"""What every page of the workbench shows around its content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from gongkai.accounts import workbench

if TYPE_CHECKING:
    from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the menu for the person and the name of the city."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {"city": settings.CITY}
    match = getattr(request, "resolver_match", None)
    return {
        "city": settings.CITY,
        "menu": workbench.menu_for(request.scope),
        "room": match.namespace if match else "",
        "here": match.view_name if match else "",
    }
