"""What the documents of the prefecture-level city are to be: those of 2019, and the older ones still in force."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from gongkai.demo.plan import Draw, Ending, Fate, Planner
from gongkai.demo.prefecture.figures import YEAR
from gongkai.law.calendar import CHINA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.demo.city import Place
    from gongkai.demo.plan import Planned
    from gongkai.demo.prefecture.figures import Figures, Stock

_WEIGHTS = {"government": 6, "office": 5, "department": 4, "zone": 3, "town": 2, "street": 2}
_ON_REQUEST = 0.35
"""How many of the documents that are not published are given on request."""
_OLDEST = 2012


@dataclass(slots=True)
class PaperPlanner(Planner):
    """Draws the documents of ``city`` as ``figures`` count them, all of them finished on ``today``.

    ``size`` is not used: the figures say how large the city is.
    """

    figures: Figures = field(kw_only=True)
    _makers: dict[bool, tuple[list[Place], list[int]]] = field(default_factory=dict)

    def plan(self) -> list[Planned]:
        """Return all documents in the order of the days on which they begin their way."""
        draws = [*self._stock("rules", self.figures.rules), *self._stock("normative", self.figures.normative)]
        draws += self._of_year(len([draw for draw in draws if draw.made_on.year == YEAR]))
        draws.sort(key=lambda draw: (draw.made_on, draw.place.code, draw.sort))
        planned = [self._planned(draw) for draw in draws]
        planned.sort(key=lambda one: one.submitted_on or one.fields["made_on"])
        return planned

    def _stock(self, sort: str, stock: Stock) -> Iterator[Draw]:
        """Yield the rules, which the government alone makes, or the normative documents."""
        places = self.city.places[:1] if sort == "rules" else self.city.places
        endings: list[Ending | None] = [self._ending(YEAR) for _ in range(stock.ended)]
        endings += [None] * (stock.before - stock.ended)
        for ending in endings:
            yield Draw(*self._named(sort, places, self.random.randint(_OLDEST, YEAR - 1)), ending=ending)
        for _ in range(stock.made):
            yield Draw(*self._named(sort, places, YEAR))

    def _of_year(self, formal: int) -> Iterator[Draw]:
        for number in range(self.figures.proactive - formal):
            yield Draw(*self._named("document" if number % 3 else "notice", self.city.places, YEAR))
        for _ in range(self.figures.made - self.figures.proactive):
            sort = "on_request" if self.random.random() < _ON_REQUEST else "withheld"
            yield Draw(*self._named(sort, self.city.places, YEAR), fate=Fate.FILED)

    def _made(self, places: list[Place] | tuple[Place, ...], year: int) -> tuple[Place, date]:
        if len(places) == 1:
            place = places[0]
        else:
            existing, weights = self._existing(with_new=year >= self.city.reform.year)
            place = self.random.choices(existing, cum_weights=weights)[0]
        first = self.city.reform + timedelta(days=14) if place.is_new and year == YEAR else date(year, 1, 8)
        while True:
            day = first + timedelta(days=self.random.randint(0, (date(year, 12, 13) - first).days))
            if CHINA.is_working(day):
                return place, day

    def _existing(self, *, with_new: bool) -> tuple[list[Place], list[int]]:
        if with_new not in self._makers:
            places = [place for place in self.city.places if with_new or not place.is_new]
            self._makers[with_new] = places, list(accumulate(_WEIGHTS[place.kind] for place in places))
        return self._makers[with_new]
