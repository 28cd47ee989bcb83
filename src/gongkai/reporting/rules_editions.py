"""Who may do what with reports that are frozen, published or of earlier years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.models import Role
from gongkai.reporting.rules import PUBLISHING

if TYPE_CHECKING:
    from gongkai.accounts.queries.scope import Scope


def may_import(scope: Scope, unit: int | None) -> bool:
    """Allow whoever publishes for the unit; reports of bodies that are none of ours: the competent department."""
    return bool(scope.of(Role.COMPETENT)) if unit is None else scope.may(unit, *PUBLISHING)


def imports_anything(scope: Scope) -> bool:
    """Tell whether there is any body whose earlier reports the person may bring in."""
    return bool(scope.of(*PUBLISHING))
