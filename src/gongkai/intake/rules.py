"""Who sees what comes in from the web, besides the applications it becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.models import Role
from gongkai.applications.rules import WORKING

if TYPE_CHECKING:
    from gongkai.accounts.queries.scope import Scope


def units_called(scope: Scope) -> frozenset[int]:
    """Return the units whose requests to be called the person deals with, ended ones among them."""
    return scope.of(*WORKING) | scope.left_to(*WORKING)


def may_call(scope: Scope, unit: int) -> bool:
    """Allow whoever works on the applications of the unit."""
    return unit in units_called(scope)


def runs_queue(scope: Scope) -> bool:
    """Allow whoever runs the system, and the competent department: what is stuck belongs to no unit yet."""
    return scope.is_administrator or bool(scope.of(Role.COMPETENT))


def looks_in(scope: Scope) -> bool:
    """Tell whether the page has anything for the person."""
    return bool(units_called(scope)) or runs_queue(scope)
