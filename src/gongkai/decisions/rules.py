"""Who may do what with decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.models import Role
from gongkai.decisions.models import DecisionKind, DecisionState

if TYPE_CHECKING:
    from gongkai.accounts.queries.scope import Scope
    from gongkai.decisions.models import Decision

IMPORTING_ROLES = (Role.HANDLER, Role.OFFICE_HEAD, Role.COMPETENT)
"""Who brings data in: the officers of a unit, and the department that collects them for the units below it."""


def importing_units(scope: Scope) -> frozenset[int]:
    """Return the units the person may bring data in for.

    The ended ones whose papers are kept there are among them: what such a unit decided is still to be entered, made
    public and, where it falls, taken back; somebody must answer for it.
    """
    return scope.of(*IMPORTING_ROLES) | scope.left_to(*IMPORTING_ROLES)


def may_import(scope: Scope, unit: int) -> bool:
    """Allow the officers of the unit, or of the one that took it over, and the competent department."""
    return unit in importing_units(scope)


def may_publish(scope: Scope, decision: Decision) -> bool:
    """Allow entering the publication day of a decision that has none."""
    return decision.published_on is None and may_import(scope, decision.unit_id)


def may_change(scope: Scope, decision: Decision) -> bool:
    """Allow noting that a standing decision was changed or annulled."""
    return decision.state == DecisionState.STANDING and may_import(scope, decision.unit_id)


def may_withdraw(scope: Scope, decision: Decision) -> bool:
    """Allow taking back what was published about a decision that no longer stands."""
    return must_withdraw(decision) and may_import(scope, decision.unit_id)


def must_withdraw(decision: Decision) -> bool:
    """Tell whether a published penalty was changed and is still to be taken back (行政处罚法 第四十八条)."""
    return (
        decision.kind == DecisionKind.PENALTY
        and decision.state != DecisionState.STANDING
        and decision.published_on is not None
        and decision.withdrawn_on is None
    )
