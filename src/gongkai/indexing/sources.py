"""Where the documents of each kind of key come from. Rooms register at start-up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.search.port import SearchUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from gongkai.search.port import Document


def _no_words() -> Iterable[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Source:
    """Documents of keys ``prefix:number``.

    ``build`` gives the documents of the numbers that exist and are to be found; ``numbers`` all of them, for a rebuild.
    ``words`` are names and terms that stand in them and in no dictionary; what is not published must not give any.
    """

    prefix: str
    build: Callable[[Iterable[int]], Iterable[Document]]
    numbers: Callable[[], Iterator[int]]
    words: Callable[[], Iterable[str]] = _no_words


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


def built(keys: Sequence[str]) -> tuple[list[Document], dict[str, str]]:
    """Return the documents of those of ``keys`` that exist, and what is wrong with those that cannot be built.

    One broken document must not hold back the others. Raises ``SearchUnavailableError`` where a source says so.
    """
    documents: list[Document] = []
    failed: dict[str, str] = {}
    by_source: dict[str, list[str]] = {}
    for key in keys:
        by_source.setdefault(key.rpartition(":")[0], []).append(key)
    for group in by_source.values():
        try:
            documents += _documents(group)
        except SearchUnavailableError:
            raise
        except Exception:  # noqa: BLE001 -- each is tried alone
            for key in group:
                try:
                    documents += _documents([key])
                except Exception as error:  # noqa: BLE001 -- kept with the key for the operator
                    failed[key] = f"{type(error).__name__}: {error}"
    return documents, failed


def _documents(keys: Sequence[str]) -> list[Document]:
    """Return the documents of ``keys``, all of one source."""
    return list(source_of(keys[0]).build([int(key.rpartition(":")[2]) for key in keys]))
