"""What a search engine takes and gives, whichever one it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

FACETS = ("kind", "unit", "year", "validity", "subject")
"""Fields that can be filtered by and counted."""

MAX_WINDOW = 10_000
"""How deep a result list can be paged; beyond it one narrows the query."""


class Segment(NamedTuple):
    """A stretch of text; ``is_hit`` where it is what was looked for."""

    text: str
    is_hit: bool = False


class SearchUnavailableError(RuntimeError):
    """The engine could not answer. Never to be shown as an empty result."""

    code = "search-unavailable"


@dataclass(frozen=True, slots=True)
class Document:
    """Something that can be found. ``key`` is ``room.model:number``; a later document of the same key replaces it.

    ``access`` are the tokens of which a query must hold one (``public``, ``unit:12``). ``numbers`` are 文号, 索引号 and
    the like, found in any bracket and spacing. ``keywords`` are found like the body, and shown as related queries.
    """

    key: str
    kind: str
    title: str
    body: str = ""
    numbers: tuple[str, ...] = ()
    unit: str = ""
    day: date | None = None
    validity: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    access: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked. ``text`` parts between blanks must all be found, ``"…"`` as it stands; empty text finds all.

    ``filters`` narrows a field of ``FACETS`` to any of the given values. ``order`` is ``relevance`` or ``newest``.
    ``fuzzy`` looks for what is like the text where nothing holds it as it was typed, or too little to fill the first
    window; ``exact`` means no synonym either.
    ``passages`` is how many lines of each hit are wanted with what was found marked; 0 gives keys alone.
    """

    text: str = ""
    access: frozenset[str] = frozenset()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = "relevance"
    offset: int = 0
    limit: int = 10
    facets: tuple[str, ...] = ()
    fuzzy: bool = False
    exact: bool = False
    passages: int = 0

    def __post_init__(self) -> None:
        unknown = {*self.filters, *self.facets} - {*FACETS}
        if unknown:
            raise ValueError(f"not facets: {sorted(unknown)}")
        if self.order not in {"relevance", "newest"}:
            raise ValueError(f"unknown order: {self.order}")
        if self.offset < 0 or self.limit < 1 or self.offset + self.limit > MAX_WINDOW:
            raise ValueError(f"the window must lie within {MAX_WINDOW} results")

    def __hash__(self) -> int:
        """Let answers be kept by what was asked."""
        filters = tuple(sorted((name, tuple(values)) for name, values in self.filters.items()))
        return hash((self.text, self.access, filters, self.order, self.offset, self.limit))


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found, as a list shows it: plain text in segments, to be escaped by whoever shows it."""

    key: str
    kind: str
    title: tuple[Segment, ...]
    passages: tuple[tuple[Segment, ...], ...]
    number: str = ""
    unit: str = ""
    day: date | None = None
    validity: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What was found: how many in all, the keys of the window best first, and the counts of each facet's values.

    ``hits`` are the same window with its words, where ``Query.passages`` asked for them. ``is_fuzzy``: nothing holds
    the text as typed, this is what is like it. ``near`` are documents like it where fewer than the first window hold
    it, unless a whole title was typed and found: they are not counted and come after the others, under a heading of
    their own. ``suggestion`` is what was probably meant, ``related`` what else could be asked; both only where
    ``passages`` asked for hits.
    """

    total: int
    keys: tuple[str, ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    hits: tuple[Hit, ...] = ()
    is_fuzzy: bool = False
    near: tuple[str, ...] = ()
    near_hits: tuple[Hit, ...] = ()
    suggestion: str = ""
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """Something the typed beginning may become: the title of a document, with its key."""

    text: str
    key: str
    kind: str


class Engine(Protocol):
    """A search engine. Every method raises ``SearchUnavailableError`` where the engine cannot do its work."""

    def add(self, documents: Iterable[Document]) -> None:
        """Put documents in, replacing those of the same keys; found after the next ``commit``."""

    def remove(self, keys: Iterable[str]) -> None:
        """Take documents out; gone after the next ``commit``."""

    def commit(self) -> None:
        """Make what was put in and taken out visible to everybody."""

    def search(self, query: Query) -> Page:
        """Answer a query. Counts, facets and list come from the same filtered set."""

    def complete(self, typed: str, access: frozenset[str], limit: int = 8) -> tuple[Completion, ...]:
        """Return titles in which a word begins as ``typed``: in characters, in pinyin or by its initials."""

    def count(self) -> int:
        """Return how many documents are in."""


def facet_value(document: Document, name: str) -> str:
    """Return the value a document has for a facet; empty where it has none."""
    if name == "year":
        return str(document.day.year) if document.day else ""
    return str(getattr(document, name))
