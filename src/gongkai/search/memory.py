"""An engine in memory: slow and exact, the double by which the contract of every other engine is tested."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gongkai.search.port import Document, Page, Query, plain_number
from gongkai.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterable


class MemoryEngine:
    """Documents in a dictionary, found by substring."""

    def __init__(self) -> None:
        self._visible: dict[str, Document] = {}
        self._pending: dict[str, Document | None] = {}

    def add(self, documents: Iterable[Document]) -> None:
        """Put documents in."""
        self._pending.update({document.key: document for document in documents})

    def remove(self, keys: Iterable[str]) -> None:
        """Take documents out."""
        self._pending.update(dict.fromkeys(keys))

    def commit(self) -> None:
        """Make changes visible."""
        for key, document in self._pending.items():
            if document is None:
                self._visible.pop(key, None)
            else:
                self._visible[key] = document
        self._pending.clear()

    def count(self) -> int:
        """Return how many documents are in."""
        return len(self._visible)

    def search(self, query: Query) -> Page:
        """Answer a query."""
        found = [(self._score(document, query), document) for document in self._visible.values()]
        kept = [(score, document) for score, document in found if score and self._passes(document, query)]
        if query.order == "newest":
            kept.sort(key=lambda pair: (-_ordinal(pair[1]), pair[1].key))
        else:
            kept.sort(key=lambda pair: (-pair[0], -_ordinal(pair[1]), pair[1].key))
        window = kept[query.offset : query.offset + query.limit]
        return Page(
            total=len(kept),
            keys=tuple(document.key for _, document in window),
            facets={
                name: dict(Counter(value for _, document in kept if (value := facet_value(document, name))))
                for name in query.facets
            },
        )

    @staticmethod
    def _passes(document: Document, query: Query) -> bool:
        return bool(query.access.intersection(document.access)) and all(
            facet_value(document, name) in values for name, values in query.filters.items()
        )

    @staticmethod
    def _score(document: Document, query: Query) -> int:
        """Return 0 where a part is not found; a part in the title counts more, a whole number most."""
        title, body = fold(document.title).lower(), fold(document.body).lower()
        numbers = [plain_number(number) for number in document.numbers]
        score = 1
        for part in query.parts:
            words = part.lower()
            here = 4 * (words in title) + (words in body) + 20 * (plain_number(part) in numbers)
            if not here:
                return 0
            score += here
        return score


def facet_value(document: Document, name: str) -> str:
    """Return the value a document has for a facet; empty where it has none."""
    if name == "year":
        return str(document.day.year) if document.day else ""
    return str(getattr(document, name))


def _ordinal(document: Document) -> int:
    return document.day.toordinal() if document.day else 0
