"""Long lists, page by page, in bounded time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import Model, QuerySet

M = TypeVar("M", bound="Model")
T = TypeVar("T")

A_PAGE = 20
_DIGITS = 7
MOST = 10_000
"""How many entries are counted and paged; beyond it one narrows the list. Counting all of a city takes too long."""


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """One page of a list. ``total`` is how many there are, at most ``MOST``; ``is_more`` says that there are more."""

    entries: Sequence[T]
    number: int
    pages: int
    total: int
    is_more: bool

    @property
    def previous(self) -> int | None:
        """The page before this one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The page after this one."""
        return self.number + 1 if self.number < self.pages else None


def sheet(rows: QuerySet[M], given: str | None, count: Callable[[], int] | None = None) -> Sheet[M]:
    """Return the page whose number was ``given``: the first for what is no number, the last for one too high.

    ``count`` gives the bounded count of ``rows`` where it is known already. Two queries, one with ``count``.
    """
    counted = bounded(rows) if count is None else count()
    total, is_more = min(counted, MOST), counted > MOST
    pages = max(1, -(-total // A_PAGE))
    is_number = given is not None and given.isascii() and given.isdecimal() and len(given) <= _DIGITS
    number = min(max(1, int(given or 1)), pages) if is_number else 1
    start = (number - 1) * A_PAGE
    return Sheet(list(rows[start : start + A_PAGE]), number, pages, total, is_more)


def bounded(rows: QuerySet[M]) -> int:
    """Return how many ``rows`` there are, counting no further than one beyond ``MOST``."""
    return rows.order_by()[: MOST + 1].count()
