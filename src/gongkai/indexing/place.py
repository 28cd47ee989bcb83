"""Where the index lies, and who may open it how.

``HOME/index/current`` names the folder in use, so that a rebuild changes over in one step; readers look at it before
every query. It exists only once an index was built whole: after a restore, or before the worker first ran, a search is
answered with an error and never with nothing found.
"""

from __future__ import annotations

import os
import shutil
import uuid
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from gongkai.indexing.domain import outbox
from gongkai.indexing.sources import all_sources, built
from gongkai.search.embedded import EmbeddedEngine
from gongkai.search.port import SearchUnavailableError

if TYPE_CHECKING:
    from gongkai.search.port import Engine

_BATCH = 1000


def root() -> Path:
    """Return the folder of all indexes."""
    return Path(settings.HOME) / "index"


def is_built() -> bool:
    """Tell whether there is an index to search in."""
    return (root() / "current").exists()


def folder() -> Path:
    """Return the folder of the index in use. ``SearchUnavailableError`` where none was built yet."""
    try:
        return root() / (root() / "current").read_text(encoding="ascii")
    except FileNotFoundError as error:
        raise SearchUnavailableError("检索索引还没有建立：由 gongkai worker 启动后建立。") from error


_reader: tuple[Path, EmbeddedEngine] | None = None


def reader() -> Engine:
    """Return the engine for queries of this process, opened anew after a rebuild."""
    global _reader  # noqa: PLW0603 -- one open index per process
    here = folder()
    if _reader is None or _reader[0] != here:
        _reader = (here, EmbeddedEngine(here))
    return _reader[1]


def rebuild() -> int:
    """Build a whole new index beside the one in use, change over to it, and return how many documents it holds.

    What changes meanwhile stays marked and is indexed into the new one by the next ``drain``, and so is what could not
    be built: it is marked with its error.
    """
    name = uuid.uuid4().hex
    before = folder().name if is_built() else ""
    engine = EmbeddedEngine(root() / name, writable=True)
    broken: dict[str, str] = {}
    keys = (f"{source.prefix}:{number}" for source in all_sources() for number in source.numbers())
    while batch := list(islice(keys, _BATCH)):
        documents, failed = built(batch)
        engine.add(documents)
        broken |= failed
    engine.commit()
    outbox.keep_failed(broken)
    count = engine.count()
    _point_to(name)
    for other in root().iterdir():
        # A query may be under way in the one before.
        if other.is_dir() and other.name not in {name, before}:
            shutil.rmtree(other, ignore_errors=True)
    return count


def _point_to(name: str) -> None:
    temporary = root() / f".current-{os.getpid()}"
    temporary.write_text(name, encoding="ascii")
    temporary.replace(root() / "current")
