"""The embedded engine: tantivy, with words by rjieba and space-joined bigrams, so that no substring is ever lost.

Words alone lose documents (a cut of four characters is missed by every fourth query); tantivy's own n-gram tokenizer
breaks phrase queries without an error. So bigrams are joined by spaces here and matched as phrases.
One process writes; readers elsewhere see its commits.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import tantivy

from gongkai.search import fields
from gongkai.search.committed import LIST
from gongkai.search.port import SearchUnavailableError
from gongkai.search.reading import Reading
from gongkai.text.segmentation import cutter, words_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from gongkai.search.port import Completion, Document, Page, Query

_HEAP = 128 << 20
REMEMBERED = 500
"""Answers that are kept until the next commit: words that stand in nearly every document are typed again and again."""


def version(learnt: tuple[str, ...] = ()) -> str:
    """Return what an index must have been built with to be used: the layout of its fields and the word lists."""
    return f"{fields.LAYOUT}-{words_version(learnt)}"


class _Known(NamedTuple):
    stamp: tuple[int, int, int]
    reading: Reading
    search: Callable[[Query], Page]


class EmbeddedEngine:
    """A tantivy index in a folder. Open with ``writable=True`` in the one search worker, without it anywhere else."""

    def __init__(
        self, folder: Path, *, writable: bool = False, learnt: tuple[str, ...] = (), remembered: int = REMEMBERED
    ) -> None:
        """Open the index; the worker creates it where ``folder`` holds none, with the words ``learnt``.

        An index is asked with the words it was built with: they lie beside it. ``SearchUnavailableError`` where another
        writes, or there is nothing to read: an index that is gone is no index in which nothing is found. ``remembered``
        is how many answers are kept until the next commit.
        """
        self._folder = folder
        fresh = not (folder / "meta.json").exists()
        if fresh and not writable:
            raise SearchUnavailableError("检索索引不在数据目录中：由 gongkai worker 重新建立。")
        with _spoken():
            folder.mkdir(parents=True, exist_ok=True)
            self._schema = fields.schema()
            if fresh:
                (folder / "words").write_text("\n".join(learnt), encoding="utf-8")
                (folder / "version").write_text(version(learnt), encoding="ascii")
            self.learnt = _learnt(folder)
            self._index = tantivy.Index(self._schema, path=str(folder), reuse=not fresh)
            self._writer = self._index.writer(heap_size=_HEAP, num_threads=1) if writable else None
        self._cutter = cutter(self.learnt)
        self._remembered = remembered
        self._known: _Known | None = None

    @property
    def is_current(self) -> bool:
        """Tell whether the index was built with today's fields and words; if not it must be rebuilt."""
        return is_current(self._folder)

    def add(self, documents: Iterable[Document]) -> None:
        """Put documents in, replacing those of the same keys."""
        for document in documents:
            self.put(document.key, self.prepared(document))

    def prepared(self, document: Document) -> Any:  # noqa: ANN401 -- tantivy ships no types
        """Return ``document`` cut into words: for ``put``, here or in another index of the same words."""
        with _spoken():
            return fields.made(document, self._cutter)

    def put(self, key: str, prepared: Any, *, is_new: bool = False) -> None:  # noqa: ANN401 -- as above
        """Put in what ``prepared`` made, replacing what has the same key unless there is none (``is_new``)."""
        with _spoken():
            if not is_new:
                self._writing.delete_documents_by_term("key", key)
            self._writing.add_document(prepared)

    def remove(self, keys: Iterable[str]) -> None:
        """Take documents out."""
        with _spoken():
            for key in keys:
                self._writing.delete_documents_by_term("key", key)

    def commit(self) -> None:
        """Make changes visible to this and every other process."""
        with _spoken():
            self._writing.commit()
            self._known = None

    def count(self) -> int:
        """Return how many documents are in."""
        with _spoken():
            self._index.reload()
            return int(self._index.searcher().num_docs)

    def close(self) -> None:
        """Give up writing, so that another may: what was not committed is lost."""
        self._writer = None

    def search(self, query: Query) -> Page:
        """Answer a query; what was asked lately of the same commit is not looked for again."""
        with _spoken():
            return self._now().search(query)

    def complete(self, typed: str, access: frozenset[str], limit: int = 8) -> tuple[Completion, ...]:
        """Return titles in which a word begins as ``typed``, units first, then the newest."""
        with _spoken():
            return self._now().reading.complete(typed, access, limit)

    def _now(self) -> _Known:
        """Return the index as of the last commit, whoever made it."""
        stat = (self._folder / LIST).stat()
        stamp = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
        known = self._known
        if known is None or known.stamp != stamp:
            self._index.reload()
            reading = Reading(self._index.searcher(), self._schema, self._cutter)
            known = self._known = _Known(stamp, reading, lru_cache(self._remembered)(reading.search))
        return known

    @property
    def _writing(self) -> Any:  # noqa: ANN401 -- tantivy ships no types
        if self._writer is None:
            raise SearchUnavailableError("此进程只能查询索引，不能写入：索引只由检索工作进程写入。")
        return self._writer


def is_current(folder: Path) -> bool:
    """Tell whether the index in ``folder`` was built with today's fields and words, without opening it."""
    stamp = folder / "version"
    return stamp.is_file() and stamp.read_text(encoding="ascii") == version(_learnt(folder))


def _learnt(folder: Path) -> tuple[str, ...]:
    path = folder / "words"
    return tuple(path.read_text(encoding="utf-8").splitlines()) if path.is_file() else ()


@contextmanager
def _spoken() -> Iterator[None]:
    """Turn whatever goes wrong in the engine into the one error of the port."""
    try:
        yield
    except SearchUnavailableError:
        raise
    except (OSError, ValueError, RuntimeError) as error:
        raise SearchUnavailableError(f"检索服务暂不可用：{error}") from error
