"""Writing both indexes together, and building them anew beside those in use."""

from __future__ import annotations

import shutil
import uuid
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from gongkai.indexing.domain import outbox
from gongkai.indexing.place import OFFICE, PUBLIC, PUBLISHED
from gongkai.indexing.sources import all_sources, built
from gongkai.indexing.words import learnt
from gongkai.search.embedded import EmbeddedEngine, is_current
from gongkai.search.port import SearchUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gongkai.search.port import Document, Page, Query

_BATCH = 500


class Indexes:
    """Both indexes as one engine: every document goes into the office's, what is published into the public's, too.

    Each text is cut into words once.
    """

    def __init__(self, office: Path, public: Path, words: tuple[str, ...] = ()) -> None:
        """Open both for writing; where there is nothing yet they are made with the words of this place."""
        self._office = EmbeddedEngine(office, writable=True, learnt=words)
        self._public = EmbeddedEngine(public, writable=True, learnt=words)
        self.folders = office, public
        self.learnt = self._office.learnt

    def add(self, documents: Iterable[Document], *, are_new: bool = False) -> None:
        """Put documents in; what is published no more is taken out of the public index."""
        for document in documents:
            made = self._office.prepared(document)
            self._office.put(document.key, made, is_new=are_new)
            if PUBLISHED in document.access:
                self._public.put(document.key, made, is_new=are_new)
            elif not are_new:
                self._public.remove([document.key])

    def remove(self, keys: Iterable[str]) -> None:
        """Take documents out of both."""
        keys = list(keys)
        self._office.remove(keys)
        self._public.remove(keys)

    def commit(self) -> None:
        """Make changes visible, first to the public: what is withdrawn must go from there before all."""
        self._public.commit()
        try:
            PUBLIC.show(self.folders[1])
        except OSError as error:
            raise SearchUnavailableError(f"公开的检索索引不能放到 published 里：{error.strerror}。") from error
        finally:
            self._office.commit()

    def close(self) -> None:
        """Give up writing, so that another may."""
        self._public.close()
        self._office.close()

    def search(self, query: Query) -> Page:
        """Answer a query from the office's index."""
        return self._office.search(query)

    def count(self) -> int:
        """Return how many documents there are."""
        return self._office.count()


def opened() -> Indexes:
    """Return the indexes in use, for writing. ``SearchUnavailableError`` where another writes or one is gone."""
    return Indexes(OFFICE.folder(), PUBLIC.folder())


def are_usable() -> bool:
    """Tell whether both indexes are there, and built with today's fields and lists of words."""
    places = (OFFICE, PUBLIC)
    return all(place.is_built() for place in places) and all(is_current(place.folder()) for place in places)


def rebuild(meanwhile: Indexes | None = None) -> int:
    """Build both indexes whole beside those in use, change over to them, and return how many documents they hold.

    What could not be built is marked with its error. ``meanwhile`` are the indexes in use if this process has them
    open: what changes while it builds goes into them, so that nothing that is published waits for the end.
    """
    name = uuid.uuid4().hex
    made = Indexes(OFFICE.root() / name, PUBLIC.root() / name, learnt())
    broken: dict[str, str] = {}
    touched: set[str] = set()
    keys = (f"{source.prefix}:{number}" for source in all_sources() for number in source.numbers())
    while batch := list(islice(keys, _BATCH)):
        documents, failed = built(batch)
        made.add(documents, are_new=True)
        broken |= failed
        if meanwhile is not None:
            touched |= _drained(meanwhile)
    made.commit()
    outbox.keep_failed(broken)
    # What went into the old indexes only is marked once more, and so goes into the new ones right after.
    outbox.mark_again(touched)
    count = made.count()
    made.close()
    for place in (PUBLIC, OFFICE):
        place.point_to(name)
    _sweep()
    return count


def _drained(meanwhile: Indexes) -> set[str]:
    done: set[str] = set()
    try:
        outbox.drain(meanwhile, done=done)
    except SearchUnavailableError:
        return set()  # still marked: the new indexes get it
    return done


def _sweep() -> None:
    """Remove what an earlier layout left beside the two indexes."""
    for other in (Path(settings.HOME) / "index").iterdir():
        if other.is_dir() and other.name not in {OFFICE.name, PUBLIC.name}:
            shutil.rmtree(other, ignore_errors=True)
        elif other.is_file():
            other.unlink(missing_ok=True)
