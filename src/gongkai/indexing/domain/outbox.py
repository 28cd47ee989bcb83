"""Marking what must be indexed, and indexing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import F

from gongkai.indexing.models import Dirty
from gongkai.indexing.sources import source_of
from gongkai.search.port import SearchUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gongkai.search.port import Document, Engine

BATCH = 500
MAX_FAILURES = 5
"""After so many failures a key waits for the operator; it is listed, never dropped."""


class OutsideTransactionError(RuntimeError):
    """Something was to be marked outside the transaction that changes it."""

    def __init__(self) -> None:
        super().__init__("登记待建索引必须与数据变动在同一事务中。")


def mark(keys: Iterable[str]) -> None:
    """Mark ``keys`` (``room.model:number``) for indexing, in the transaction that changes what they stand for."""
    if not connection.in_atomic_block:
        raise OutsideTransactionError
    for key in sorted(set(keys)):
        _, created = Dirty.objects.get_or_create(key=key)
        if not created:
            Dirty.objects.filter(key=key).update(mark=F("mark") + 1, failures=0, error="")


def drain(engine: Engine, limit: int = BATCH) -> int:
    """Index up to ``limit`` marked keys and return how many were done.

    A key that was marked again meanwhile stays. If the engine cannot work nothing is unmarked and its error is raised;
    if one document cannot be built the others go on and the key keeps the error.
    """
    waiting = list(Dirty.objects.filter(failures__lt=MAX_FAILURES).order_by("failures", "pk")[:limit])
    if not waiting:
        return 0
    documents, failed = _built(waiting)
    done = [row for row in waiting if row.key not in failed]
    found = {document.key for document in documents}
    engine.add(documents)
    engine.remove([row.key for row in done if row.key not in found])
    engine.commit()
    with transaction.atomic():
        for row in done:
            Dirty.objects.filter(pk=row.pk, mark=row.mark).delete()
        for row in waiting:
            if row.key in failed:
                Dirty.objects.filter(pk=row.pk).update(failures=F("failures") + 1, error=failed[row.key][:300])
    return len(done)


def _built(rows: Sequence[Dirty]) -> tuple[list[Document], dict[str, str]]:
    documents: list[Document] = []
    failed: dict[str, str] = {}
    by_source: dict[str, list[Dirty]] = {}
    for row in rows:
        by_source.setdefault(row.key.rpartition(":")[0], []).append(row)
    for group in by_source.values():
        try:
            documents += _documents(group)
        except SearchUnavailableError:
            raise
        except Exception:  # noqa: BLE001 -- one broken document must not hold back the others: each is tried alone
            for row in group:
                try:
                    documents += _documents([row])
                except Exception as error:  # noqa: BLE001 -- kept with the key for the operator
                    failed[row.key] = f"{type(error).__name__}: {error}"
    return documents, failed


def _documents(rows: Sequence[Dirty]) -> list[Document]:
    return list(source_of(rows[0].key).build([int(row.key.rpartition(":")[2]) for row in rows]))
