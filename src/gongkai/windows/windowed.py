"""Long lists, page by page, in bounded time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db.models import Count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

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


def tallied(rows: QuerySet[M], name: str) -> dict[Any, int]:
    """Return how many ``rows`` there are of each value of a column; ``year`` is that of ``published_on``. One query."""
    column = "published_on" if name == "year" else name
    tally: Counter[Any] = Counter()
    for value, count in rows.order_by().values_list(column).annotate(count=Count("pk")):
        tally[value.year if name == "year" else value] += count
    return dict(tally)


def walked(rows: QuerySet[M], batch: int) -> Iterator[M]:
    """Yield all ``rows`` by id, ``batch`` at a time: no query stays open while they are read."""
    last = 0
    while found := list(rows.filter(pk__gt=last).order_by("pk")[:batch]):
        yield from found
        last = found[-1].pk
