"""Opening what an import batch keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.decisions.reading.book import BookReader
from gongkai.decisions.reading.text import TextReader

if TYPE_CHECKING:
    from gongkai.decisions.models import ImportBatch
    from gongkai.decisions.reading.sheet import Reader


def open_batch(batch: ImportBatch) -> Reader:
    """Open the file of ``batch``; raises a ``DecisionsError`` where it cannot be read."""
    if batch.format == "xlsx":
        return BookReader(batch.source_path)
    return TextReader(batch.source_path, batch.encoding)
