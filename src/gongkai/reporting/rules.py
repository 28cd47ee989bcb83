"""Who may do what in the making of the reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.models import Role
from gongkai.reporting.models import HANDED_UP

if TYPE_CHECKING:
    from gongkai.accounts.queries.scope import Scope
    from gongkai.reporting.models import Campaign, Checker, Submission

FILLING = (Role.HANDLER, Role.OFFICE_HEAD, Role.COMPETENT)
"""Roles that fill in a report of their unit."""

OWING = (Role.HANDLER, Role.OFFICE_HEAD)
"""Roles whose own work the report of their unit is, and who are reminded of it."""

CONFIRMING = (Role.HANDLER, Role.OFFICE_HEAD)
"""Roles that confirm figures for their unit, where it is asked to."""

PUBLISHING = (Role.OFFICE_HEAD, Role.COMPETENT)
"""Roles that let a report of their unit out."""


def reads_reports(scope: Scope) -> bool:
    """Tell whether there is any unit whose report the person may see."""
    return bool(scope.readable)


def owes_reports(scope: Scope) -> bool:
    """Tell whether there is any unit whose report is the person's own work."""
    return bool(scope.of(*OWING))


def checks_reports(scope: Scope) -> bool:
    """Tell whether there is any unit for which the person would confirm figures, if it is asked to."""
    return bool(scope.of(*CONFIRMING))


def may_open(scope: Scope, root: int) -> bool:
    """Allow the competent department of the unit that adds everything up to open a year."""
    return scope.may(root, Role.COMPETENT)


def may_manage(scope: Scope, campaign: Campaign) -> bool:
    """Allow it to set deadlines and checkers, and to chase."""
    return may_open(scope, campaign.root_id)


def may_read(scope: Scope, submission: Submission) -> bool:
    """Allow everybody who reads the working papers of the unit, and those who receive what was handed up to them."""
    is_theirs = submission.state in HANDED_UP and scope.may(submission.superior_id, Role.COMPETENT)
    return submission.unit_id in scope.readable or is_theirs


def may_fill(scope: Scope, submission: Submission) -> bool:
    """Allow those who work on the report of the unit."""
    return scope.may(submission.unit_id, *FILLING)


def may_decide(scope: Scope, submission: Submission) -> bool:
    """Allow the competent department at the superior to receive a report and to send it back.

    The report of its own level goes into the sum of the same unit, which is therefore its superior; the whole of the
    root has nobody above it.
    """
    return scope.may(submission.superior_id, Role.COMPETENT)


def may_confirm(scope: Scope, checker: Checker) -> bool:
    """Allow the people of the checking unit."""
    return scope.may(checker.unit_id, *CONFIRMING)


def may_publish(scope: Scope, submission: Submission) -> bool:
    """Allow the unit whose report it is: each publishes its own (条例 第四十九条)."""
    return scope.may(submission.unit_id, *PUBLISHING)
