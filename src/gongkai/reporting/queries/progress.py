"""How the reports of units came in, day by day: what the chart draws and the table beside it says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.reporting.models import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from gongkai.reporting.models import Campaign
    from gongkai.reporting.queries.board import Row


@dataclass(frozen=True, slots=True)
class Day:
    """One day on which something happened, or a deadline fell: how many came, and how many there were by its end."""

    day: date
    came: int
    sent: int
    accepted: int
    what: str


@dataclass(frozen=True, slots=True)
class Progress:
    """The days from the opening on; ``owed`` reports of units; ``deadlines`` as (day, name) inside the span."""

    owed: int
    days: tuple[Day, ...]
    deadlines: tuple[tuple[date, str], ...]

    @property
    def first(self) -> date:
        """The first day drawn."""
        return self.days[0].day

    @property
    def last(self) -> date:
        """The last day drawn."""
        return max(self.days[-1].day, *(day for day, _ in self.deadlines))


def progress(campaign: Campaign, found: Iterable[Row], today: date) -> Progress:
    """Return the progress of the reports of an own level up to ``today``: wholes come from them and follow later.

    The first signature counts, as it does for lateness: what was sent back later has still come on its day.
    """
    own = [one for one in found if one.scope == Scope.OWN]
    came = Counter(one.first_signed_on for one in own if one.first_signed_on is not None)
    accepted = Counter(one.accepted_on for one in own if one.accepted_on is not None and one.is_settled)
    deadlines = _deadlines(campaign, own)
    marked = {campaign.opened_on: "启动", **dict(deadlines)}
    last = max([*came, *accepted, min(today, campaign.government_deadline), campaign.opened_on])
    wanted = sorted({*came, *accepted, *(day for day in marked if day <= last), last})
    days = []
    sent = settled = 0
    for day in wanted:
        sent += came[day]
        settled += accepted[day]
        days.append(Day(day, came[day], sent, settled, marked.get(day, "")))
    return Progress(len(own), tuple(days), deadlines)


def _deadlines(campaign: Campaign, own: Sequence[Row]) -> tuple[tuple[date, str], ...]:
    statutory = (campaign.unit_deadline, "法定期限")
    due = own[0].due if own else campaign.unit_deadline
    if campaign.local_deadline is not None and campaign.local_deadline != campaign.unit_deadline:
        return ((campaign.local_deadline, "本地期限"), statutory)
    return ((due, "法定期限"),)
