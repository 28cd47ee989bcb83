"""Whether what an import stored is still what it stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.decisions.datasets.examining import TABLE_OF
from gongkai.decisions.store import Store, digest_of
from gongkai.journal.models import Entry

if TYPE_CHECKING:
    from gongkai.decisions.models import ImportBatch


@dataclass(frozen=True, slots=True)
class Proof:
    """How many lots of a batch were compared with the journal, and the first and last row of those that differ."""

    lots: int
    broken: tuple[tuple[int, int], ...]


def prove(batch: ImportBatch) -> Proof:
    """Compare what ``batch`` stored with the digests that the journal keeps of its lots."""
    table = TABLE_OF[batch.dataset]
    store = Store(table)
    lots, broken = 0, []
    entries = Entry.objects.filter(subject=f"decisions.batch:{batch.pk}", act="decisions.imported")
    for detail in entries.order_by("sequence").values_list("detail", flat=True):
        first, last = detail["rows"]
        rows = table.model.objects.filter(pk__range=detail["ids"], batch=batch).values_list(*table.columns)
        plain = [tuple(value.isoformat() if hasattr(value, "isoformat") else value for value in row) for row in rows]
        lots += 1
        if digest_of(store.sealed(plain)) != detail["sha256"]:
            broken.append((first, last))
    return Proof(lots, tuple(broken))
