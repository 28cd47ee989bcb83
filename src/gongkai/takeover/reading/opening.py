"""Which reader a source needs: a folder is a mirror, ``.xml`` an export of WordPress, a table a list of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.takeover.errors import SourceError
from gongkai.takeover.reading.folder import Folder
from gongkai.takeover.reading.mirror import Mirror
from gongkai.takeover.reading.table import PageTable
from gongkai.takeover.reading.wordpress import Export

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from gongkai.takeover.reading.page import Site

_TABLES = frozenset({".csv", ".txt", ".tsv", ".xlsx"})


def open_site(source: Path, host: str, files: Path | None, today: date) -> Site:
    """Return the site in ``source`` that stood at ``host``; ``files`` is the folder of its files, where it has one.

    The files of a table lie beside it where nothing else is said. Raises ``SourceError``.
    """
    if source.is_dir():
        return Mirror(Folder(source), host)
    if not source.is_file():
        raise SourceError(f"没有 {source}。请核对路径。")
    if source.suffix.lower() == ".xml":
        return Export(source, host, Folder(files) if files is not None else None)
    if source.suffix.lower() in _TABLES:
        return PageTable(source, host, Folder(files or source.parent), today)
    raise SourceError(
        f"{source.name} 不是可以接收的来源。"
        "可以是：网站静态页面的文件夹、WordPress 导出的 .xml、列有网页的 .csv 或 .xlsx。"
    )
