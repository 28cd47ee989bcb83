"""Who may do what with a case: as with the applications they are about.

A suit against a unit that has ended is carried on by whoever took over (国办公开办函〔2019〕14号): those may act too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.models import Role
from gongkai.applications.rules import READING, REVEALING, WORKING

if TYPE_CHECKING:
    from gongkai.accounts.queries.scope import Scope
    from gongkai.remedies.models import Remedy


def units_read(scope: Scope) -> frozenset[int]:
    """Return the units whose cases the person may see."""
    return scope.of(*READING) | scope.left_to(*READING)


def units_worked(scope: Scope) -> frozenset[int]:
    """Return the units for which the person may work on cases."""
    return scope.of(*WORKING) | scope.left_to(*WORKING)


def reads_cases(scope: Scope) -> bool:
    """Tell whether there is any unit whose cases the person may see."""
    return bool(units_read(scope))


def may_register(scope: Scope, unit: int) -> bool:
    """Allow whoever works on the cases of the unit."""
    return unit in units_worked(scope)


def may_handle(scope: Scope, remedy: Remedy) -> bool:
    """Allow whoever works on the cases of the unit whose act is contested."""
    return remedy.unit_id in units_worked(scope)


def may_strike(scope: Scope, remedy: Remedy) -> bool:
    """Allow the head of the disclosure office to strike out what was entered by mistake."""
    return remedy.unit_id in scope.of(Role.OFFICE_HEAD) | scope.left_to(Role.OFFICE_HEAD)


def may_reveal(scope: Scope, remedy: Remedy) -> bool:
    """Allow those who must know who claims, and take the evidence out."""
    return remedy.unit_id in scope.of(*REVEALING) | scope.left_to(*REVEALING)
