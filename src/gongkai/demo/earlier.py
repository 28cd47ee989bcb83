"""Reports of the invented city for the years before the one it compiles itself."""

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
    """One report: the official name of its body, the day it was published, and its figures as ``gongkai read`` does."""

    body: str
    published_on: date
    report: dict[str, Any]


def earlier() -> list[Earlier]:
    """Return the reports, invented and all in order."""
    data = json.loads(files("gongkai.demo").joinpath("earlier.json").read_text(encoding="utf-8"))
    return [Earlier(one["body"], date.fromisoformat(one["published_on"]), one["report"]) for one in data]


def bring_in(cast: Cast, today: date) -> Iterator[int]:
    """Import them, as the city's competent department does; yield 1 for each."""
    for one in earlier():
        history.bring_in(
            data=json.dumps({"file": ""} | one.report, ensure_ascii=False).encode(),
            name=f"{one.body}{one.report['year']}年.json",
            owner=Owner(unit=cast.units["HL-001"], scope=Scope.WHOLE),
            published_on=one.published_on,
            user=cast.people["", Role.COMPETENT],
            today=today,
        )
        yield 1
