"""Reports that real bodies published for earlier years: their figures alone, apart from the invented city."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from gongkai.reporting.domain import history
from gongkai.reporting.domain.history import Owner

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Earlier:
    """One report: the official name of its body, the day it bears (``None`` where it bears none), and its figures.

    ``report`` is the object of ``gongkai read`` without prose; what could not be read in print is unread in it.
    ``seed`` is the number of the original among the samples the project was given.
    """

    seed: str
    body: str
    published_on: date | None
    report: dict[str, Any]


def earlier() -> list[Earlier]:
    """Return the reports, as shipped."""
    data = json.loads(files("gongkai.demo").joinpath("earlier.json").read_text(encoding="utf-8"))
    return [
        Earlier(
            one["seed"],
            one["body"],
            date.fromisoformat(one["published_on"]) if one["published_on"] else None,
            one["report"],
        )
        for one in data
    ]


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
