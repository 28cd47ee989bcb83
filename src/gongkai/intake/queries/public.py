"""What is public already and may make an application needless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.indexing import place
from gongkai.indexing.place import PUBLISHED
from gongkai.search.port import Query, SearchUnavailableError
from gongkai.text.segmentation import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.search.port import Engine

MOST, _LOOKED_AT, _LONGEST, _SHORTEST = 5, 10, 60, 2
_PREFIX = "records.record:"


def alike(text: str) -> list[int]:
    """Return the ids of at most five published records that hold ``text``, best first; none where nothing does.

    The text is looked for as it was typed, else all of its words wherever they stand. What only resembles it would
    keep somebody from applying for what is not public. A search engine that does not answer only means no suggestion.
    """
    text = " ".join(text.split())[:_LONGEST]
    if len(text) < _SHORTEST:
        return []
    try:
        engine = place.public_reader()
        return next((found for wanted in _wordings(text) if (found := _found(engine, wanted))), [])
    except SearchUnavailableError:
        return []


def _wordings(text: str) -> Iterator[str]:
    """Yield what to look for, the most telling first."""
    yield text
    telling = list(dict.fromkeys(word for word in words(text) if len(word) >= _SHORTEST))
    if len(telling) > 1:
        yield " ".join(telling)


def _found(engine: Engine, text: str) -> list[int]:
    page = engine.search(Query(text=text, access=frozenset({PUBLISHED}), limit=_LOOKED_AT, exact=True))
    return [int(key.removeprefix(_PREFIX)) for key in page.keys if key.startswith(_PREFIX)][:MOST]
