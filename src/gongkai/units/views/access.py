"""What every view of this room asks first, and who acts in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from gongkai.journal.domain.entry import Actor
from gongkai.units import rules
from gongkai.units.models import Unit

if TYPE_CHECKING:
    from django.http import HttpRequest


def look(request: HttpRequest) -> None:
    """Let through whoever works here at all."""
    if not rules.may_look(request.scope):
        raise PermissionDenied("您还没有任何机构的角色，不能查看机构。请由主管部门备案、培训并授权后再使用。")


def seen(request: HttpRequest, number: int) -> Unit:
    """Return the unit, existing or ended, for whoever works here at all."""
    look(request)
    return get_object_or_404(Unit, pk=number)


def acting(request: HttpRequest, unit: Unit | None = None) -> Actor:
    """Return the person as the journal knows people."""
    return Actor(id=request.user.pk, name=request.user.username, unit=unit.code if unit else "")
