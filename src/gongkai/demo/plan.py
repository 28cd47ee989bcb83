"""What the city's documents are to be: drawn once, by chance from a seed, before any of it is made."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from gongkai.demo import prose
from gongkai.demo.city import MAKES_NO_RULES
from gongkai.demo.sizes import FIRST_YEAR, YEAR
from gongkai.law.calendar import CHINA
from gongkai.records.models import Validity
from gongkai.review.domain.chains import FULL, TOWN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from gongkai.demo.city import City, Place
    from gongkai.demo.sizes import Size

STARTED = date(2019, 1, 7)
"""The day on which the city's people have their rights; the bodies of the reform have them from the reform on."""

EARLIEST = date(YEAR + 1, 1, 15)
"""The first day on which the city can be looked at: what is in flight then belongs to the year after ``YEAR``."""

_OLDEST = 2012
_SERIES = {"rules": "令", "normative": "规", "document": "", "notice": None}
_READ_BACK_LATER = timedelta(days=20)
_EXPIRES = 0.3


class Fate(Enum):
    """How far a document has come."""

    DRAFT = "draft"
    REVIEWING = "reviewing"
    RETURNED = "returned"
    READY = "ready"
    FILED = "filed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


FINISHED = frozenset({Fate.FILED, Fate.PUBLISHED, Fate.WITHDRAWN})
"""Fates of documents that nobody has to do anything about."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a document came to hold no longer."""

    validity: str
    day: date
    document: str


@dataclass(frozen=True, slots=True)
class Planned:
    """One document: what it says, how far it comes, and when. ``steps`` are the days on which steps were decided."""

    place: Place
    fields: dict[str, object]
    fate: Fate
    submitted_on: date | None = None
    steps: tuple[date, ...] = ()
    published_on: date | None = None
    read_back_on: date | None = None
    ending: Ending | None = None
    interpretation: Planned | None = None

    def __iter__(self) -> Iterator[Planned]:
        """Yield the document and what interprets it."""
        yield self
        if self.interpretation is not None:
            yield self.interpretation


@dataclass(slots=True)
class Draw:
    """A document that is decided on, before it has its words."""

    place: Place
    sort: str
    made_on: date
    ending: Ending | None = None
    fate: Fate = Fate.PUBLISHED
    interpreted: bool = False


