"""The embedded engine: tantivy, with words by rjieba and space-joined bigrams, so that no substring is ever lost.

Words alone lose documents (a cut of four characters is missed by every fourth query); tantivy's own n-gram tokenizer
breaks phrase queries without an error. So bigrams are joined by spaces here and matched as phrases.
One process writes; readers elsewhere see its commits.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import tantivy

from gongkai.search import fields
from gongkai.search.asking import asks_nothing, is_title, parts
from gongkai.search.clauses import Trees
from gongkai.search.highlighting import hit_of, needles
from gongkai.search.meaning import did_you_mean, related
from gongkai.search.port import Completion, Document, Hit, Page, Query, SearchUnavailableError
from gongkai.text.segmentation import cutter, words_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from gongkai.search.asking import Part

_HEAP = 128 << 20
_MAX_FACET_VALUES = 1000
_TITLES_LOOKED_AT = 10
_TOTAL = "*"


def version(learnt: tuple[str, ...] = ()) -> str:
    """Return what an index must have been built with to be used: the layout of its fields and the word lists."""
    return f"{fields.LAYOUT}-{words_version(learnt)}"


class _Found(NamedTuple):
    total: int
    addresses: list[Any]
    facets: dict[str, dict[str, int]]
    titled: int = 0
    """Titles that hold every part, where they are what comes first."""


class EmbeddedEngine:
    """A tantivy index in a folder. Open with ``writable=True`` in the one search worker, without it anywhere else."""

    def __init__(self, folder: Path, *, writable: bool = False, learnt: tuple[str, ...] = ()) -> None:
        """Open the index; the worker creates it where ``folder`` holds none, with the words ``learnt``.

        An index is asked with the words it was built with: they lie beside it. ``SearchUnavailableError`` where another
        writes, or there is nothing to read: an index that is gone is no index in which nothing is found.
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
        self._trees = Trees(self._schema, self._cutter, _often_in(self._index))

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
            self._index.reload()

    def count(self) -> int:
        """Return how many documents are in."""
        with _spoken():
            self._index.reload()
            return int(self._index.searcher().num_docs)

    def close(self) -> None:
        """Give up writing, so that another may: what was not committed is lost."""
        self._writer = None

    def search(self, query: Query) -> Page:
        """Answer a query: one tree for list, count and facets."""
        if asks_nothing(query.text):
            return Page(0, ())
        with _spoken():
            self._index.reload()
            searcher = self._index.searcher()
            is_fuzzy = False
            found = self._found(searcher, query, loose=False)
            if query.fuzzy and not found.total:
                found = self._found(searcher, query, loose=True)
                is_fuzzy = found.total > 0
            keys, documents = self._stored(searcher, found.addresses)
            near_keys, near = self._stored(searcher, self._near(searcher, query, found) if not is_fuzzy else [])
            if not query.passages:
                return Page(found.total, keys, found.facets, is_fuzzy=is_fuzzy, near=near_keys)
            asked = parts(query.text)
            return Page(
                total=found.total,
                keys=keys,
                facets=found.facets,
                hits=self._hits(query, asked, documents),
                is_fuzzy=is_fuzzy,
                near=near_keys,
                near_hits=self._hits(query, asked, near),
                suggestion=self._suggestion(searcher, query, asked, documents) if is_fuzzy else "",
                related=related(asked, (document.keywords for document in documents)),
            )

    @staticmethod
    def _stored(searcher: Any, addresses: Sequence[Any]) -> tuple[tuple[str, ...], list[Document]]:  # noqa: ANN401 -- as above
        stored = [searcher.doc(address) for address in addresses]
        keys = tuple(one["key"][0] for one in stored)
        return keys, [fields.read_shown(key, one["shown"][0]) for key, one in zip(keys, stored, strict=True)]

    def _near(self, searcher: Any, query: Query, found: _Found) -> list[Any]:  # noqa: ANN401 -- as above
        """Return what fills the first window where too little was found."""
        if not query.fuzzy or query.offset or not 0 < found.total < query.limit or query.order == "newest":
            return []
        if found.titled and is_title(parts(query.text)):
            return []
        tree = self._trees.near(query)
        if tree is None:
            return []
        return [address for _, address in searcher.search(tree, limit=query.limit - found.total, count=False).hits]

    def complete(self, typed: str, access: frozenset[str], limit: int = 8) -> tuple[Completion, ...]:
        """Return titles in which a word begins as ``typed``, units first, then the newest."""
        with _spoken():
            tree = self._trees.beginning(typed.strip()[:40], access)
            if tree is None:
                return ()
            self._index.reload()
            searcher = self._index.searcher()
            found = searcher.search(tree, limit=4 * limit, count=False, order_by_field="day")
            _, documents = self._stored(searcher, [address for _, address in found.hits])
        # Of documents with one title the newest; dictionaries keep their order, and sorting keeps it, too.
        distinct: dict[str, Document] = {}
        for document in documents:
            distinct.setdefault(document.title, document)
        ordered = sorted(distinct.values(), key=lambda document: document.kind != "unit")
        return tuple(Completion(document.title, document.key, document.kind) for document in ordered[:limit])

    @property
    def _writing(self) -> Any:  # noqa: ANN401 -- tantivy ships no types
        if self._writer is None:
            raise SearchUnavailableError("此进程只能查询索引，不能写入：索引只由检索工作进程写入。")
        return self._writer

    def _hits(self, query: Query, asked: Sequence[Part], documents: Sequence[Document]) -> tuple[Hit, ...]:
        wanted = needles(asked, self._cutter)
        return tuple(hit_of(document, wanted, query.passages) for document in documents)

    def _suggestion(
        self,
        searcher: Any,  # noqa: ANN401 -- tantivy ships no types
        query: Query,
        asked: Sequence[Part],
        documents: Sequence[Document],
    ) -> str:
        is_known = [
            bool(searcher.search(self._trees.one(part, query.access), limit=1, count=False).hits) for part in asked
        ]
        return did_you_mean(asked, [document.title for document in documents[:_TITLES_LOOKED_AT]], is_known)

    def _found(self, searcher: Any, query: Query, *, loose: bool) -> _Found:  # noqa: ANN401 -- as above
        """Return the window, the number and the facets of what a query finds.

        What is counted is not ordered and what is ordered is not counted: both are the same set.
        """
        total, facets = self._counted(searcher, query, loose=loose)
        if total <= query.offset:
            return _Found(total, [], facets)
        if query.order == "newest" or not parts(query.text):
            top = searcher.search(
                self._trees.found(query, loose=loose),
                limit=query.limit,
                offset=query.offset,
                count=False,
                order_by_field="day",
            )
        elif loose:
            tree = self._trees.found(query, loose=True)
            top = searcher.search(tree, limit=query.limit, offset=query.offset, count=False)
        else:
            addresses, titled = self._ranked(searcher, query, total)
            return _Found(total, addresses, facets, titled)
        return _Found(total, [address for _, address in top.hits], facets)

    def _ranked(self, searcher: Any, query: Query, total: int) -> tuple[list[Any], int]:  # noqa: ANN401 -- as above
        """Return the window of what holds the parts in its title and of the others after it, and how many titles do.

        ``total`` is how many there are of both.
        """
        first = searcher.search(self._trees.first(query), limit=query.limit, offset=query.offset, count=True)
        found = [address for _, address in first.hits]
        if len(found) < query.limit and first.count < total:
            before = max(0, query.offset - first.count)
            others = searcher.search(
                self._trees.others(query), limit=query.limit - len(found), offset=before, count=False
            )
            found += [address for _, address in others.hits]
        return found, int(first.count)

    def _counted(self, searcher: Any, query: Query, *, loose: bool) -> tuple[int, dict[str, dict[str, int]]]:  # noqa: ANN401 -- as above
        if not query.facets:
            counted = searcher.search(self._trees.found(query, loose=loose), limit=1, count=True)
            return int(counted.count), {}
        asked = {name: {"terms": {"field": name, "size": _MAX_FACET_VALUES}} for name in query.facets}
        answer = searcher.aggregate(
            self._trees.found(query, loose=loose), asked | {_TOTAL: {"value_count": {"field": "day"}}}
        )
        data = json.loads(answer) if isinstance(answer, str) else answer
        facets = {
            name: {bucket["key"]: bucket["doc_count"] for bucket in data[name]["buckets"] if bucket["key"]}
            for name in query.facets
        }
        return int(data[_TOTAL]["value"]), facets


def _often_in(index: Any) -> Callable[[str, str], int]:  # noqa: ANN401 -- tantivy ships no types
    # Of the index alone: an engine that held itself would keep its lock after everybody had forgotten it.
    return lambda name, term: int(index.searcher().doc_freq(name, term))


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
