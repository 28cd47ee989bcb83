"""The figures alone of four reports that real bodies published, to be imported as reports of earlier years."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gongkai.reporting.domain import history
from gongkai.reporting.domain.history import Owner

FIGURES = Path(__file__).with_suffix(".json")


@dataclass(frozen=True, slots=True)
class Printed:
    """One report: the official name of its body, the day it bears (``None`` where it bears none), and its figures.

    ``report`` is the object of ``gongkai read`` without prose; what could not be read in print is unread in it.
    ``seed`` is the number of the original among the samples the project was given.
    """

    seed: str
    body: str
    published_on: date | None
    report: dict[str, Any]


def printed():
    """Return the reports."""
    return [
        Printed(
            one["seed"], one["body"], one["published_on"] and date.fromisoformat(one["published_on"]), one["report"]
        )
        for one in json.loads(FIGURES.read_text(encoding="utf-8"))
    ]


def bring_in(today):
    """Import them as published reports of their own bodies; return how many."""
    for one in printed():
        history.bring_in(
            data=json.dumps({"file": ""} | one.report, ensure_ascii=False).encode(),
            name=f"{one.body}{one.report['year']}年.json",
            owner=Owner(body=one.body),
            published_on=one.published_on,
            user=None,
            today=today,
        )
    return len(printed())
