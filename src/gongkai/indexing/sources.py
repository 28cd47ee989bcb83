"""Where the documents of each kind of key come from. Rooms register at start-up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from gongkai.search.port import Document


@dataclass(frozen=True, slots=True)
class Source:
    """Documents of keys ``prefix:number``.

    ``build`` gives the documents of the numbers that exist and are to be found; ``numbers`` all of them, for a rebuild.
    """

    prefix: str
    build: Callable[[Iterable[int]], Iterable[Document]]
    numbers: Callable[[], Iterator[int]]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Make a source known."""
    _sources[source.prefix] = source


def source_of(key: str) -> Source:
    """Return the source of a key; ``KeyError`` if none is registered."""
    return _sources[key.rpartition(":")[0]]


def all_sources() -> list[Source]:
    """Return every source."""
    return list(_sources.values())
