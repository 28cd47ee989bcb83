"""The embedded engine: tantivy, with words by rjieba and space-joined bigrams, so that no substring is ever lost.

Words alone lose documents (a cut of four characters is missed by every fourth query); tantivy's own n-gram tokenizer
breaks phrase queries without an error. So bigrams are joined by spaces here and matched as phrases.
One process writes; readers elsewhere see its commits.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import tantivy
from tantivy import Occur
from tantivy import Query as Clause

from gongkai.search.memory import facet_value
from gongkai.search.port import FACETS, Document, Page, Query, SearchUnavailableError, plain_number
from gongkai.text.normalise import fold
from gongkai.text.segmentation import bigrams, search_words, words, words_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LAYOUT = "1"
"""Raised whenever the fields below change; with the word list it decides whether an index must be rebuilt."""

_TITLE_PHRASE, _TITLE_WORDS, _BODY_PHRASE, _BODY_WORDS, _NUMBER = 8.0, 4.0, 2.0, 1.0, 40.0
_HEAP = 128 << 20
_MAX_FACET_VALUES = 1000


def version() -> str:
    """Return what an index must have been built with to be used: the layout of its fields and the word list."""
    return f"{LAYOUT}-{words_version()}"


class EmbeddedEngine:
    """A tantivy index in a folder. Open with ``writable=True`` in the one search worker, without it anywhere else."""

    def __init__(self, folder: Path, *, writable: bool = False) -> None:
        """Open the index; the worker creates it where ``folder`` holds none.

        ``SearchUnavailableError`` where another writes, or there is nothing to read: an index that is gone is no index
        in which nothing is found.
        """
        self._folder = folder
        fresh = not (folder / "meta.json").exists()
        if fresh and not writable:
            raise SearchUnavailableError("检索索引不在数据目录中：由 gongkai worker 重新建立。")
        with _spoken():
            folder.mkdir(parents=True, exist_ok=True)
            self._schema = _schema()
            self._index = tantivy.Index(self._schema, path=str(folder), reuse=not fresh)
            if fresh:
                (folder / "version").write_text(version(), encoding="ascii")
            self._writer = self._index.writer(heap_size=_HEAP, num_threads=1) if writable else None

    @property
    def is_current(self) -> bool:
        """Tell whether the index was built with today's fields and words; if not it must be rebuilt."""
        path = self._folder / "version"
        return path.exists() and path.read_text(encoding="ascii") == version()

    def add(self, documents: Iterable[Document]) -> None:
        """Put documents in, replacing those of the same keys."""
        with _spoken():
            for document in documents:
                self._writing.delete_documents_by_term("key", document.key)
                self._writing.add_document(_stored(document))

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

    def search(self, query: Query) -> Page:
        """Answer a query: one tree for list, count and facets."""
        with _spoken():
            self._index.reload()
            searcher = self._index.searcher()
            tree = self._tree(query)
            found = searcher.search(
                tree,
                limit=query.limit,
                offset=query.offset,
                count=True,
                order_by_field="day" if query.order == "newest" else None,
            )
            keys = tuple(searcher.doc(address)["key"][0] for _, address in found.hits)
            total: int = found.count  # type: ignore[attr-defined]  # tantivy's stub leaves it out
            return Page(total, keys, self._facets(searcher, tree, query.facets))

    @property
    def _writing(self) -> Any:  # noqa: ANN401 -- tantivy ships no types
        if self._writer is None:
            raise SearchUnavailableError("此进程只能查询索引，不能写入：索引只由检索工作进程写入。")
        return self._writer

    def _tree(self, query: Query) -> Clause:
        must = [Clause.term_set_query(self._schema, "access", sorted(query.access))]
        must += [Clause.term_set_query(self._schema, name, list(values)) for name, values in query.filters.items()]
        parts = [self._part(part) for part in query.parts]
        return Clause.boolean_query(
            [(Occur.Must, Clause.const_score_query(tree, 0.0)) for tree in must]
            + [(Occur.Must, tree) for tree in parts]
        )

    def _part(self, part: str) -> Clause:
        """Match one part of the text: as a number, as adjoining characters, or as words in any order."""
        any_of = [
            Clause.boost_query(Clause.term_query(self._schema, "numbers", plain_number(part)), _NUMBER),
        ]
        pairs = bigrams(part).split()
        cut = [word.lower() for word in words(part)]
        for phrase_field, word_field, phrase_boost, word_boost in (
            ("title_grams", "title", _TITLE_PHRASE, _TITLE_WORDS),
            ("body_grams", "body", _BODY_PHRASE, _BODY_WORDS),
        ):
            if pairs:
                any_of.append(Clause.boost_query(self._adjoining(phrase_field, pairs), phrase_boost))
            if cut:
                both = Clause.boolean_query(
                    [(Occur.Must, Clause.term_query(self._schema, word_field, word)) for word in cut]
                )
                any_of.append(Clause.boost_query(both, word_boost))
        return Clause.boolean_query([(Occur.Should, tree) for tree in any_of])

    def _adjoining(self, name: str, pairs: list[str]) -> Clause:
        if len(pairs) == 1:
            return Clause.term_query(self._schema, name, pairs[0])
        return Clause.phrase_query(self._schema, name, [*pairs])

    @staticmethod
    def _facets(searcher: Any, tree: Clause, names: tuple[str, ...]) -> dict[str, dict[str, int]]:  # noqa: ANN401 -- as above
        if not names:
            return {}
        asked = {name: {"terms": {"field": name, "size": _MAX_FACET_VALUES}} for name in names}
        answer = searcher.aggregate(tree, asked)
        data = json.loads(answer) if isinstance(answer, str) else answer
        return {
            name: {bucket["key"]: bucket["doc_count"] for bucket in data[name]["buckets"] if bucket["key"]}
            for name in names
        }


def _schema() -> Any:  # noqa: ANN401 -- tantivy ships no types
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("title", "body"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        builder.add_text_field(f"{name}_grams", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("numbers", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("access", tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("day", fast=True)
    return builder.build()


def _stored(document: Document) -> Any:  # noqa: ANN401 -- tantivy ships no types
    title, body = fold(document.title), fold(document.body)
    made = tantivy.Document()
    made.add_text("key", document.key)
    made.add_text("title", " ".join(search_words(title)))
    made.add_text("title_grams", _grams(title))
    made.add_text("body", " ".join(search_words(body)))
    made.add_text("body_grams", _grams(body))
    for number in document.numbers:
        made.add_text("numbers", plain_number(number))
    for token in document.access:
        made.add_text("access", token)
    for name in FACETS:
        value = facet_value(document, name)
        if value:
            made.add_text(name, value)
    made.add_unsigned("day", document.day.toordinal() if document.day else 0)
    return made


def _grams(text: str) -> str:
    """Return the bigrams, and every single character once more at the end so that one character is found too."""
    return f"{bigrams(text)} {' '.join(sorted({c for c in text if c.strip()}))}".lower()


@contextmanager
def _spoken() -> Iterator[None]:
    """Turn whatever goes wrong in the engine into the one error of the port."""
    try:
        yield
    except SearchUnavailableError:
        raise
    except (OSError, ValueError, RuntimeError) as error:
        raise SearchUnavailableError(f"检索服务暂不可用：{error}") from error
