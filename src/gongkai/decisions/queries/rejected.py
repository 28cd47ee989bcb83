"""The error file of a batch, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.decisions.models import RejectedRow
from gongkai.tables import returned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.decisions.models import ImportBatch

_AT_ONCE = 1000


def error_file(batch: ImportBatch) -> Iterator[bytes]:
    """Yield the csv of the rejected rows in pieces: the file's columns, the row, what is wrong."""
    rows = RejectedRow.objects.filter(batch=batch).values_list("cells", "place", "problems")
    return returned.error_file(batch.columns, rows.iterator(chunk_size=_AT_ONCE))
