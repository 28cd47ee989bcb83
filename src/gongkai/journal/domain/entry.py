"""Recording an act."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from gongkai.journal.models import Entry, Head

if TYPE_CHECKING:
    from collections.abc import Mapping

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The request being served, set by the middleware; empty in the worker and on the command line."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: account number (``None`` for the system itself), name, and the code of the unit acted for."""

    id: int | None
    name: str
    unit: str = ""


SYSTEM = Actor(id=None, name="system")


class OutsideTransactionError(RuntimeError):
    """An act was to be recorded outside the transaction that does it."""

    def __init__(self) -> None:
        super().__init__("记录操作日志必须与操作在同一事务中：请用 transaction.atomic() 包住整个操作。")


def record(
    *, act: str, actor: Actor, subject: str, article: str = "", detail: Mapping[str, object] | None = None
) -> Entry:
    """Append one entry to the journal and return it.

    ``act`` is ``room.verb``, ``subject`` ``room.model:key``; ``detail`` must be plain JSON. The caller's transaction
    must be open: the act and its entry stand or fall together. Bulk work records one entry per batch.
    """
    if not connection.in_atomic_block:
        raise OutsideTransactionError
    head, _ = Head.objects.select_for_update().get_or_create(pk=1)
    entry = Entry(
        sequence=head.sequence + 1,
        entered_at=timezone.now(),
        act=act,
        actor_id=actor.id,
        actor=actor.name,
        unit=actor.unit,
        subject=subject,
        article=article,
        detail=dict(detail or {}),
        request=request_id.get(),
        previous=head.digest,
    )
    entry.digest = entry.computed_digest()
    entry.save()
    head.sequence, head.digest = entry.sequence, entry.digest
    head.save(update_fields=["sequence", "digest"])
    return entry
