"""What rooms above bring to the page of a case: panels, registered at start-up.

This room may not import what stands above it (remedies, reports). Such a room calls ``register`` in its ``office.py``;
the page of a case shows ``panels_for`` and includes each panel's template with the panel as ``panel``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from gongkai.accounts.queries.scope import Scope
    from gongkai.applications.models import Application

    Provider = Callable[[Application, Scope, date], "Panel | None"]


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: its heading, the template that draws its inside, and what that needs besides the page's context.

    ``is_wide`` panels stand among the work on the case, the others beside it.
    """

    title: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    is_wide: bool = False


_providers: dict[str, tuple[int, Provider]] = {}


def register(key: str, order: int, provider: Provider) -> None:
    """Make a provider known; registering a key again replaces it. It returns ``None`` where it has nothing to show."""
    _providers[key] = (order, provider)


def panels_for(application: Application, scope: Scope, today: date) -> list[Panel]:
    """Return the panels of ``application`` that ``scope`` may see, in order."""
    ordered = sorted(_providers.values(), key=lambda entry: entry[0])
    found = (provider(application, scope, today) for _, provider in ordered)
    return [panel for panel in found if panel is not None]
