"""What the city shows on its site besides its documents: topics, rules, the first page, key areas, the directory."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from django.db import transaction

from gongkai.accounts.models import Role
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

    def furnish(self) -> Iterator[int]:
        """Make everything; yield 1 for each thing made."""
        with transaction.atomic():
            areas.set_usual(user=self.cast.people["", Role.COMPETENT], day=self.today)
        for place in self.city.places:
            with transaction.atomic():
                yield self._budget(place)
        for entry in data()["news"]:
            with transaction.atomic():
                yield self._news(entry)
        for entry in data()["page"]:
            with transaction.atomic():
                yield self._page(entry)
        for window, (code, items) in enumerate(data()["services"]["items"].items(), 1):
            with transaction.atomic():
                yield self._services(code, items, window)

    def _budget(self, place: Place) -> int:
        """Publish the budget of a body for the year of ``today``, unless it is late or the year too young."""
        if place.kind not in _PAID or place.code in data()["budget"]["late"]:
            return 0
        words = {"unit": place.name, "year": self.today.year}
        return self._record(
            place.code,
            self.today.replace(month=_BUDGETS[0], day=_BUDGETS[1]),
            title=data()["budget"]["title"].format(**words),
            body=data()["budget"]["body"].format(**words),
            subject="财政、金融、审计/财政",
            scope_item="20.07",
            keywords="部门预算",
        )

    def _news(self, entry: dict[str, str]) -> int:
        """Publish something of this year, so that the newest of the site is not of last year."""
        if entry["unit"] not in self.cast.units:
            return 0
        fields = {name: value for name, value in entry.items() if name not in {"unit", "day"}}
        drafted = date.fromisoformat(f"{self.today.year}-{entry['day']}")
        return self._record(entry["unit"], drafted, category=Category.NOTICE, **fields)

    def _record(self, code: str, day: date, **fields: object) -> int:
        """Take a document from its draft of about ``day`` to the public, if that lies before ``today``."""
        drafted = CHINA.on_or_after(day)
        steps = self.cast.chain(next(place for place in self.city.places if place.code == code))
        out = CHINA.add(drafted, len(steps) + 1)
        if out > self.today:
            return 0
        author = self.cast.people[code, Role.HANDLER]
        ordinary = {"category": Category.OTHER, "attribute": Attribute.PROACTIVE, "made_on": drafted}
        record = draft.draft(unit=self.cast.units[code], author=author, **(ordinary | fields))
        review = publication.submit(record=record, user=author, day=drafted)
        for number, step in enumerate(steps, 1):
            reviewer = self.cast.people[code, step.role]
            passage.approve(review=review, user=reviewer, day=CHINA.add(drafted, number), opinion="同意")
        publication.publish(record=record, user=author, day=out)
        publication.read_back(record=record, user=author, day=out, is_right=True)
        return 1

    def _page(self, entry: dict[str, Any]) -> int:
        code = entry["unit"]
        begins_on, ends_on = self._day(entry.get("begins")), self._day(entry.get("ends"))
        day = begins_on - timedelta(days=6) if begins_on else self.today.replace(month=1, day=1)
        if code not in self.cast.units or (begins_on and begins_on > self.today):
            return 0
        author = self.cast.people[code, Role.HANDLER]
        by_slug = {name: Page.objects.get(slug=entry[name]) for name in ("parent", "shows") if name in entry}
        page = pages.draft(
            unit=self.cast.units[code],
            user=author,
            day=day,
            kind=entry["kind"],
            slug=entry["slug"],
            title=entry["title"],
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

    def _services(self, code: str, items: list[list[str]], window: int) -> int:
        if code not in self.cast.units:
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
