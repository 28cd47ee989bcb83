"""What the city's applications are to be: drawn once from a seed, before any of it happens."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from gongkai.applications.domain.identity import Identity
from gongkai.applications.domain.receiving import Request
from gongkai.applications.kinds import CHANNEL_OF
from gongkai.applications.models import IdentityProof
from gongkai.demo import prose
from gongkai.demo.city import words as city_words
from gongkai.demo.sizes import YEAR
from gongkai.law.calendar import CHINA
from gongkai.law.clock.events import CONFIRMED
from gongkai.law.editions import edition_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from gongkai.demo.city import City, Place

NOT_ASKED = ("enterprise",)
"""Bodies that answer no applications: public enterprises follow the rules of their sector (Art 55)."""

FIRST = date(2019, 5, 15)
"""The regulation of 2019 is in force, and the bodies of the reform have their people."""

_ASKED = {"government": 2, "office": 6, "department": 6, "town": 3, "street": 3, "zone": 3, "vertical": 2}
_QUICK = 8
"""Working days within which an application received late in the year is answered."""


@cache
def data() -> dict[str, Any]:
    """Return the figures and words of ``cases.toml``."""
    return tomllib.loads(files("gongkai.demo").joinpath("cases.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """One application: whose, to whom, when, and how it ends. ``ended_on`` is ``None`` for what is under way.

    ``corrected`` and ``extended`` say that a correction was asked for and given, and that the answer was put off.
    """

    place: Place
    kind: str
    medium: str
    received: date
    applicant: Identity = field(repr=False)
    request: Request
    outcome: str
    ended_on: date
    corrected: bool = False
    extended: bool = False

    @property
    def started(self) -> date:
        """The day of receipt in the sense of Art 31: where it must be confirmed, the working day it was."""
        return CHINA.on_or_after(self.received) if CONFIRMED[CHANNEL_OF[self.medium]] else self.received


@dataclass(slots=True)
class CasePlanner:
    """Draws the applications of ``city`` up to the end of ``YEAR``, and those carried into the year after.

    Of the years before ``YEAR`` there are ``before`` of a hundred.
    """

    city: City
    random: Random
    before: int = 100
    _persons: int = 0

    def plan(self) -> list[PlannedCase]:
        """Return all applications in the order of their receipt."""
        planned = [*self._before(), *self._of_year()]
        return sorted(planned, key=lambda case: (case.received, case.place.code))

    def _before(self) -> Iterator[PlannedCase]:
        before = data()["before"]
        for year, count in before["years"].items():
            for _ in range(count * self.before // 100):
                row = self._draw(before["ended"])
                yield self._case(int(year), row, self._draw(before["kinds"]))

    def _of_year(self) -> Iterator[PlannedCase]:
        year = data()["year"]
        carried_in, carried_out = year["carried_in"], year["carried_out"]
        ends = [
            (row, kind) for row, kinds in year["ended"].items() for kind, count in kinds.items() for _ in range(count)
        ]
        self.random.shuffle(ends)
        # What was carried in ended in ways that take their time; the others were received and ended within the year.
        slow = [end for end in ends if end[1] == "natural_person" and end[0] in {"granted", "partial", "not_held"}]
        for end in slow[:carried_in]:
            ends.remove(end)
            yield self._across(YEAR, *end)
        for row, kind in ends:
            yield self._case(YEAR, row, kind)
        for row in ("granted", "partial", "not_held")[:carried_out]:
            yield self._across(YEAR + 1, row, "natural_person")

    def _across(self, year: int, row: str, kind: str) -> PlannedCase:
        """Draw an application received in the last days of the year before ``year`` and answered in January."""
        received = CHINA.on_or_after(date(year - 1, 12, 16) + timedelta(days=self.random.randint(0, 10)))
        answered = CHINA.add(date(year, 1, 2), self.random.randint(2, 8))
        return self._made(kind, received, self._draw(data()["media"]), outcome=self._outcome(row), ended_on=answered)

    def _case(self, year: int, row: str, kind: str) -> PlannedCase:
        outcome, medium = self._outcome(row), self._draw(data()["media"])
        slow = outcome in _SLOW
        corrected = not slow and outcome not in _PLAIN and self.random.random() < _CORRECTED
        extended = not slow and not corrected and outcome not in _PLAIN and self.random.random() < _EXTENDED
        first = max(FIRST, date(year, 1, 4)) + timedelta(days=3)
        last = date(year, 10, 8) if slow or corrected or extended else date(year, 12, 12)
        received = first + timedelta(days=self.random.randint(0, (last - first).days))
        if not CONFIRMED[CHANNEL_OF[medium]]:
            received = CHINA.on_or_after(received)
        started = CHINA.on_or_after(received)
        if received > date(year, 11, 20):
            ended = CHINA.add(started, self.random.randint(2, _QUICK))
        elif outcome == "withdrawal":
            ended = CHINA.add(started, self.random.randint(1, 10))
        elif extended:
            ended = CHINA.add(started, self.random.randint(22, 36))
        elif slow or corrected:
            ended = CHINA.add(started, self.random.randint(32, 38))
        else:
            ended = CHINA.add(started, self.random.randint(4, 19))
        how = {"corrected": corrected, "extended": extended}
        return self._made(kind, received, medium, outcome=outcome, ended_on=ended, **how)

    def _made(self, kind: str, received: date, medium: str, **end: Any) -> PlannedCase:  # noqa: ANN401 -- fields of a case
        place = self._place(received)
        return PlannedCase(
            place=place,
            kind=kind,
            medium=medium,
            received=received,
            applicant=self.applicant(kind),
            request=self.request(place, received),
            **end,
        )

    def _place(self, day: date) -> Place:
        assert edition_for(day).code == "2019"
        existing = [place for place in self.city.places if place.kind not in NOT_ASKED]
        return self.random.choices(existing, [_ASKED[place.kind] for place in existing])[0]

    def applicant(self, kind: str) -> Identity:
        """Draw an invented applicant; numbers are of no real person: their area code does not exist."""
        stock = data()["words"]
        self._persons += 1
        contact = {
            "telephone": f"1990000{self._persons:04d}",
            "address": f"{self.city.name}{self.random.choice(stock['streets'])}{self.random.randint(1, 199)}号",
        }
        if kind == "natural_person":
            number = f"350999{1950 + self._persons % 50}0101{self._persons % 10000:04d}"
            return Identity(prose.person(self.random), IdentityProof.ID_CARD, number, **contact)
        names = {"legal_service": stock["firms"], "other_org": stock["organisations"]}
        name = self.random.choice(names.get(kind, city_words()["parties"]))
        code = f"91350999MA{self._persons:08d}"
        return Identity(name, IdentityProof.CREDIT_CODE, code, representative=prose.person(self.random), **contact)

    def request(self, place: Place, day: date) -> Request:
        """Draw what is asked for."""
        stock = data()["words"]
        filled = {
            "year": day.year - self.random.randint(0, 3),
            "topic": self.random.choice(place.topics),
            "place": self.random.choice(city_words()["places"]),
        }
        return Request(
            title=self.random.choice(stock["titles"]).format(**filled),
            description=self.random.choice(stock["descriptions"]).format(**filled),
            delivery_form=self.random.choice(("paper", "electronic", "electronic", "any")),
            delivery_way=self.random.choice(("post", "online", "pick_up", "email")),
        )

    def _outcome(self, row: str) -> str:
        return self._draw(data()["outcomes"][row])

    def _draw(self, weights: dict[str, int]) -> str:
        return self.random.choices(list(weights), list(weights.values()))[0]


_SLOW = frozenset({"N4", "O1", "D4"})
"""Outcomes before which something must be waited for."""
_PLAIN = frozenset({"withdrawal", "D1", "D2"})
"""Ends that need neither a correction nor an extension."""
_CORRECTED, _EXTENDED = 0.1, 0.12
