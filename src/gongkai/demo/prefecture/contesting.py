"""Letting answers of 2019 be contested, with as many ends of each kind as table 四 of the report says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.models import Role
from gongkai.applications.domain import entering as application_entering
from gongkai.applications.models import Application, Stage
from gongkai.demo.prefecture.figures import YEAR
from gongkai.law.calendar import CHINA
from gongkai.remedies.domain import entering, registering
from gongkai.remedies.domain.registering import Contested, Notice
from gongkai.remedies.models import RemedyKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from gongkai.accounts.models import User
    from gongkai.demo.city import City, Place
    from gongkai.demo.founding import Cast
    from gongkai.demo.prefecture.figures import Figures
    from gongkai.remedies.models import Remedy
    from gongkai.units.models import Unit

_REFUSALS = frozenset({"N2", "N4", "N5", "N6", "N7", "P"})
_RESULTS = {
    RemedyKind.RECONSIDERATION: {
        "upheld": ("upheld", "upheld", "upheld", "claims_rejected"),
        "corrected": ("illegal", "revoked_answer_again", "revoked"),
        "other": ("withdrawn", "settled"),
    },
    RemedyKind.DIRECT: {
        "upheld": ("claims_rejected",),
        "corrected": ("illegal", "revoked_answer_again", "revoked"),
        "other": ("withdrawn", "rejected"),
    },
    RemedyKind.AFTER: {"upheld": ("claims_rejected",), "corrected": ("revoked", "illegal"), "other": ("withdrawn",)},
}
_UPHELD = frozenset({"upheld", "claims_rejected"})
_ORDERS = "revoked_answer_again"
_LOT = 10
_PROVINCE = "东岚省人民政府"
_LAST_EARLY, _LAST, _LAST_LATE = date(YEAR, 4, 20), date(YEAR, 8, 31), date(YEAR, 11, 15)
"""The last days on which an answer was given that is contested twice, once, or still contested at the end of year."""


@dataclass(slots=True)
class _Case:
    """A case of the plan: its kind, the result it comes to, ``""`` while it is pending at the end of the year."""

    kind: RemedyKind
    result: str
    follows: _Case | None = None
    made: Remedy | None = None


@dataclass(slots=True)
class Contest:
    """Contests answers; every verb is called as of the day on which it was done."""

    city: City
    cast: Cast
    random: Random
    figures: Figures
    _places: dict[str, Place] = field(init=False)
    _answered: list[Application] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._places = {place.code: place for place in self.city.places}

    def run(self) -> Iterator[int]:
        """Contest what the figures say; yield how many cases each lot made."""
        found = Application.objects.filter(stage=Stage.ANSWERED, ended_on__year=YEAR, is_secret=False)
        self._answered = list(found.select_related("unit").order_by("ended_on", "pk"))
        first = self._cases(RemedyKind.RECONSIDERATION)
        concluded = sorted((case for case in first if case.result), key=lambda case: case.result not in _UPHELD)
        after = sorted(self._cases(RemedyKind.AFTER), key=lambda case: not case.result)
        for case, earlier in zip(after, concluded, strict=False):
            case.follows = earlier
        twice = {id(case.follows) for case in after if case.result}
        first.sort(key=lambda case: (not case.result, id(case) not in twice))
        # Who sues after a reconsideration does it after it: first come the reconsiderations.
        planned = [*first, *after, *self._cases(RemedyKind.DIRECT)]
        for start in range(0, len(planned), _LOT):
            lot = planned[start : start + _LOT]
            with transaction.atomic():
                for case in lot:
                    if case.follows is not None:
                        self._sue_after(case)
                    elif case.kind == RemedyKind.RECONSIDERATION:
                        self._reconsider(case, _LAST_EARLY if id(case) in twice else _LAST)
                    else:
                        self._sue(case)
            yield len(lot)

    def _cases(self, kind: RemedyKind) -> list[_Case]:
        columns = self.figures.remedies[kind]
        results = [
            words[number % len(words)]
            for column, words in _RESULTS[kind].items()
            for number in range(columns.get(column, 0))
        ]
        return [_Case(kind, result) for result in [*results, *[""] * columns.get("pending", 0)]]

    def _reconsider(self, case: _Case, last: date) -> None:
        if not case.result:
            application = self._take(date(YEAR, 10, 1), date(YEAR, 11, 29))
            notified = CHINA.on_or_after(date(YEAR, 12, 9))
        else:
            application = self._take(date(YEAR, 1, 10), last)
            notified = self._later(application.ended_on, 15, 40)
        unit = application.unit
        case.made = self._register(case, application, notified, self._superior(unit))
        self._answer(case.made, CHINA.add(notified, 8))
        self._decide(case, self._later(notified, 30, 50) if case.result else date(YEAR + 1, 2, 14))

    def _sue_after(self, case: _Case) -> None:
        earlier = case.follows.made
        assert earlier is not None
        notified = self._later(earlier.ended_on, 12, 25)
        case.made = self._register(case, earlier.application, notified, self._court(earlier.unit), follows=earlier)
        self._answer(case.made, notified + timedelta(days=13))
        self._decide(case, self._later(notified, 50, 80) if case.result else date(YEAR + 1, 4, 15))

    def _sue(self, case: _Case) -> None:
        application = self._take(date(YEAR, 1, 10), _LAST) if case.result else self._take(_LAST, _LAST_LATE)
        notified = self._later(application.ended_on, 15, 30)
        case.made = self._register(case, application, notified, self._court(application.unit))
        self._answer(case.made, notified + timedelta(days=13))
        self._decide(case, self._later(notified, 50, 80) if case.result else date(YEAR + 1, 4, 20))

    def _take(self, first: date, last: date) -> Application:
        """Draw an answer given in a period that nobody has contested yet."""
        possible = [number for number, one in enumerate(self._answered) if first <= one.ended_on <= last]
        return self._answered.pop(self.random.choice(possible))

    def _register(
        self, case: _Case, application: Application, notified: date, body: str, follows: Remedy | None = None
    ) -> Remedy:
        ground = "refusal" if application.outcome in _REFUSALS else "not_provided"
        return registering.register(
            unit=application.unit,
            kind=case.kind,
            body=body,
            notice=Notice(notified, filed_on=notified - timedelta(days=7), accepted_on=notified - timedelta(days=2)),
            contested=Contested(ground, application),
            user=self._handler(application.unit),
            today=notified,
            claims="请求撤销答复，责令重新答复。",
            follows=follows,
        )

    def _answer(self, remedy: Remedy, day: date) -> None:
        day = CHINA.on_or_after(day)
        user = self._handler(remedy.unit)
        entering.enter(remedy=remedy, kind="answered", day=day, user=user, today=day, with_evidence=True)

    def _decide(self, case: _Case, day: date) -> None:
        remedy, user = case.made, None if case.made is None else self._handler(case.made.unit)
        assert remedy is not None
        day = CHINA.on_or_after(day)
        # What was pending at the end of the year came to nothing in the next.
        result = case.result or ("upheld" if case.kind == RemedyKind.RECONSIDERATION else "claims_rejected")
        kind = result if result in {"withdrawn", "settled"} else "decided"
        params: dict[str, object] = {"result": result, "served": day} if kind == "decided" else {}
        if result == _ORDERS:
            params["until"] = CHINA.add(day, 15)
        entering.enter(remedy=remedy, kind=kind, day=day, user=user, today=day, **params)
        if result == _ORDERS:
            again = CHINA.add(day, 9)
            application = remedy.application
            application_entering.enter(
                application=application, kind="answer", day=again, user=user, today=again, mode="posted", outcome="A2"
            )
        remedy.refresh_from_db()

    def _later(self, day: date, least: int, most: int) -> date:
        return CHINA.on_or_after(day + timedelta(days=self.random.randint(least, most)))

    def _superior(self, unit: Unit) -> str:
        place = self._places[unit.code]
        return self._places[place.below].name if place.below else _PROVINCE

    def _court(self, unit: Unit) -> str:
        return "岚州市中级人民法院" if unit.kind == "government" else "岚前区人民法院"

    def _handler(self, unit: Unit) -> User:
        return self.cast.people[unit.code, Role.HANDLER]
