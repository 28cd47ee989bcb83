"""What the applications of 2019 are to be: as many of each kind and end as the report says, drawn from a seed.

Those of the first months, and those carried in from 2018, were received under the old regulation and have its outcomes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from gongkai.applications.kinds import CHANNEL_OF
from gongkai.demo.cases import CasePlanner, PlannedCase
from gongkai.demo.prefecture.figures import YEAR
from gongkai.law.calendar import CHINA
from gongkai.law.clock.events import CONFIRMED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.demo.city import Place
    from gongkai.demo.prefecture.figures import Figures

NEW_REGULATION = date(YEAR, 5, 15)
"""The day from which applications are those of the new regulation."""

_MEDIA = {
    "online": {"web_form": 8, "email": 1},
    "letter": {"registered_post": 3, "ordinary_post": 1},
    "in_person": {"counter": 1},
}
_OUTCOMES = {
    "granted": {"A1": 4, "A2": 6},
    "partial": {"P": 1},
    "state_secret": {"N1": 1},
    "prohibited_by_law": {"N2": 1},
    "endangers_security": {"N3": 1},
    "third_party_rights": {"N4": 1},
    "internal_affairs": {"N5": 1},
    "process_information": {"N6": 1},
    "enforcement_file": {"N7": 1},
    "administrative_inquiry": {"N8": 1},
    "not_held": {"U1a": 3, "U1b": 2},
    "needs_creation": {"U2": 1},
    "still_unclear": {"U3": 1},
    "petition_or_complaint": {"D1": 1},
    "repeated": {"D2": 1},
    "publication": {"D3": 1},
    "unjustified_volume": {"D4": 1},
    "confirm_or_reissue": {"D5": 1},
}
_BOTH = frozenset({"granted", "partial", "not_held"})
"""Rows that an application of either regulation ends in here; the others are of the new one alone."""
_SLOW = frozenset({"N4", "D4", "U3"})
_EARLY, _EXTENDED, _LATE = 0.3, 0.1, date(YEAR, 11, 20)
_ASKED = {"government": 8, "office": 2, "department": 4, "zone": 3, "town": 2, "street": 2}


@dataclass(slots=True)
class AskingPlanner(CasePlanner):
    """Draws the applications that ``figures`` count, in the bodies of ``city``."""

    figures: Figures = field(kw_only=True)
    _weights: list[int] = field(default_factory=list)

    def plan(self) -> list[PlannedCase]:
        """Return all applications in the order of their receipt."""
        media = self._media()
        planned = [self._drawn(how, row, kind, next(media)) for how, row, kind in self._ends()]
        return sorted(planned, key=lambda case: (case.received, case.place.code))

    def _media(self) -> Iterator[str]:
        channels = [channel for channel, count in self.figures.channels.items() for _ in range(count)]
        self.random.shuffle(channels)
        for channel in channels:
            yield self._draw(_MEDIA[channel])

    def _ends(self) -> Iterator[tuple[str, str, str]]:
        """Yield for each application what it is to the year, the row it ends in, and who asks."""
        ends = [
            (row, kind)
            for row, kinds in self.figures.ended.items()
            for kind, count in kinds.items()
            for _ in range(count)
        ]
        self.random.shuffle(ends)
        for kind, count in self.figures.carried_in.items():
            for end in [end for end in ends if end[1] == kind and end[0] in _BOTH][:count]:
                ends.remove(end)
                yield "carried_in", *end
        for kind, count in self.figures.carried_out.items():
            for _ in range(count):
                yield "carried_out", self.random.choice(("granted", "partial", "not_held")), kind
        for row, kind in ends:
            yield "early" if row in _BOTH and self.random.random() < _EARLY else "late", row, kind

    def _drawn(self, how: str, row: str, kind: str, medium: str) -> PlannedCase:
        outcome = self._draw(_OUTCOMES[row])
        if how == "carried_in":
            received = self._received(date(YEAR - 1, 12, 17), date(YEAR - 1, 12, 26), medium)
            answered = max(CHINA.add(CHINA.on_or_after(received), self.random.randint(10, 14)), date(YEAR, 1, 2))
            return self._made(kind, received, medium, outcome=outcome, ended_on=answered)
        if how == "carried_out":
            received = self._received(date(YEAR, 12, 11), date(YEAR, 12, 27), medium)
            answered = CHINA.add(CHINA.on_or_after(max(received, date(YEAR, 12, 16))), self.random.randint(12, 15))
            return self._made(kind, received, medium, outcome=outcome, ended_on=answered)
        if how == "early":
            received = self._received(date(YEAR, 1, 3), date(YEAR, 5, 9), medium)
            answered = CHINA.add(CHINA.on_or_after(received), self.random.randint(4, 14))
            return self._made(kind, received, medium, outcome=outcome, ended_on=answered)
        slow = outcome in _SLOW
        extended = not slow and self.random.random() < _EXTENDED
        last = date(YEAR, 10, 8) if slow or extended else date(YEAR, 12, 12)
        received = self._received(NEW_REGULATION, last, medium)
        span = (22, 36) if extended else (2, 8) if received > _LATE else (4, 19)
        answered = CHINA.add(CHINA.on_or_after(received), self.random.randint(*span))
        how_handled = {"extended": extended, "corrected": outcome == "U3"}
        return self._made(kind, received, medium, outcome=outcome, ended_on=answered, **how_handled)

    def _received(self, first: date, last: date, medium: str) -> date:
        day = first + timedelta(days=self.random.randint(0, (last - first).days))
        # What must be confirmed may come on any day; paper is taken in on a working day.
        return day if CONFIRMED[CHANNEL_OF[medium]] else CHINA.on_or_after(day)

    def _place(self, day: date) -> Place:
        if not self._weights:
            self._weights = list(accumulate(_ASKED[place.kind] for place in self.city.places))
        while True:
            place = self.random.choices(self.city.places, cum_weights=self._weights)[0]
            if not place.is_new or day > self.city.reform + timedelta(days=14):
                return place
