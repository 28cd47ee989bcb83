"""What a search engine takes and gives, whichever one it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from gongkai.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

FACETS = ("kind", "unit", "year", "validity", "subject")
"""Fields that can be filtered by and counted."""

MAX_TEXT = 200
"""Characters of a query that are looked at; nobody types more, and a longer one only costs time."""

MAX_WINDOW = 10_000
"""How deep a result list can be paged; beyond it one narrows the query."""


class SearchUnavailableError(RuntimeError):
    """The engine could not answer. Never to be shown as an empty result."""

    code = "search-unavailable"


@dataclass(frozen=True, slots=True)
class Document:
    """Something that can be found. ``key`` is ``room.model:number``; a later document of the same key replaces it.

    ``access`` are the tokens of which a query must hold one (``public``, ``unit:12``). ``numbers`` are 文号, 索引号 and
    the like, found in any bracket and spacing.
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
    access: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked. ``text`` parts between blanks must all be found; empty text finds everything.

    ``filters`` narrows a field of ``FACETS`` to any of the given values. ``order`` is ``relevance`` or ``newest``.
    """

    text: str = ""
    access: frozenset[str] = frozenset()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = "relevance"
    offset: int = 0
    limit: int = 10
    facets: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        unknown = {*self.filters, *self.facets} - {*FACETS}
        if unknown:
            raise ValueError(f"not facets: {sorted(unknown)}")
        if self.order not in {"relevance", "newest"}:
            raise ValueError(f"unknown order: {self.order}")
        if self.offset < 0 or self.limit < 1 or self.offset + self.limit > MAX_WINDOW:
            raise ValueError(f"the window must lie within {MAX_WINDOW} results")

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the text that must all be found."""
        return tuple(fold(self.text[:MAX_TEXT]).split())


@dataclass(frozen=True, slots=True)
class Page:
    """What was found: how many in all, the keys of the window best first, and the counts of each facet's values."""

    total: int
    keys: tuple[str, ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


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

    def count(self) -> int:
        """Return how many documents are in."""


_BRACKETS = str.maketrans("〔〕﹝﹞（）()【】{}［］", "[][][][][][][]")
_PLAIN = re.compile(r"[\s　\-_—－·]+")


def plain_number(number: str) -> str:
    """Return a 文号 or 索引号 as it is compared: brackets of one kind, no blanks, upper case.

    >>> plain_number("晋政办 ﹝2019﹞101 号") == plain_number("晋政办[2019]101号")
    True
    """
    return _PLAIN.sub("", fold(number)).translate(_BRACKETS).upper()


def official_number(number: str) -> str:
    """Return a 文号 as it is printed officially: no blanks, the year in 〔〕.

    >>> official_number("晋政办 [2019]101 号")
    '晋政办〔2019〕101号'
    """
    return plain_number(number).replace("[", "〔").replace("]", "〕")
