"""What the city shows on its site besides its documents: topics, rules, the first page, key areas, the directory."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from django.db import transaction

from gongkai.accounts.models import Role
from gongkai.demo.bulk import in_bulk
from gongkai.demo.plan import Fate, Planned
from gongkai.law.calendar import CHINA
from gongkai.portal.domain import areas, pages, publishing, services
from gongkai.portal.domain.trace import PAGE
from gongkai.portal.models import Page
from gongkai.portal.subject import PRESET
from gongkai.records.domain import draft, publication
from gongkai.records.models import Attribute, Category, Record, Stage
from gongkai.review.domain import passage
from gongkai.review.models import Review, ReviewState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.demo.city import City, Place
    from gongkai.demo.founding import Cast

_BUDGETS = (1, 20)
"""The day of January on which the budgets of a year are drafted."""
_LISTED = (1, 5)
_PAID = ("government", "office", "department", "town", "street")
"""The kinds of body that the treasury pays: their budgets are public."""
_MOST_DOCUMENTS = 5
_ORDINARY = {"category": Category.OTHER, "attribute": Attribute.PROACTIVE}


@cache
def data() -> dict[str, Any]:
    """Return what stands in ``site.toml``."""
    return tomllib.loads(files("gongkai.demo").joinpath("site.toml").read_text(encoding="utf-8"))


@dataclass(slots=True)
class Furnisher:
    """Does what the people of the city do with its site."""

    city: City
    cast: Cast
    today: date
    codes: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Know the bodies by their slugs, by which ``site.toml`` names them: every city has codes of its own."""
        self.codes = {place.slug: place.code for place in self.city.places}

    def furnish(self) -> Iterator[int]:
        """Make everything; yield 1 for each thing made."""
        with transaction.atomic():
            areas.set_usual(user=self.cast.people["", Role.COMPETENT], day=self.today)
        yield from in_bulk([budget for place in self.city.places if (budget := self._budget(place))], self.cast)
        for entry in data()["news"]:
            with transaction.atomic():
                yield self._news(entry)
        for entry in data()["page"]:
            with transaction.atomic():
                yield self._page(entry)
        for window, (slug, items) in enumerate(data()["services"]["items"].items(), 1):
            with transaction.atomic():
                yield self._services(slug, items, window)

    def _budget(self, place: Place) -> Planned | None:
        """Plan the budget of a body for the year of ``today``, unless it is late or the year too young."""
        if place.kind not in _PAID or place.slug in data()["budget"]["late"]:
            return None
        drafted, steps, out = self._course(place, self.today.replace(month=_BUDGETS[0], day=_BUDGETS[1]))
        if out > self.today:
            return None
        words = {"unit": place.name, "year": self.today.year}
        fields = _ORDINARY | {
            "made_on": drafted,
            "title": data()["budget"]["title"].format(**words),
            "body": data()["budget"]["body"].format(**words),
            "subject": "财政、金融、审计/财政",
            "scope_item": "20.07",
            "keywords": "部门预算",
        }
        return Planned(place, fields, Fate.PUBLISHED, drafted, steps, published_on=out, read_back_on=out)

    def _course(self, place: Place, day: date) -> tuple[date, tuple[date, ...], date]:
        """Return when a document of about ``day`` is drafted, when each step of its review is, and when it is out."""
        drafted = CHINA.on_or_after(day)
        count = len(self.cast.chain(place))
        return drafted, tuple(CHINA.add(drafted, n) for n in range(1, count + 1)), CHINA.add(drafted, count + 1)

    def _news(self, entry: dict[str, str]) -> int:
        """Publish something of this year, so that the newest of the site is not of last year."""
        code = self.codes.get(entry["unit"])
        if code is None:
            return 0
        fields = {name: value for name, value in entry.items() if name not in {"unit", "day"}}
        drafted = date.fromisoformat(f"{self.today.year}-{entry['day']}")
        return self._record(code, drafted, category=Category.NOTICE, **fields)

    def _record(self, code: str, day: date, **fields: object) -> int:
        """Take a document from its draft of about ``day`` to the public, if that lies before ``today``."""
        place = next(place for place in self.city.places if place.code == code)
        drafted, steps, out = self._course(place, day)
        if out > self.today:
            return 0
        author = self.cast.people[code, Role.HANDLER]
        record = draft.draft(unit=self.cast.units[code], author=author, **(_ORDINARY | {"made_on": drafted} | fields))
        review = publication.submit(record=record, user=author, day=drafted)
        for step, decided in zip(self.cast.chain(place), steps, strict=True):
            passage.approve(review=review, user=self.cast.people[code, step.role], day=decided, opinion="同意")
        publication.publish(record=record, user=author, day=out)
        publication.read_back(record=record, user=author, day=out, is_right=True)
        return 1

    def _page(self, entry: dict[str, Any]) -> int:
        code = self.codes.get(entry["unit"])
        begins_on, ends_on = self._day(entry.get("begins")), self._day(entry.get("ends"))
        day = begins_on - timedelta(days=6) if begins_on else self.today.replace(month=1, day=1)
        if code is None or (begins_on and begins_on > self.today):
            return 0
        author = self.cast.people[code, Role.HANDLER]
        by_slug = {name: Page.objects.get(slug=entry[name]) for name in ("parent", "shows") if name in entry}
        page = pages.draft(
            unit=self.cast.units[code],
            user=author,
            day=day,
            kind=entry["kind"],
            slug=entry["slug"],
            title=entry["title"].format(city=self.city.name),
            summary=entry["summary"],
            body=entry.get("body", ""),
            records=self._documents(entry.get("documents")),
            purpose=entry.get("purpose", ""),
            responsible=author.name if "purpose" in entry else "",
            begins_on=begins_on,
            ends_on=ends_on,
            **by_slug,
        )
        publishing.submit(page=page, user=author, day=day)
        if entry.get("state") == "submitted":
            return 1
        review = Review.objects.get(kind=PAGE, key=page.pk, state=ReviewState.OPEN)
        for step in PRESET:
            person = self.cast.people["" if step.role == Role.COMPETENT else code, step.role]
            passage.approve(review=review, user=person, day=day, opinion="同意")
        publishing.publish(page=page, user=author, day=begins_on or day)
        return 1

    def _services(self, slug: str, items: list[list[str]], window: int) -> int:
        code = self.codes.get(slug)
        if code is None:
            return 0
        stock, day = data()["services"], self.today.replace(month=_LISTED[0], day=_LISTED[1])
        made = []
        for number, (name, basis, conditions, materials, process, limit, fee) in enumerate(items, 1):
            item = f"{code.replace('-', '')}{number:04}"
            made.append(
                services.write(
                    user=self.cast.people[code, Role.HANDLER],
                    day=day,
                    unit=self.cast.units[code],
                    code=item,
                    name=name,
                    basis=basis,
                    conditions=conditions,
                    materials=materials.replace("；", "\n"),
                    process=stock[process].replace("；", "\n"),
                    time_limit=limit,
                    fee=fee,
                    place=stock["place"].format(city=self.city.name, window=window),
                    telephone=stock["telephone"],
                    link=stock["link"].format(code=item),
                )
            )
        services.list_waiting(user=self.cast.people[code, Role.OFFICE_HEAD], day=day, services=made)
        return len(made)

    def _documents(self, keyword: str | None) -> list[int]:
        if keyword is None:
            return []
        found = Record.objects.filter(keywords=keyword, stage=Stage.PUBLISHED, category=Category.NORMATIVE)
        return list(found.order_by("-published_on", "pk").values_list("pk", flat=True)[:_MOST_DOCUMENTS])

    def _day(self, text: str | None) -> date | None:
        return date.fromisoformat(f"{self.today.year}-{text}") if text else None


def furnish(city: City, cast: Cast, today: date) -> Iterator[int]:
    """Make what the site shows; yield how many things each lot made."""
    yield from Furnisher(city, cast, today).furnish()


def things(city: City) -> int:
    """Return how many things ``furnish`` makes at most."""
    stock = data()
    listed = sum(map(len, stock["services"]["items"].values()))
    return len(city.places) + len(stock["page"]) + len(stock["news"]) + listed
