"""How far an account reaches: the units and roles of every grant that has not ended, begun or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from gongkai.accounts.models import Grant, Officer

if TYPE_CHECKING:
    from gongkai.accounts.models import User
    from gongkai.units.queries.tree import Tree


@dataclass(frozen=True, slots=True)
class Reach:
    """Unit ids and roles, the unit of registration among them."""

    units: frozenset[int]
    roles: frozenset[str]


def reach_of(user: User, known: Tree) -> Reach:
    """Return how far ``user`` reaches on the tree of ``known.day``, trained or not, active or not."""
    grants = Grant.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=known.day), user=user)
    units = set(Officer.objects.filter(user=user).values_list("unit", flat=True))
    roles = set()
    for grant in grants:
        units |= known.below([grant.unit_id]) if grant.with_subtree else {grant.unit_id}
        roles.add(grant.role)
    return Reach(frozenset(units), frozenset(roles))
