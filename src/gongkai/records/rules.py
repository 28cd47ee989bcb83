"""Who may do what with a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.models import Role
from gongkai.records.models import Attribute, Stage, Validity

if TYPE_CHECKING:
    from gongkai.accounts.queries.scope import Scope
    from gongkai.records.models import Record


def may_draft(scope: Scope, unit: int) -> bool:
    """Allow the officers of the unit."""
    return scope.may(unit, Role.HANDLER)


def may_edit(scope: Scope, record: Record) -> bool:
    """Allow the officers of the unit, while the record is a draft."""
    return record.stage == Stage.DRAFT and may_draft(scope, record.unit_id)


def may_publish(scope: Scope, record: Record) -> bool:
    """Allow officers and the head of the disclosure office to put an approved record out."""
    return record.stage == Stage.READY and scope.may(record.unit_id, Role.HANDLER, Role.OFFICE_HEAD)


def may_withdraw(scope: Scope, record: Record) -> bool:
    """Allow the head of the disclosure office and the competent department to take a published record down."""
    return record.stage == Stage.PUBLISHED and scope.may(record.unit_id, Role.OFFICE_HEAD, Role.COMPETENT)


def may_read_back(scope: Scope, record: Record) -> bool:
    """Allow whoever works on records of the unit."""
    return record.stage == Stage.PUBLISHED and scope.may(
        record.unit_id, Role.HANDLER, Role.FIRST_REVIEWER, Role.OFFICE_HEAD
    )


def may_change_validity(scope: Scope, record: Record) -> bool:
    """Allow the head of the disclosure office and officers of the unit that made it, while it holds."""
    holds = record.validity not in {Validity.REPEALED, Validity.EXPIRED}
    return record.stage == Stage.PUBLISHED and holds and scope.may(record.unit_id, Role.HANDLER, Role.OFFICE_HEAD)


def may_plan(scope: Scope, record: Record) -> bool:
    """Allow whoever may publish to set the day instead."""
    return may_publish(scope, record)


def may_reopen(scope: Scope, record: Record) -> bool:
    """Allow the officers of the unit to correct what was taken down."""
    return record.stage == Stage.WITHDRAWN and may_draft(scope, record.unit_id)


def may_reassess(scope: Scope, record: Record) -> bool:
    """Allow officers and the head of the disclosure office to look again at what is not published (条例 第十八条)."""
    return (
        record.stage == Stage.FILED
        and record.attribute != Attribute.PROACTIVE
        and scope.may(record.unit_id, Role.HANDLER, Role.OFFICE_HEAD)
    )


def may_recode(scope: Scope, record: Record) -> bool:
    """Allow the head of the disclosure office and the competent department to re-code."""
    return scope.may(record.unit_id, Role.OFFICE_HEAD, Role.COMPETENT)


def may_take_over(scope: Scope, unit: int) -> bool:
    """Allow the head of the disclosure office and the competent department to take over what a unit published.

    The papers of an ended unit are taken over where they are kept.
    """
    roles = (Role.OFFICE_HEAD, Role.COMPETENT)
    return scope.may(unit, *roles) or unit in scope.left_to(*roles)


def may_count_secrets(scope: Scope, unit: int) -> bool:
    """Allow officers, secrecy reviewers and the head of the disclosure office to enter the count of a unit."""
    return scope.may(unit, Role.HANDLER, Role.SECRECY_REVIEWER, Role.OFFICE_HEAD)
