"""Searching what is published."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.indexing import place
from gongkai.search.port import MAX_TEXT, Page, Query

if TYPE_CHECKING:
    from collections.abc import Mapping

PUBLIC = frozenset({"public"})
RECORD = "records.record:"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]+")


def words_of(parameters: Mapping[str, str]) -> str:
    """Return what was typed, without what cannot be seen, as long as it is looked at."""
    return _CONTROL.sub(" ", parameters.get("q", "")[: MAX_TEXT * 4]).strip()[:MAX_TEXT]


def found(query: Query) -> Page:
    """Return what is found among what is published. Raises ``SearchUnavailableError``."""
    return place.reader().search(query)


def newest(words: str, limit: int) -> list[int]:
    """Return the ids of the newest records that are found. Raises ``SearchUnavailableError``."""
    page = found(Query(text=words, access=PUBLIC, order="newest", limit=limit))
    return [int(key.removeprefix(RECORD)) for key in page.keys if key.startswith(RECORD)]
