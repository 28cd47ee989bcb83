"""Opening what an import batch keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.tables.book import BookReader
from gongkai.tables.errors import FileFormatError
from gongkai.tables.text import TextReader

if TYPE_CHECKING:
    from gongkai.decisions.models import ImportBatch
    from gongkai.tables.sheet import Reader


def open_batch(batch: ImportBatch) -> Reader:
    """Open the file of ``batch``; raises a ``TableError`` where it cannot be read."""
    try:
        if batch.format == "xlsx":
            return BookReader(batch.source_path)
        return TextReader(batch.source_path, batch.encoding)
    except FileNotFoundError as error:
        raise FileFormatError(
            "上传的数据文件已不在数据目录中（磁盘损坏，或恢复时没有它）。请重新上传同一文件；此前已入库的行不会重复。"
        ) from error
