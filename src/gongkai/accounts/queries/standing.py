"""Why somebody who signed on may not act, in words for that person: nobody should have to guess it from empty pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from gongkai.accounts.models import Grant, Officer, Role
from gongkai.accounts.queries.scope import UNTRAINED_ROLES

if TYPE_CHECKING:
    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope
    from gongkai.units.queries.tree import Tree


def hindrances(user: User, scope: Scope, tree: Tree) -> tuple[str, ...]:
    """Return what keeps ``user`` from acting on the day of ``scope``; nothing for who may act. Two queries at most."""
    if scope.of(*Role.values):
        return ()
    held = Grant.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=scope.day), user=user)
    grants = list(held.values_list("role", "unit"))
    if not grants:
        return ("您还没有任何角色，不能查看或办理事项。角色由主管部门在“备案人员”中授予，请与其联系。",)
    ended = sorted({unit for _, unit in grants if unit in tree.ended})
    if ended:
        return tuple(_about(unit, tree) for unit in ended)
    if UNTRAINED_ROLES.issuperset(role for role, _ in grants):
        return ()
    if not Officer.objects.filter(user=user, trained_on__lte=scope.day).exists():
        return ("您的跟岗培训尚未登记，已授予的办理角色自登记的培训日起生效。请与主管部门联系，完成培训后登记。",)
    return ()


def _about(unit: int, tree: Tree) -> str:
    past = tree.ended[unit]
    heirs = "、".join(tree.name(heir) for heir in past.heirs)
    return (
        f"{past.short_name}已于 {past.ended_on} 撤销，"
        + (f"职能由{heirs}承接。" if heirs else "没有登记承接机构。")
        + "原有信息仍可查阅，不能再以其名义办理；需要继续办理的，由主管部门授予承接机构的角色"
        + "（国办公开办函〔2019〕14号）。"
    )
