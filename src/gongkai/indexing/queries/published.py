"""Searching what is published: all that the public side asks of the index.

Whatever it is asked, it opens the public index and nothing else. What was withdrawn is gone from there within seconds
of the act, not at the same moment: a page that shows hits looks up their keys among what is published and drops those
that are no more. ``SearchUnavailableError`` is to be shown as what it is, never as an empty list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.indexing import place
from gongkai.search.port import FACETS, MAX_WINDOW, Query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gongkai.search.port import Completion, Page

A_PAGE = 10
LAST_PAGE = MAX_WINDOW // A_PAGE
"""The last page there can be; beyond it one narrows the search."""
PASSAGES = 2

_PUBLIC = frozenset({place.PUBLISHED})


def search(
    text: str = "",
    *,
    filters: Mapping[str, tuple[str, ...]] | None = None,
    order: str = "relevance",
    page: int = 1,
    is_exact: bool = False,
) -> Page:
    """Return a page of what is published and holds ``text``, with facets, passages and what was probably meant.

    ``filters`` narrows ``FACETS`` (kind, unit code, year, validity, subject) to any of the values; ``order`` is
    ``relevance`` or ``newest``; ``is_exact`` asks for the text as typed, with no synonym and nothing forgiven.
    Raises ``ValueError`` for an unknown facet or order, or a page that is none of 1 to ``LAST_PAGE``.
    """
    return place.public_reader().search(
        Query(
            text=text,
            access=_PUBLIC,
            filters=filters or {},
            order=order,
            offset=(page - 1) * A_PAGE,
            limit=A_PAGE,
            facets=FACETS,
            fuzzy=not is_exact,
            exact=is_exact,
            passages=PASSAGES,
        )
    )


def newest(text: str, *, filters: Mapping[str, tuple[str, ...]] | None = None, limit: int = 20) -> tuple[str, ...]:
    """Return the keys of the newest documents that hold ``text`` as typed, for a feed of a saved search."""
    query = Query(text=text, access=_PUBLIC, filters=filters or {}, order="newest", limit=limit)
    return place.public_reader().search(query).keys


def complete(typed: str, limit: int = 8) -> tuple[Completion, ...]:
    """Return published titles in which a word begins as ``typed``: in characters, in pinyin or by its initials."""
    return place.public_reader().complete(typed, _PUBLIC, limit)
