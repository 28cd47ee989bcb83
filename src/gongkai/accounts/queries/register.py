"""The officers' register as a person may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, QuerySet

from gongkai.accounts import rules
from gongkai.accounts.models import Grant, Role, User

if TYPE_CHECKING:
    from gongkai.accounts.queries.scope import Scope
    from gongkai.units.queries.tree import Tree

STATES = {"": "全部", "trained": "在岗", "untrained": "待跟岗培训", "without": "未授权", "inactive": "已停用"}


def visible(scope: Scope) -> QuerySet[User]:
    """Return the accounts that the person may see: those registered at watched units; all for an administrator."""
    units = rules.watched(scope)
    found = User.objects.select_related("officer")
    return found if units is None else found.filter(officer__unit__in=units)


def listed(scope: Scope, tree: Tree, *, unit: int | None = None, state: str = "", role: str = "") -> QuerySet[User]:
    """Return the accounts that fit, by unit and name, with their open grants. ``unit`` means it and all below it."""
    held = Grant.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=scope.day))
    found = visible(scope).prefetch_related(Prefetch("grants", queryset=held.order_by("role"), to_attr="held"))
    if unit is not None:
        found = found.filter(officer__unit__in=tree.with_ended([unit]))
    if state == "trained":
        found = found.filter(is_active=True, officer__trained_on__lte=scope.day)
    elif state == "untrained":
        found = found.filter(Q(officer__trained_on__isnull=True) | Q(officer__trained_on__gt=scope.day), is_active=True)
    elif state == "without":
        found = found.filter(is_active=True).exclude(pk__in=held.values("user"))
    elif state == "inactive":
        found = found.filter(is_active=False)
    if role in Role.values:
        found = found.filter(pk__in=held.filter(role=role).values("user"))
    return found.order_by("officer__unit__code", "name", "pk")
