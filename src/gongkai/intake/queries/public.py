"""What is public already and may make an application needless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.indexing import place
from gongkai.search.port import Query, SearchUnavailableError
from gongkai.text.segmentation import words

if TYPE_CHECKING:
    from gongkai.search.port import Engine

MOST, _LONGEST, _SHORTEST = 5, 60, 2
_PREFIX = "records.record:"


def alike(text: str) -> list[int]:
    """Return the ids of at most five published records that speak of ``text``, best first; none where nothing is.

    All of the text, else its longest words together. A search engine that does not answer only means no suggestion.
    """
    text = " ".join(text.split())[:_LONGEST]
    if len(text) < _SHORTEST:
        return []
    telling = sorted({word for word in words(text) if len(word) >= _SHORTEST}, key=len, reverse=True)
    try:
        engine = place.reader()
        for wanted in (text, " ".join(telling[:3]), " ".join(telling[:2])):
            if wanted and (found := _found(engine, wanted)):
                return found
    except SearchUnavailableError:
        return []
    return []


def _found(engine: Engine, text: str) -> list[int]:
    page = engine.search(Query(text=text, access=frozenset({"public"}), limit=MOST))
    return [int(key.removeprefix(_PREFIX)) for key in page.keys if key.startswith(_PREFIX)]
