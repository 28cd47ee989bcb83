"""The embedded index as it was at one commit: what is asked of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from gongkai.search import fields
from gongkai.search.asking import asks_nothing, is_title, parts
from gongkai.search.clauses import Trees
from gongkai.search.highlighting import hit_of, needles
from gongkai.search.meaning import did_you_mean, related
from gongkai.search.port import Completion, Document, Hit, Page, Query

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.search.asking import Part
    from gongkai.text.segmentation import Cutter

_MAX_FACET_VALUES = 1000
_TITLES_LOOKED_AT = 10
_TOTAL = "*"


class _Found(NamedTuple):
    total: int
    addresses: list[Any]
    facets: dict[str, dict[str, int]]
    titled: bool = False
    """Whether any title holds every part, where such titles come first."""


class Reading:
    """What ``searcher`` sees: it never changes, so an answer stays right for as long as this is asked."""

    def __init__(self, searcher: Any, schema: Any, cutter: Cutter) -> None:  # noqa: ANN401 -- tantivy ships no types
        self._searcher = searcher
        self._cutter = cutter
        self._trees = Trees(schema, cutter, searcher)

    def search(self, query: Query) -> Page:
        """Answer a query: one tree for list, count and facets."""
        if asks_nothing(query.text):
            return Page(0, ())
        is_fuzzy = False
        found = self._found(query, loose=False)
        if query.fuzzy and not found.total:
            found = self._found(query, loose=True)
            is_fuzzy = found.total > 0
        keys, documents = self._stored(found.addresses)
        near_keys, near = self._stored(self._near(query, found) if not is_fuzzy else [])
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
            suggestion=self._suggestion(query, asked, documents) if is_fuzzy else "",
            related=related(asked, (document.keywords for document in documents)),
        )

    def complete(self, typed: str, access: frozenset[str], limit: int) -> tuple[Completion, ...]:
        """Return titles in which a word begins as ``typed``, units first, then the newest."""
        tree = self._trees.beginning(typed.strip()[:40], access)
        if tree is None:
            return ()
        _, units = self._stored(self._top(self._trees.of_units(tree), limit))
        _, newest = self._stored(self._top(tree, 4 * limit, order_by_field="day"))
        # Of documents with one title the newest: dictionaries keep their order.
        distinct: dict[str, Document] = {}
        for document in (*units, *newest):
            distinct.setdefault(document.title, document)
        ordered = [*distinct.values()][:limit]
        return tuple(Completion(document.title, document.key, document.kind) for document in ordered)

    def _top(self, tree: Any, limit: int, **how: Any) -> list[Any]:  # noqa: ANN401 -- as above
        return [address for _, address in self._searcher.search(tree, limit=limit, count=False, **how).hits]

    def _count(self, tree: Any) -> int:  # noqa: ANN401 -- as above
        return int(self._searcher.search(tree, limit=1, count=True).count)

    def _stored(self, addresses: Sequence[Any]) -> tuple[tuple[str, ...], list[Document]]:
        stored = [self._searcher.doc(address) for address in addresses]
        keys = tuple(one["key"][0] for one in stored)
        return keys, [fields.read_shown(key, one["shown"][0]) for key, one in zip(keys, stored, strict=True)]

    def _hits(self, query: Query, asked: Sequence[Part], documents: Sequence[Document]) -> tuple[Hit, ...]:
        wanted = needles(asked, self._cutter)
        return tuple(hit_of(document, wanted, query.passages) for document in documents)

    def _suggestion(self, query: Query, asked: Sequence[Part], documents: Sequence[Document]) -> str:
        is_known = [bool(self._top(self._trees.one(part, query.access), 1)) for part in asked]
        return did_you_mean(asked, [document.title for document in documents[:_TITLES_LOOKED_AT]], is_known)

    def _near(self, query: Query, found: _Found) -> list[Any]:
        """Return what fills the first window where too little was found."""
        if not query.fuzzy or query.offset or not 0 < found.total < query.limit or query.order == "newest":
            return []
        if found.titled and is_title(parts(query.text)):
            return []
        tree = self._trees.near(query)
        return [] if tree is None else self._top(tree, query.limit - found.total)

    def _found(self, query: Query, *, loose: bool) -> _Found:
        """Return the window, the number and the facets of what a query finds.

        What is counted is not ordered and what is ordered is not counted: both are the same set.
        """
        tree = self._trees.found(query, loose=loose)
        total, facets = self._counted(tree, query.facets)
        if total <= query.offset:
            return _Found(total, [], facets)
        if query.order == "newest" or not parts(query.text):
            return _Found(total, self._top(tree, query.limit, offset=query.offset, order_by_field="day"), facets)
        if loose:
            return _Found(total, self._top(tree, query.limit, offset=query.offset), facets)
        addresses, titled = self._ranked(query, total)
        return _Found(total, addresses, facets, titled)

    def _ranked(self, query: Query, total: int) -> tuple[list[Any], bool]:
        """Return the window of what holds the parts in its title and of the others after it, and whether titles do.

        ``total`` is how many there are of both. Titles are counted only where the window reaches beyond them.
        """
        first = self._trees.first(query)
        found = self._top(first, query.limit, offset=query.offset)
        if len(found) == query.limit:
            return found, True
        titled = query.offset + len(found) if found or not query.offset else self._count(first)
        if titled < total:
            before = max(0, query.offset - titled)
            found += self._top(self._trees.others(query), query.limit - len(found), offset=before)
        return found, titled > 0

    def _counted(self, tree: Any, names: Sequence[str]) -> tuple[int, dict[str, dict[str, int]]]:  # noqa: ANN401 -- as above
        if not names:
            return self._count(tree), {}
        asked = {name: {"terms": {"field": name, "size": _MAX_FACET_VALUES}} for name in names}
        answer = self._searcher.aggregate(tree, asked | {_TOTAL: {"value_count": {"field": "day"}}})
        data = json.loads(answer) if isinstance(answer, str) else answer
        facets = {
            name: {bucket["key"]: bucket["doc_count"] for bucket in data[name]["buckets"] if bucket["key"]}
            for name in names
        }
        return int(data[_TOTAL]["value"]), facets
