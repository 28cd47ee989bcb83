"""Pages of a list that grows while it is read: each goes on behind the last entry of the one before.

A page number would show an entry twice, or leave one out, when something is published or withdrawn in between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.core.signing import BadSignature, Signer
from django.db.models import Q

from gongkai.api.errors import CursorError

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest

M = TypeVar("M", bound="Model")
MOST = 100
"""Entries of one page at most."""
PATTERN = r"^[A-Za-z0-9_:\-]{1,300}$"


def paged(rows: QuerySet[M], *, by: str, cursor: str | None, limit: int) -> tuple[list[M], str | None]:
    """Return the entries after ``cursor``, by the column ``by`` and the id, highest first, and the cursor after them.

    One query. Raises ``CursorError``.
    """
    kind = rows.model._meta.label  # noqa: SLF001 -- Django documents it
    if cursor is not None:
        value, last = read(kind, cursor, 2)
        # The first condition is what an index on the column answers.
        rows = rows.filter(Q(**{f"{by}__lt": value}) | Q(**{by: value, "id__lt": last}), **{f"{by}__lte": value})
    found = list(rows.order_by(f"-{by}", "-id")[: limit + 1])
    if len(found) <= limit:
        return found, None
    end = found[limit - 1]
    return found[:limit], written(kind, [str(getattr(end, by)), end.pk])


def written(kind: str, place: list[Any]) -> str:
    """Return the cursor of a place in the list of ``kind``."""
    return _signer(kind).sign_object(place)


def read(kind: str, cursor: str, length: int) -> list[Any]:
    """Return the place that ``written`` made ``cursor`` of. Raises ``CursorError``."""
    try:
        place = _signer(kind).unsign_object(cursor)
    except (BadSignature, ValueError) as error:
        raise CursorError from error
    if not isinstance(place, list) or len(place) != length:
        raise CursorError
    return place


def next_address(request: HttpRequest, cursor: str | None) -> str | None:
    """Return the address of the next page: this one's with another cursor."""
    if cursor is None:
        return None
    parameters = request.GET.copy()
    parameters["cursor"] = cursor
    return f"{request.path}?{parameters.urlencode()}"


def _signer(kind: str) -> Signer:
    return Signer(salt=f"gongkai.api.{kind}")
