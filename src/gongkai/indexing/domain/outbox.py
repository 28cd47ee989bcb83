"""Marking what must be indexed, and indexing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import F

from gongkai.indexing.models import Dirty
from gongkai.indexing.sources import built

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gongkai.search.port import Engine

BATCH = 500
MAX_FAILURES = 5
"""After so many failures a key waits for the operator; it is listed, never dropped."""
_ERROR_LENGTH = 300


class OutsideTransactionError(RuntimeError):
    """Something was to be marked outside the transaction that changes it."""

    def __init__(self) -> None:
        super().__init__("登记待建索引必须与数据变动在同一事务中。")


def mark(keys: Iterable[str]) -> None:
    """Mark ``keys`` (``room.model:number``) for indexing, in the transaction that changes what they stand for."""
    if not connection.in_atomic_block:
        raise OutsideTransactionError
    wanted = sorted(set(keys))
    for start in range(0, len(wanted), BATCH):
        some = wanted[start : start + BATCH]
        # What is there already is locked by this, so that nobody unmarks it before it has one mark more.
        Dirty.objects.bulk_create(
            [Dirty(key=key, mark=0) for key in some],
            update_conflicts=True,
            update_fields=["failures", "error"],
            unique_fields=["key"],
        )
        Dirty.objects.filter(key__in=some).update(mark=F("mark") + 1)


def mark_again(keys: Iterable[str]) -> None:
    """Mark ``keys`` in a transaction of its own: nothing changed but the index."""
    with transaction.atomic():
        mark(keys)


def keep_failed(failed: Mapping[str, str]) -> None:
    """Keep keys whose documents could not be built, each with its error: to be tried again, and for the operator."""
    with transaction.atomic():
        for key, error in failed.items():
            Dirty.objects.update_or_create(key=key, defaults={"failures": 1, "error": error[:_ERROR_LENGTH]})


def drain(engine: Engine, limit: int = BATCH, *, done: set[str] | None = None) -> int:
    """Index up to ``limit`` marked keys and return how many were done; their keys are added to ``done``.

    A key that was marked again meanwhile stays. If the engine cannot work nothing is unmarked and its error is raised;
    if one document cannot be built the others go on and the key keeps the error.
    """
    waiting = list(Dirty.objects.filter(failures__lt=MAX_FAILURES).order_by("failures", "pk")[:limit])
    if not waiting:
        return 0
    documents, failed = built([row.key for row in waiting])
    ready = [row for row in waiting if row.key not in failed]
    found = {document.key for document in documents}
    engine.add(documents)
    # What cannot be built is found no more either: it may be what was just withdrawn.
    engine.remove([row.key for row in waiting if row.key not in found])
    engine.commit()
    with transaction.atomic():
        for row in ready:
            Dirty.objects.filter(pk=row.pk, mark=row.mark).delete()
        for row in waiting:
            if row.key in failed:
                error = failed[row.key][:_ERROR_LENGTH]
                Dirty.objects.filter(pk=row.pk).update(failures=F("failures") + 1, error=error)
    if done is not None:
        done.update(row.key for row in ready)
    return len(ready)
