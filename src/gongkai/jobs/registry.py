"""What is done again and again. Rooms call ``periodic`` in their ``tasks.py``, which is read at start-up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Callable


class Every(Enum):
    """How often; each period begins by the legal day in China, not by the hour the server started."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    def period(self, now: datetime) -> str:
        """Return the period that ``now`` lies in; a later one sorts after it.

        >>> Every.WEEK.period(datetime.fromisoformat("2024-06-05T08:00+08:00"))
        '2024-06-03'
        """
        local = timezone.localtime(now)
        if self is Every.HOUR:
            return local.strftime("%Y-%m-%dT%H")
        first = {
            Every.DAY: local.date(),
            Every.WEEK: local.date() - timedelta(days=local.weekday()),
            Every.MONTH: local.date().replace(day=1),
        }[self]
        return first.isoformat()


class Run(Protocol):
    """Work that is due: everything up to and including the legal ``day``, whenever it was done last.

    It must be safe to be done twice and to be cut off anywhere: it is done again after a failure, and once, not once
    for each period, after a stop of several.
    """

    def __call__(self, *, day: date) -> object:
        """Do it."""


@dataclass(frozen=True, slots=True)
class Periodic:
    """Periodic work under a stable name, ``room.verb``."""

    name: str
    run: Run
    every: Every


_registered: dict[str, Periodic] = {}


def periodic(name: str, run: Callable[..., object], *, every: Every) -> None:
    """Have ``run(day=…)`` called once in every period; registering a name again replaces it."""
    _registered[name] = Periodic(name, run, every)


def registered() -> tuple[Periodic, ...]:
    """Return all periodic work, in the order of registration."""
    return tuple(_registered.values())
