"""Which record a page is about, and what its person may write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from gongkai.accounts.models import Role
from gongkai.records.errors import NotAuthorisedError
from gongkai.records.queries.register import readable

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.records.models import Record


def record_of(request: HttpRequest, number: int) -> Record:
    """Return the record, or answer 404 where the person may not read it: it is not even said to exist."""
    records = readable(request.scope).select_related("unit", "author", "interprets", "superseded_by")
    return get_object_or_404(records, pk=number)


def writable(request: HttpRequest) -> frozenset[int]:
    """Return the units that exist today for which the person may draft."""
    return request.scope.of(Role.HANDLER) & {node.id for node in request.tree}


def demand(is_allowed: bool, what: str) -> None:
    """Raise ``NotAuthorisedError`` where the rule does not hold."""
    if not is_allowed:
        raise NotAuthorisedError(f"您没有相应角色，不能{what}。请由该机构的经办人员办理。")
