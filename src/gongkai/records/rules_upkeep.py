"""Who may do what in the upkeep of the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.models import Role

if TYPE_CHECKING:
    from gongkai.accounts.queries.scope import Scope


def may_lead(scope: Scope, lead: int, units: frozenset[int] = frozenset()) -> bool:
    """Allow heads of disclosure offices and the competent department, over units they act for alone."""
    return ({lead} | units) <= scope.of(Role.OFFICE_HEAD, Role.COMPETENT)


def may_decide(scope: Scope, unit: int) -> bool:
    """Allow officers and the head of the disclosure office of the responsible unit."""
    return scope.may(unit, Role.HANDLER, Role.OFFICE_HEAD)


def may_set_days(scope: Scope, unit: int) -> bool:
    """Allow the competent department to set the days on which its units deliver."""
    return scope.may(unit, Role.COMPETENT)


def may_hand_over(scope: Scope, unit: int) -> bool:
    """Allow officers and the head of the disclosure office to seal what their unit delivers."""
    return scope.may(unit, Role.HANDLER, Role.OFFICE_HEAD)


def may_edit_gazette(scope: Scope, unit: int) -> bool:
    """Allow officers and the head of the disclosure office of the unit that issues the gazette."""
    return scope.may(unit, Role.HANDLER, Role.OFFICE_HEAD)


def may_publish_gazette(scope: Scope, unit: int) -> bool:
    """Allow the head of the disclosure office alone to put an issue out."""
    return scope.may(unit, Role.OFFICE_HEAD)


def may_list_items(scope: Scope, unit: int) -> bool:
    """Allow officers and the head of the disclosure office to keep the unit's lists."""
    return scope.may(unit, Role.HANDLER, Role.OFFICE_HEAD)
