"""Where the indexes lie, and who may open them how.

There are two: ``HOME/index/office`` holds everything, ``HOME/index/public`` what is published and nothing else. The
second is shown in ``HOME/published/index`` (``indexing.showing``), and read there alone: the process of the portal is
shut out of the rest by the file system.

``current`` in each names the folder in use, so that a rebuild changes over in one step; readers look at it before every
query. It exists only once an index was built whole: after a restore, or before the worker first ran, a search is
answered with an error and never with nothing found.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from gongkai.indexing import showing
from gongkai.search.embedded import EmbeddedEngine
from gongkai.search.port import SearchUnavailableError
from gongkai.windows import showcase

if TYPE_CHECKING:
    from gongkai.search.port import Engine

PUBLISHED = "public"
"""The access token of what is published: documents that bear it are in the public index, too."""


@dataclass(frozen=True, slots=True)
class Place:
    """One of the two indexes."""

    name: str

    def root(self) -> Path:
        """Return the folder of this index, the one in use and the one before it."""
        return Path(settings.HOME) / "index" / self.name

    def shown(self) -> Path:
        """Return the folder in which this index is read."""
        return showcase.folder("index") if self.name == PUBLISHED else self.root()

    def show(self, folder: Path) -> None:
        """Let readers see what is committed in ``folder``, where they read elsewhere."""
        if self.shown() != self.root():
            showing.show(folder, self.shown() / folder.name)

    def is_built(self) -> bool:
        """Tell whether there is an index to search in."""
        return all((root / "current").exists() for root in (self.root(), self.shown()))

    def folder(self) -> Path:
        """Return the folder of the index in use. ``SearchUnavailableError`` where none was built yet."""
        return self._current(self.root())

    @staticmethod
    def _current(root: Path) -> Path:
        try:
            return root / (root / "current").read_text(encoding="ascii")
        except FileNotFoundError as error:
            raise SearchUnavailableError("检索索引还没有建立：由 gongkai worker 启动后建立。") from error
        except OSError as error:
            raise SearchUnavailableError(f"检索索引不能读取：{error.strerror}。请核对数据目录的权限。") from error

    def reader(self) -> Engine:
        """Return the engine for queries of this process, opened anew after a rebuild."""
        here = self._current(self.shown())
        known = _readers.get(self.name)
        if known is None or known[0] != here:
            known = _readers[self.name] = (here, EmbeddedEngine(here))
        return known[1]

    def point_to(self, name: str) -> None:
        """Change over to the folder ``name`` and remove all but it and the one before: a query may be under way."""
        before = self.folder().name if self.is_built() else ""
        self.show(self.root() / name)
        for root in {self.root(), self.shown()}:
            showcase.write(root / "current", name.encode("ascii"))
            for other in root.iterdir():
                if other.is_dir() and other.name not in {name, before}:
                    shutil.rmtree(other, ignore_errors=True)


OFFICE, PUBLIC = Place("office"), Place("public")

_readers: dict[str, tuple[Path, EmbeddedEngine]] = {}


def reader() -> Engine:
    """Return the engine in which everything is found; the query must say what the asking person may see."""
    return OFFICE.reader()


def public_reader() -> Engine:
    """Return the engine in which nothing is but what is published. Queries give ``frozenset({PUBLISHED})``."""
    return PUBLIC.reader()
