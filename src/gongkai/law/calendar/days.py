"""The calendar itself: prepared arrays over a window of years that grows when a day outside it is asked for.

Counting working days is two look-ups in lists, whatever the distance. A short window (the years one application
touches) keeps the start-up short; a caller that ranges further gets all years at once.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from gongkai.law.calendar.errors import AfterCalendarError, BeforeCalendarError
from gongkai.law.calendar.notices import FIRST_YEAR, SATURDAY, arrangements, computed, last_year, week_reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gongkai.law.calendar.local import LocalRule
    from gongkai.law.calendar.notices import Arrangement

_SHORT_WINDOW = 4
_STATUTE = "《全国年节及纪念日放假办法》"


class DayNote(NamedTuple):
    """What a day is and why.

    ``kind`` is ``working_day``, ``make_up``, ``weekend``, ``holiday``, ``local_off``, ``local_worked`` or
    ``suspended``. ``name`` is the Chinese word for it (the holiday's name), ``reference`` the document it rests on.
    ``provisional`` says that the year has no notice yet.
    """

    day: date
    working: bool
    kind: str
    name: str
    reference: str
    provisional: bool


class Calendar:
    """A calendar of working days. Immutable for its users; two with the same rules give the same answers.

    ``base`` is the ordinal of the window's first day, ``ranks`` the number of working days up to and including each
    day of it, ``days`` its working days, ``provisional_from`` the first day without a notice. ``prepared`` belongs to
    whoever prepares more from these (the clock keeps its due dates there); it is ``None`` again when the window grew.
    """

    __slots__ = ("_hi", "_lo", "_rules", "base", "days", "prepared", "provisional_from", "ranks", "rules")

    def __init__(self, rules: Iterable[LocalRule] = ()) -> None:
        self.rules = tuple(rules)
        self._rules: dict[int, LocalRule] = {
            ordinal: rule for rule in self.rules for ordinal in range(rule.first.toordinal(), rule.last.toordinal() + 1)
        }
        self._lo, self._hi = 0, -1
        self.base = 0
        self.provisional_from = date.max
        self.ranks: list[int] = []
        self.days: list[date] = []
        self.prepared: Any = None

    def with_rules(self, *rules: LocalRule, region: str = "", clock: str = "") -> Calendar:
        """Return a calendar that also keeps those of ``rules`` that hold for ``region`` and ``clock``.

        A later rule overrules an earlier one, and every rule overrules the notices.
        """
        return Calendar((*self.rules, *(rule for rule in rules if rule.holds(region=region, clock=clock))))

    def is_working(self, day: date) -> bool:
        """Tell whether ``day`` counts as a working day."""
        offset = self._offset(day)
        return self.ranks[offset] != (self.ranks[offset - 1] if offset else 0)

    def is_suspended(self, day: date) -> bool:
        """Tell whether a local rule suspends legal periods on ``day``."""
        rule = self._rules.get(day.toordinal())
        return rule is not None and rule.effect == "suspended"

    def count(self, after: date, until: date) -> int:
        """Return the number of working days later than ``after`` and not later than ``until``; 0 if there is none."""
        if until <= after:
            return 0
        self._offset(after)
        end = self._offset(until)
        # Reaching for the end may have grown the window to the left, so the start is looked up again.
        start = self._offset(after)
        return self.ranks[end] - self.ranks[start]

    def add(self, start: date, days: int) -> date:
        """Return the ``days``-th working day after ``start`` (``start`` is not counted); ``days`` ≥ 1."""
        offset = self._offset(start)
        while (rank := self.ranks[offset] + days) > len(self.days):
            self._cover(self._hi + 1)
            offset = self._offset(start)
        return self.days[rank - 1]

    def on_or_after(self, day: date) -> date:
        """Return ``day`` if it is a working day, else the first working day after it."""
        return day if self.is_working(day) else self.add(day, 1)

    def is_provisional(self, day: date) -> bool:
        """Tell whether the notice of the year of ``day`` is still to come."""
        return arrangements(day.year) is None

    def explain(self, day: date) -> DayNote:
        """Say what ``day`` is and by which document."""
        self._offset(day)
        ordinal = day.toordinal()
        provisional = self.is_provisional(day)
        rule = self._rules.get(ordinal)
        if rule is not None:
            kind = {"off": "local_off", "worked": "local_worked", "suspended": "suspended"}[rule.effect]
            return DayNote(day, rule.effect == "worked", kind, rule.name, rule.reference, provisional)
        found = _arranged(day.year).get(ordinal)
        weekend = day.weekday() >= SATURDAY
        if found is None:
            kind, name = ("weekend", "周末") if weekend else ("working_day", "工作日")
            return DayNote(day, not weekend, kind, name, week_reference(), provisional)
        if found.working:
            return DayNote(day, True, "make_up", f"调休上班（{found.name}）", found.reference, provisional)
        return DayNote(day, False, "holiday", found.name, found.reference, provisional)

    def _offset(self, day: date) -> int:
        """Return the place of ``day`` in the prepared lists, growing the window to hold it."""
        if not self._lo <= day.year <= self._hi:
            self._cover(day.year)
        return day.toordinal() - self.base

    def _cover(self, year: int) -> None:
        """Grow the window to hold ``year``; prepare all lists again."""
        if year < FIRST_YEAR:
            raise BeforeCalendarError(
                f"日历从 {FIRST_YEAR} 年开始，没有 {year} 年的放假安排：请核对日期。", article=_STATUTE
            )
        if arrangements(year) is None and computed(year) is None:
            raise AfterCalendarError(
                f"{year} 年的放假安排尚未公布，也超出了可以推算的年份（至 {last_year()} 年）：请核对日期。",
                article=_STATUTE,
            )
        first, last = min(year, self._lo or year), max(year, self._hi)
        if last - first >= _SHORT_WINDOW:
            first, last = FIRST_YEAR, last_year()
        self._prepare(first, last)

    def _prepare(self, first: int, last: int) -> None:
        start = date(first, 1, 1).toordinal()
        ranks: list[int] = []
        days: list[date] = []
        rules = self._rules
        for year in range(first, last + 1):
            arranged = _arranged(year)
            for ordinal in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()):
                if ordinal in rules:
                    working = rules[ordinal].effect == "worked"
                elif ordinal in arranged:
                    working = arranged[ordinal].working
                else:
                    working = (ordinal + 6) % 7 < SATURDAY
                if working:
                    days.append(date.fromordinal(ordinal))
                ranks.append(len(days))
        unpublished = (year for year in range(first, last + 1) if arrangements(year) is None)
        self.provisional_from = date(next(unpublished, last + 1), 1, 1)
        self._lo, self._hi = first, last
        self.base, self.ranks, self.days = start, ranks, days
        self.prepared = None


def _arranged(year: int) -> Mapping[int, Arrangement]:
    """Return what is arranged for the days of ``year``: by its own notices, and by those of the year after."""
    own = arrangements(year)
    if own is None:
        return computed(year) or {}
    return {**own, **(arrangements(year + 1) or {})}


CHINA = Calendar()
"""The calendar of the State Council's notices, without local rules."""
