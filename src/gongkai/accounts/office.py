"""What people bring to the workbench; the rooms below this one, which cannot register, are brought along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from gongkai.accounts import rules
from gongkai.accounts.models import Role
from gongkai.accounts.workbench import MenuEntry, TodoItem, TodoSource, register
from gongkai.journal import rules as journal
from gongkai.units import rules as units
from gongkai.units.queries.guides import lacking

if TYPE_CHECKING:
    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope


def watches(scope: Scope) -> bool:
    """Show the register to those who watch over some unit."""
    return rules.watched(scope) != frozenset()


def _guides(user: User, scope: Scope, limit: int) -> tuple[list[TodoItem], int]:
    del user
    heads = scope.of(Role.OFFICE_HEAD)
    if not heads:
        return [], 0
    found = list(lacking(heads, scope.day))
    items = [
        TodoItem(
            title="机构有变动，指南待更新" if hasattr(unit, "guide") else "尚未编制公开指南",
            url=reverse("units:guide", args=[unit.pk]),
            unit=unit.pk,
            urgency="late",
        )
        for unit in found[:limit]
    ]
    return items, len(found)


register(
    menu=[
        MenuEntry("机构", "units:tree", "tree", "机构与人员", 80, units.may_look),
        MenuEntry("备案人员", "accounts:list", "users", "机构与人员", 81, watches),
        MenuEntry("操作日志", "journal:entries", "shield", "机构与人员", 82, journal.may_read),
    ],
    todo=[TodoSource("公开指南", 60, _guides)],
)
