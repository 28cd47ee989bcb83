"""Who may do what with a case: an application, or a matter beside applications.

Cases hold personal data: a social supervisor sees none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.models import Role
from gongkai.applications.models import Matter, MatterKind

if TYPE_CHECKING:
    from gongkai.accounts.queries.scope import Scope
    from gongkai.applications.models import Application

    Case = Application | Matter

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


HANDLING = {
    MatterKind.RECTIFICATION: (Role.HANDLER, Role.OFFICE_HEAD),
    MatterKind.COMPLAINT: (Role.COMPETENT,),
    MatterKind.APPEAL: (Role.HANDLER, Role.OFFICE_HEAD, Role.COMPETENT),
}
"""Who works on each kind of matter: a complaint is the matter of the competent department (Art 47)."""

WATCHING = (Role.COMPETENT, Role.AUDITOR)
"""Roles that see complaints, which are not shown to whom they are about."""

SIGNING = (Role.FINAL_REVIEWER, Role.SECRECY_REVIEWER, Role.OFFICE_HEAD)
"""Roles that see the letters of a complaint besides, to review them, unless it is about their own unit."""


WRITING = (*WORKING, Role.COMPETENT)
"""Roles that write letters of one kind of case or another."""


def working(case: Case) -> tuple[str, ...]:
    """Return the roles that work on a case of this kind."""
    return HANDLING[MatterKind(case.kind)] if isinstance(case, Matter) else WORKING


def heading(case: Case) -> tuple[str, ...]:
    """Return the roles that undo on a case of this kind what others did by mistake."""
    is_complaint = isinstance(case, Matter) and case.kind == MatterKind.COMPLAINT
    return (Role.COMPETENT,) if is_complaint else (Role.OFFICE_HEAD,)


def units_read(scope: Scope) -> frozenset[int]:
    """Return the units whose cases the person may see, ended ones among them."""
    return scope.of(*READING) | scope.left_to(*READING)


def reads_cases(scope: Scope) -> bool:
    """Tell whether there is any unit whose cases the person may see."""
    return bool(units_read(scope))


def may_register(scope: Scope, unit: int) -> bool:
    """Allow whoever works on the cases of the unit."""
    return scope.may(unit, *WORKING)


def may_handle(scope: Scope, case: Case) -> bool:
    """Allow whoever works on such cases of the unit, until the case is archived."""
    return case.archived_on is None and scope.may(case.unit_id, *working(case))


def may_strike(scope: Scope, case: Case) -> bool:
    """Allow the head of the disclosure office to strike out what was entered by mistake."""
    return case.archived_on is None and scope.may(case.unit_id, *heading(case))


def may_allocate(scope: Scope, application: Application) -> bool:
    """Allow whoever works on the cases of the unit to hand a case to a desk or an officer."""
    return may_handle(scope, application)


def may_waive(scope: Scope, application: Application) -> bool:
    """Allow the head of the disclosure office to forgo a fee."""
    return application.archived_on is None and scope.may(application.unit_id, Role.OFFICE_HEAD)


def may_reveal(scope: Scope, case: Case) -> bool:
    """Allow those who must know who applies, or who brought the matter."""
    return scope.may(case.unit_id, *(working(case) if isinstance(case, Matter) else REVEALING))


def may_recompute(scope: Scope) -> bool:
    """Allow the competent department to compute all due dates again."""
    return bool(scope.of(Role.COMPETENT))


def may_set_letters(scope: Scope, unit: int) -> bool:
    """Allow the head of the disclosure office to set how the unit's letters are numbered and worded."""
    return scope.may(unit, Role.OFFICE_HEAD)
