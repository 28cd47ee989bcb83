"""Opening what an import batch keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.tables.book import BookReader
from gongkai.tables.text import TextReader

if TYPE_CHECKING:
    from gongkai.decisions.models import ImportBatch
    from gongkai.tables.sheet import Reader


def open_batch(batch: ImportBatch) -> Reader:
    """Open the file of ``batch``; raises a ``DecisionsError`` where it cannot be read."""
    if batch.format == "xlsx":
        return BookReader(batch.source_path)
    return TextReader(batch.source_path, batch.encoding)
