"""What every change of a record leaves: an entry in the journal and a mark for the index, in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.indexing.domain import outbox
from gongkai.journal.domain.entry import record as note

if TYPE_CHECKING:
    from gongkai.journal.domain.entry import Actor
    from gongkai.records.models import Record

KIND = "records.record"


def trace(act: str, record: Record, actor: Actor, article: str = "", **detail: object) -> None:
    """Record ``records.act`` on ``record`` and mark it for indexing."""
    key = f"{KIND}:{record.pk}"
    note(act=f"records.{act}", actor=actor, subject=key, article=article, detail=detail)
    outbox.mark([key])
