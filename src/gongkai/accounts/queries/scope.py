"""What a person may do on a day: the one source of permission for page, API, export and search alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q

from gongkai.accounts.models import Grant, Officer, Role
from gongkai.units.queries import tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from gongkai.accounts.models import User

UNTRAINED_ROLES = frozenset({Role.AUDITOR, Role.SUPERVISOR, Role.ADMINISTRATOR})
"""Roles that need no 跟岗 training: they do no disclosure work themselves."""

READING_ROLES = frozenset(Role) - {Role.ADMINISTRATOR}
"""Roles that see the working papers of their units. An administrator runs the system and reads no cases."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The unit ids a person acts for, by role, on one day. Made per request and never kept longer.

    ``ended`` are the units that no longer exist and whose papers went, or stayed, where the person has the role: they
    are read, and nobody acts for them.
    """

    day: date
    units: Mapping[str, frozenset[int]]
    ended: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def of(self, *roles: str) -> frozenset[int]:
        """Return the units where the person has any of ``roles``."""
        return frozenset().union(*(self.units.get(role, frozenset()) for role in roles))

    def left_to(self, *roles: str) -> frozenset[int]:
        """Return the ended units whose papers are kept where the person has any of ``roles``."""
        return frozenset().union(*(self.ended.get(role, frozenset()) for role in roles))

    def may(self, unit: int, *roles: str) -> bool:
        """Tell whether the person has any of ``roles`` at the unit with this id."""
        return any(unit in self.units.get(role, ()) for role in roles)

    @property
    def readable(self) -> frozenset[int]:
        """The units whose working papers the person may see, the ended ones among them."""
        return self.of(*READING_ROLES) | self.left_to(*READING_ROLES)

    @property
    def is_administrator(self) -> bool:
        """Tell whether the person runs the system."""
        return bool(self.units.get(Role.ADMINISTRATOR))


NOTHING: Mapping[str, frozenset[int]] = {}


def scope_of(user: User, day: date, known: tree.Tree | None = None) -> Scope:
    """Return what ``user`` may do on ``day``; nothing for an inactive or unknown person.

    Roles of disclosure work count only from the day of the recorded training on. ``known`` is the tree of ``day``
    where the caller has it already.
    """
    if not user.is_active or user.pk is None:
        return Scope(day, NOTHING)
    grants = list(Grant.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), user=user, begins_on__lte=day))
    if not grants:
        return Scope(day, NOTHING)
    trained = Officer.objects.filter(user=user, trained_on__lte=day).exists()
    today = known or tree.as_of(day)
    units: dict[str, frozenset[int]] = {}
    ended: dict[str, frozenset[int]] = {}
    for grant in grants:
        if trained or grant.role in UNTRAINED_ROLES:
            covered = today.below([grant.unit_id]) if grant.with_subtree else frozenset({grant.unit_id})
            left = today.left_to(covered, with_subtree=grant.with_subtree)
            # The system is run whatever becomes of the unit its administrator was registered at.
            acting = covered if grant.role == Role.ADMINISTRATOR else covered - left
            units[grant.role] = units.get(grant.role, frozenset()) | acting
            ended[grant.role] = ended.get(grant.role, frozenset()) | left
    return Scope(day, units, ended)
