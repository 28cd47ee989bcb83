"""An engine in memory: slow and exact, the double by which the contract of every other engine is tested."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from gongkai.search.asking import asks_nothing, is_title, number_keys, parts, start_key, start_keys
from gongkai.search.highlighting import hit_of, needles
from gongkai.search.likeness import is_one_edit
from gongkai.search.meaning import did_you_mean, related
from gongkai.search.port import Completion, Document, Page, Query, facet_value
from gongkai.text.normalise import fold
from gongkai.text.segmentation import cutter
from gongkai.text.sounds import sound, syllable
from gongkai.text.synonyms import alternatives, without_fillers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gongkai.search.asking import Part


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
        asked = parts(query.text)
        if asks_nothing(query.text):
            return Page(0, ())
        allowed = [document for document in self._visible.values() if self._passes(document, query)]
        kept = _scored(allowed, asked, exact=query.exact, fuzzy=False)
        is_fuzzy = False
        if query.fuzzy and not kept:
            kept = _scored(allowed, asked, exact=False, fuzzy=True)
            is_fuzzy = bool(kept)
        if query.order == "newest":
            kept.sort(key=lambda pair: (-_ordinal(pair[1]), pair[1].key))
        else:
            kept.sort(key=lambda pair: (-pair[0], -_ordinal(pair[1]), pair[1].key))
        window = [document for _, document in kept[query.offset : query.offset + query.limit]]
        counts = {
            name: dict(Counter(value for _, document in kept if (value := facet_value(document, name))))
            for name in query.facets
        }
        near: list[Document] = []
        if (
            query.fuzzy
            and not is_fuzzy
            and not query.offset
            and query.order != "newest"
            and 0 < len(kept) < query.limit
            and not (is_title(asked) and any(_is_titled(document, asked) for _, document in kept))
        ):
            held = {document.key for _, document in kept}
            alike = sorted(_scored(allowed, asked, exact=False, fuzzy=True), key=lambda pair: (-pair[0], pair[1].key))
            near = [document for _, document in alike if asked and document.key not in held][: query.limit - len(kept)]
        keys, near_keys = tuple(document.key for document in window), tuple(document.key for document in near)
        if not query.passages:
            return Page(len(kept), keys, counts, is_fuzzy=is_fuzzy, near=near_keys)
        wanted = needles(asked, cutter())
        readable = [document for document in self._visible.values() if query.access.intersection(document.access)]
        is_known = [bool(_scored(readable, (part,), exact=True, fuzzy=False)) for part in asked]
        return Page(
            total=len(kept),
            keys=keys,
            facets=counts,
            hits=tuple(hit_of(document, wanted, query.passages) for document in window),
            is_fuzzy=is_fuzzy,
            near=near_keys,
            near_hits=tuple(hit_of(document, wanted, query.passages) for document in near),
            suggestion=did_you_mean(asked, [document.title for document in window], is_known) if is_fuzzy else "",
            related=related(asked, (document.keywords for document in window)),
        )

    def complete(self, typed: str, access: frozenset[str], limit: int = 8) -> tuple[Completion, ...]:
        """Return titles that hold what was typed, in characters, pinyin or initials."""
        typed = typed.strip().lower().replace(" ", "")
        if len(typed) < (2 if typed.isascii() else 1):
            return ()
        found = [
            document
            for document in self._visible.values()
            if access.intersection(document.access) and _begins(document.title, typed)
        ]
        found.sort(key=lambda document: (document.kind != "unit", -_ordinal(document), document.key))
        return tuple(Completion(document.title, document.key, document.kind) for document in found[:limit])

    @staticmethod
    def _passes(document: Document, query: Query) -> bool:
        return bool(query.access.intersection(document.access)) and all(
            facet_value(document, name) in values for name, values in query.filters.items()
        )


def _scored(
    documents: Iterable[Document], asked: tuple[Part, ...], *, exact: bool, fuzzy: bool
) -> list[tuple[int, Document]]:
    scored = [(_score(document, asked, exact=exact, fuzzy=fuzzy), document) for document in documents]
    return [pair for pair in scored if pair[0]]


def _score(document: Document, asked: tuple[Part, ...], *, exact: bool, fuzzy: bool) -> int:
    """Return 0 where a part is not found; a part in the title counts more, a whole number most."""
    title, body = fold(document.title).lower(), fold("\n".join((document.body, *document.keywords))).lower()
    numbers = {key for number in document.numbers for key in number_keys(number)}
    starts = {key for number in document.numbers for key in start_keys(number)} | numbers
    score = 1
    for part in asked:
        text = part.text.lower()
        here = 4 * (text in title) + (text in body)
        here += 20 * bool(numbers & ({*number_keys(part.text), part.number} - {"", part.series}))
        here += 4 * (not part.number and start_key(part.text) in starts)
        if not here and not exact and not part.is_quoted:
            here = all(any(one in title or one in body for one in stretch) for stretch in alternatives(text))
        if not here and fuzzy and not part.is_quoted:
            here = part.series in numbers if part.number else _resembles(title, without_fillers(text) or text)
        if not here:
            return 0
        score += here
    return score


def _is_titled(document: Document, asked: tuple[Part, ...]) -> bool:
    title = fold(document.title).lower()
    return all(part.text.lower() in title for part in asked)


def _resembles(title: str, text: str) -> bool:
    heard = [sound(char) for char in text]
    windows = [title[at : at + size] for size in range(len(text) - 1, len(text) + 2) for at in range(len(title))]
    return any(is_one_edit(one, text) or [sound(char) for char in one] == heard for one in windows if len(one) > 1)


def _begins(title: str, typed: str) -> bool:
    if not typed.isascii():
        return fold(typed) in fold(title)
    starts = [sum(map(len, before)) for before in _beginnings(cutter().pieces(title))]
    read = [syllable(char) for char in title]
    return any(
        "".join(read[start:]).startswith(typed) or "".join(one[0] for one in read[start:]).startswith(typed)
        for start in starts
    )


def _beginnings(pieces: list[str]) -> list[list[str]]:
    return [[]] + [pieces[: at + 1] for at, _ in enumerate(pairwise(pieces))]


def _ordinal(document: Document) -> int:
    return document.day.toordinal() if document.day else 0
