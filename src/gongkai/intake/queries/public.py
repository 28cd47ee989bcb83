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

MOST, _LOOKED_AT, _LONGEST, _SHORTEST, _MOST_WORDS = 5, 10, 60, 2, 5
_PREFIX = "records.record:"


def alike(text: str) -> list[int]:
    """Return the ids of at most five published records that speak of ``text``, best first; none where nothing is.

    All of the text is looked for, else all of its words but one, else two that stand together: at most a dozen looks.
    A search engine that does not answer only means no suggestion.
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
    telling = list(dict.fromkeys(word for word in words(text) if len(word) >= _SHORTEST))[:_MOST_WORDS]
    if len(telling) > 1:
        yield " ".join(telling)
    if len(telling) > _SHORTEST:
        yield from (" ".join(word for word in telling if word != left_out) for left_out in telling)
        yield from (" ".join(telling[at : at + 2]) for at in range(len(telling) - 1))


def _found(engine: Engine, text: str) -> list[int]:
    page = engine.search(Query(text=text, access=frozenset({PUBLISHED}), limit=_LOOKED_AT))
    return [int(key.removeprefix(_PREFIX)) for key in page.keys if key.startswith(_PREFIX)][:MOST]
