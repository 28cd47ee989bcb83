"""Where the index lies, and who may open it how.

``HOME/index/current`` names the folder in use, so that a rebuild changes over in one step; readers look at it before
every query.
"""

from __future__ import annotations

import os
import shutil
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from gongkai.indexing.sources import all_sources
from gongkai.search.embedded import EmbeddedEngine

if TYPE_CHECKING:
    from gongkai.search.port import Engine

_BATCH = 1000


def root() -> Path:
    """Return the folder of all indexes."""
    return Path(settings.HOME) / "index"


def folder() -> Path:
    """Return the folder of the index in use; a first one is named where there is none."""
    pointer = root() / "current"
    if not pointer.exists():
        root().mkdir(parents=True, exist_ok=True)
        _point_to("first")
    return root() / pointer.read_text(encoding="ascii")


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

    What changes meanwhile stays marked and is indexed into the new one by the next ``drain``.
    """
    name = uuid.uuid4().hex
    engine = EmbeddedEngine(root() / name, writable=True)
    for source in all_sources():
        batch: list[int] = []
        for number in source.numbers():
            batch.append(number)
            if len(batch) == _BATCH:
                engine.add(source.build(batch))
                batch = []
        engine.add(source.build(batch))
    engine.commit()
    count = engine.count()
    _point_to(name)
    for other in root().iterdir():
        if other.is_dir() and other.name != name:
            shutil.rmtree(other, ignore_errors=True)
    return count


def _point_to(name: str) -> None:
    temporary = root() / f".current-{os.getpid()}"
    temporary.write_text(name, encoding="ascii")
    temporary.replace(root() / "current")
