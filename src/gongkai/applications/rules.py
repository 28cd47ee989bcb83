"""Who may do what with an application. Cases hold personal data: a social supervisor sees none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.models import Role

if TYPE_CHECKING:
    from gongkai.accounts.queries.scope import Scope
    from gongkai.applications.models import Application

READING = (
    Role.HANDLER,
    Role.FIRST_REVIEWER,
    Role.SECOND_REVIEWER,
    Role.FINAL_REVIEWER,
    Role.SECRECY_REVIEWER,
    Role.OFFICE_HEAD,
    Role.COMPETENT,
    Role.AUDITOR,
)
"""Roles that see the cases of their units."""

WORKING = (Role.HANDLER, Role.OFFICE_HEAD)
"""Roles that work on them."""

REVEALING = (Role.HANDLER, Role.OFFICE_HEAD, Role.COMPETENT)
"""Roles that may have an identity shown in full, each look in the journal."""


def units_read(scope: Scope) -> frozenset[int]:
    """Return the units whose cases the person may see, ended ones among them."""
    return scope.of(*READING) | scope.left_to(*READING)


def reads_cases(scope: Scope) -> bool:
    """Tell whether there is any unit whose cases the person may see."""
    return bool(units_read(scope))


def may_register(scope: Scope, unit: int) -> bool:
    """Allow whoever works on the cases of the unit."""
    return scope.may(unit, *WORKING)


def may_handle(scope: Scope, application: Application) -> bool:
    """Allow whoever works on the cases of the unit, until the case is archived."""
    return application.archived_on is None and scope.may(application.unit_id, *WORKING)


def may_strike(scope: Scope, application: Application) -> bool:
    """Allow the head of the disclosure office to strike out what was entered by mistake."""
    return application.archived_on is None and scope.may(application.unit_id, Role.OFFICE_HEAD)


def may_allocate(scope: Scope, application: Application) -> bool:
    """Allow whoever works on the cases of the unit to hand a case to a desk or an officer."""
    return may_handle(scope, application)


def may_waive(scope: Scope, application: Application) -> bool:
    """Allow the head of the disclosure office to forgo a fee."""
    return application.archived_on is None and scope.may(application.unit_id, Role.OFFICE_HEAD)


def may_reveal(scope: Scope, application: Application) -> bool:
    """Allow those who must know who applies."""
    return scope.may(application.unit_id, *REVEALING)


def may_recompute(scope: Scope) -> bool:
    """Allow the competent department to compute all due dates again."""
    return bool(scope.of(Role.COMPETENT))


def may_set_letters(scope: Scope, unit: int) -> bool:
    """Allow the head of the disclosure office to set how the unit's letters are numbered and worded."""
    return scope.may(unit, Role.OFFICE_HEAD)