@dataclass(slots=True)
class Planner:
    """Draws the documents of ``city`` as they stand on ``today``."""

    city: City
    size: Size
    today: date
    random: Random
    _numbers: dict[tuple[str, str, int], int] = field(default_factory=dict)

    def plan(self) -> list[Planned]:
        """Return all documents in the order of the days on which they begin their way."""
        draws = [*self._normative(), *self._of_year(), *self._earlier(), *self._in_flight()]
        draws.sort(key=lambda draw: (draw.made_on, draw.place.code, draw.sort))
        planned = [self._planned(draw) for draw in draws]
        planned.sort(key=lambda one: one.submitted_on or one.fields["made_on"])
        return planned

    def _normative(self) -> Iterator[Draw]:
        size, makers = self.size, [place for place in self.city.places if place.kind not in MAKES_NO_RULES]
        endings = [self._ending(YEAR) for _ in range(size.ended)] + [None] * (size.before - size.ended)
        endings += [self._ending(self.random.randint(FIRST_YEAR + 1, YEAR - 1)) for _ in range(size.ended_before)]
        for ending in endings:
            latest = ending.day.year - 1 if ending else YEAR - 1
            place, day = self._made(makers, self.random.randint(_OLDEST, latest))
            yield Draw(place, "normative", day, ending)
        for number in range(size.made):
            yield Draw(*self._named("normative", makers, YEAR), interpreted=number % 4 == 0)

    def _of_year(self) -> Iterator[Draw]:
        size = self.size
        others = size.proactive - size.made - (size.made + 3) // 4
        for number in range(others):
            draw = Draw(*self._named("document" if number % 4 else "notice", self.city.places, YEAR))
            yield replace(draw, fate=Fate.WITHDRAWN) if number and number % 80 == 0 else draw
        for sort, count in (("on_request", size.on_request), ("withheld", size.withheld)):
            for _ in range(count):
                yield Draw(*self._named(sort, self.city.places, YEAR), fate=Fate.FILED)

    def _earlier(self) -> Iterator[Draw]:
        for year in range(FIRST_YEAR, YEAR):
            for _ in range(self.size.earlier):
                (sort,) = self.random.choices(("document", "notice", "on_request", "withheld"), (45, 15, 15, 25))
                fate = Fate.FILED if sort in prose.UNPUBLISHED else Fate.PUBLISHED
                yield Draw(*self._named(sort, self.city.places, year), fate=fate)

    def _in_flight(self) -> Iterator[Draw]:
        fates = (Fate.DRAFT, Fate.REVIEWING, Fate.REVIEWING, Fate.RETURNED, Fate.READY)
        for number in range(self.size.in_flight * len(fates)):
            place = self.random.choice(self.city.places)
            sort = ("document", "notice", "normative", "document", "withheld")[self.random.randrange(5)]
            fate = fates[number % len(fates)]
            if sort == "withheld" and fate is Fate.READY:
                sort = "document"
            made_on = self.today - timedelta(days=self.random.randint(6, 25))
            made_on = max(date(YEAR + 1, 1, 2), made_on)
            yield Draw(place, "document" if place.kind in MAKES_NO_RULES else sort, made_on, fate=fate)

    def _named(self, sort: str, places: list[Place] | tuple[Place, ...], year: int) -> tuple[Place, str, date]:
        place, day = self._made(places, year)
        return place, sort, day

    def _made(self, places: list[Place] | tuple[Place, ...], year: int) -> tuple[Place, date]:
        """Draw a body that existed all through a part of ``year`` and a working day on which it made something."""
        reform_year = self.city.reform.year
        existing = [place for place in places if not place.is_new or year >= reform_year]
        place = self.random.choices(existing, [_WEIGHTS[one.kind] for one in existing])[0]
        first = date(year, 1, 15)
        if place.is_new and year == reform_year:
            first = self.city.reform + timedelta(days=14)
        while True:
            day = first + timedelta(days=self.random.randint(0, (date(year, 12, 25) - first).days))
            if CHINA.is_working(day):
                return place, day

    def _ending(self, year: int) -> Ending:
        day = date(year, self.random.randint(4, 11), self.random.randint(1, 28))
        validity = Validity.EXPIRED if self.random.random() < 0.1 else Validity.REPEALED  # noqa: PLR2004 -- one in ten
        return Ending(validity, day, f"{self.city.mark}政〔{year}〕{self.random.randint(20, 90)}号")

    def _planned(self, draw: Draw) -> Planned:
        fields = prose.write(self.random, self.city, draw.place, draw.sort, draw.made_on)
        fields |= self._numbered(draw)
        if draw.sort == "normative":
            fields |= self._period(draw)
            fields["body"] = _with_term(str(fields["body"]), fields.get("expires_on"))
        if draw.sort in prose.UNPUBLISHED:
            fields["reassess_on"] = max(self.today, draw.made_on) + timedelta(days=self.random.randint(20, 700))
        if draw.interpreted:
            fields["needs_interpretation"] = True
        planned = self._on_its_way(Planned(draw.place, fields, draw.fate, ending=draw.ending), draw.made_on)
        if not draw.interpreted:
            return planned
        words = prose.interpret(self.random, draw.place, str(fields["title"]), draw.made_on)
        return replace(planned, interpretation=replace(planned, fields=words))

    def _numbered(self, draw: Draw) -> dict[str, object]:
        """Give the document its number in its series, in the order of days."""
        series = _SERIES.get(draw.sort, "函")
        if series is None:
            return {"is_formal": False}
        year = draw.made_on.year
        key = (draw.place.code, series, year)
        self._numbers[key] = self._numbers.get(key, 0) + 1
        if draw.sort == "rules":
            return {"document_number": f"{draw.place.name}令〔{year}〕{self._numbers[key]}号"}
        return {"document_number": f"{draw.place.mark}{series}〔{year}〕{self._numbers[key]}号"}

    def _period(self, draw: Draw) -> dict[str, object]:
        number = self._numbers[draw.place.code, "规", draw.made_on.year]
        stem = f"{draw.made_on.year}-{draw.place.code[-3:]}-{number:02d}"
        found: dict[str, object] = {"legality_review": f"岚法审{stem}", "filing_number": f"岚备{stem}"}
        expires_on = draw.made_on.replace(day=1) + timedelta(days=5 * 365 + 30)
        if draw.ending is None and expires_on > self.today and self.random.random() < _EXPIRES:
            found["expires_on"] = expires_on
        return found

    def _on_its_way(self, planned: Planned, made_on: date) -> Planned:
        """Set the days of submission, steps, publication and reading back as far as the document comes."""
        if planned.fate is Fate.DRAFT:
            return planned
        chain = TOWN if planned.place.is_local else FULL
        began = STARTED if made_on.year >= FIRST_YEAR else self._entered(planned)
        submitted = self._by_today(max(made_on, began), self.random.randint(0, 2))
        decided, day = [], submitted
        count = len(chain)
        if planned.fate in {Fate.REVIEWING, Fate.RETURNED}:
            count = self.random.randint(0 if planned.fate is Fate.REVIEWING else 1, len(chain) - 1)
        for _ in range(count):
            day = self._by_today(day, self.random.randint(0, 1))
            decided.append(day)
        planned = replace(planned, submitted_on=submitted, steps=tuple(decided))
        if planned.fate not in {Fate.PUBLISHED, Fate.WITHDRAWN}:
            return planned
        published = self._by_today(day, self.random.randint(1, 3))
        read = self._by_today(published, 1) if published < self.today - _READ_BACK_LATER else None
        return replace(planned, published_on=published, read_back_on=read)

    def _entered(self, planned: Planned) -> date:
        """Return when an older document was entered: in the review of old files of the first year."""
        first = self.city.reform + timedelta(days=20) if planned.place.is_new else date(FIRST_YEAR, 4, 15)
        return CHINA.on_or_after(first + timedelta(days=self.random.randint(0, 200)))

    def _by_today(self, day: date, working_days: int) -> date:
        return min(CHINA.add(day, working_days) if working_days else CHINA.on_or_after(day), self.today)


def _with_term(body: str, expires_on: object) -> str:
    """Have the text name the last day on which it holds, where one is recorded, and no term otherwise."""
    term = ""
    if isinstance(expires_on, date):
        term = f"，有效期至{expires_on.year}年{expires_on.month}月{expires_on.day}日"
    return body.replace(prose.TERM, term)


_WEIGHTS = {
    "government": 5,
    "office": 4,
    "department": 6,
    "zone": 3,
    "town": 3,
    "street": 2,
    "vertical": 2,
    "enterprise": 1,
}
