"""Who may see and change the officers' register and people's rights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.models import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gongkai.accounts.models import Grant, User
    from gongkai.accounts.queries.scope import Scope
    from gongkai.units.queries.tree import Tree

WATCHING_ROLES = (Role.COMPETENT, Role.OFFICE_HEAD, Role.AUDITOR, Role.SUPERVISOR)
"""Roles that see who does disclosure work at their units."""

SECOND_FACTOR_ROLES = (Role.ADMINISTRATOR, Role.COMPETENT, Role.OFFICE_HEAD)
"""Roles that sign on with a second factor: what they decide binds others."""


def watched(scope: Scope) -> frozenset[int] | None:
    """Return the units whose register the person may see; ``None`` means all."""
    return None if scope.is_administrator else scope.of(*WATCHING_ROLES) | scope.left_to(*WATCHING_ROLES)


def may_see_register(scope: Scope, unit: int) -> bool:
    """Allow those who watch over the unit."""
    units = watched(scope)
    return units is None or unit in units


def may_register(scope: Scope, unit: int) -> bool:
    """Allow the competent department within its subtree, and administrators."""
    return scope.is_administrator or scope.may(unit, Role.COMPETENT)


def may_answer_for(scope: Scope, unit: int) -> bool:
    """Allow what is done to those already registered, at a unit that has ended as well: reform finds them there."""
    return may_register(scope, unit) or unit in scope.left_to(Role.COMPETENT)


def registrable(scope: Scope, tree: Tree) -> frozenset[int]:
    """Return the units of ``tree`` for which the person may register officers and give roles."""
    return frozenset(node.id for node in tree if may_register(scope, node.id))


def may_register_anywhere(scope: Scope) -> bool:
    """Tell whether there is any unit the person may register officers for."""
    return scope.is_administrator or bool(scope.of(Role.COMPETENT))


def roles_to_give(scope: Scope) -> tuple[Role, ...]:
    """Return the roles the person may give: only an administrator makes administrators."""
    return tuple(role for role in Role if role != Role.ADMINISTRATOR or scope.is_administrator)


def may_give(scope: Scope, *, role: str, covered: Iterable[int]) -> bool:
    """Allow a role over ``covered`` (unit ids) to those who may register officers for every one of these units."""
    return role in roles_to_give(scope) and all(may_register(scope, unit) for unit in covered)


def may_manage(scope: Scope, manager: User, user: User, covered: Iterable[int], roles: Iterable[str]) -> bool:
    """Allow changing somebody's account to those above everything that the account may do.

    Whoever may renew a password can act as its owner: an account that reaches beyond the manager's own units, or that
    runs the system, is the administrators' matter. Nobody manages himself here.
    """
    if manager.pk == user.pk:
        return False
    return scope.is_administrator or (
        Role.ADMINISTRATOR not in roles and all(may_answer_for(scope, unit) for unit in covered)
    )


def may_end(scope: Scope, grant: Grant, covered: Iterable[int]) -> bool:
    """Allow ending a role to those who may give it, and at a unit that has ended to those who answer for it."""
    allowed = grant.role in roles_to_give(scope) and all(may_answer_for(scope, unit) for unit in covered)
    return grant.ends_on is None and allowed


def needs_second_factor(scope: Scope) -> bool:
    """Tell whether the person must sign on with a second factor."""
    return any(scope.units.get(role) for role in SECOND_FACTOR_ROLES)
