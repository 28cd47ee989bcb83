"""Reports of earlier years: those of the invented city, and the figures alone of some that real bodies published."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from gongkai.accounts.models import Role
from gongkai.reporting.domain import history
from gongkai.reporting.domain.history import Owner
from gongkai.reporting.models import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.demo.founding import Cast


@dataclass(frozen=True, slots=True)
class Earlier:
    """One report: the official name of its body, the day it bears (``None`` where it bears none), and its figures.

    ``report`` is the object of ``gongkai read`` without prose; what could not be read in print is unread in it.
    ``seed`` is the number of the original among the samples the project was given; what is invented has none.
    """

    seed: str
    body: str
    published_on: date | None
    report: dict[str, Any]


def earlier() -> list[Earlier]:
    """Return the reports, as shipped."""
    return _read("earlier.json")


def own() -> list[Earlier]:
    """Return the reports of the city for the years before the one it compiles itself: invented, and all in order."""
    return _read("own.json")


def bring_in(today: date) -> Iterator[int]:
    """Import them as published reports of their own bodies; yield 1 for each."""
    for one in earlier():
        history.bring_in(
            data=json.dumps({"file": ""} | one.report, ensure_ascii=False).encode(),
            name=f"{one.body}{one.report['year']}年.json",
            owner=Owner(body=one.body),
            published_on=one.published_on,
            user=None,
            today=today,
        )
        yield 1


def bring_in_own(cast: Cast, today: date) -> Iterator[int]:
    """Import those of the city, as its competent department does; yield 1 for each."""
    for one in own():
        history.bring_in(
            data=json.dumps({"file": ""} | one.report, ensure_ascii=False).encode(),
            name=f"{one.body}{one.report['year']}年.json",
            owner=Owner(unit=cast.units["HL-001"], scope=Scope.WHOLE),
            published_on=one.published_on,
            user=cast.people["", Role.COMPETENT],
            today=today,
        )
        yield 1


def _read(name: str) -> list[Earlier]:
    data = json.loads(files("gongkai.demo").joinpath(name).read_text(encoding="utf-8"))
    return [
        Earlier(
            one["seed"],
            one["body"],
            date.fromisoformat(one["published_on"]) if one["published_on"] else None,
            one["report"],
        )
        for one in data
    ]
