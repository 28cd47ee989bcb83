"""The columns of the site that little comes into: a gazette, a clean-up, files, a correction, an old address, items."""

from __future__ import annotations

import csv
import io
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from django.db import transaction

from gongkai.accounts.models import Role
from gongkai.demo.city import trades
from gongkai.demo.paperwork import attached
from gongkai.demo.present import before
from gongkai.demo.sizes import YEAR
from gongkai.law.calendar import CHINA
from gongkai.records.domain import cleanup, draft, gazette, items, publication
from gongkai.records.models import Category, Record, Stage
from gongkai.records.queries.normative import in_force
from gongkai.review.domain import passage
from gongkai.takeover.addresses import Address
from gongkai.takeover.domain import taking
from gongkai.takeover.domain.judging import Judge
from gongkai.takeover.reading.page import OldPage

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from gongkai.accounts.models import User
    from gongkai.demo.city import City, Place
    from gongkai.demo.founding import Cast
    from gongkai.takeover.reading.page import OldFile

THINGS = 7
"""How many things ``show`` makes at most, the lists of items being one."""

_EARLIEST = date(YEAR + 1, 1, 2)
"""No day before it: the figures of ``YEAR`` are set."""
_MOST = 6
"""Documents of an issue, and bodies of a clean-up."""
_KINDS = {"permits": "行政许可", "penalties": "行政处罚", "coercions": "行政强制"}


@cache
def data() -> dict[str, Any]:
    """Return what stands in ``showing.toml``."""
    return tomllib.loads(files("gongkai.demo").joinpath("showing.toml").read_text(encoding="utf-8"))


def show(city: City, cast: Cast, today: date) -> Iterator[int]:
    """Make one thing after the other; yield 1 for each that was made, 0 for what this city has no room for."""
    shower = Shower(city, cast, today)
    acts: list[tuple[Callable[[Place, dict[str, Any]], int], dict[str, Any]]] = [
        *((shower.record, entry) for entry in data()["record"]),
        (shower.clean_up, data()["clean_up"]),
        (shower.gazette, data()["gazette"]),
        (shower.old_address, data()["old"]),
    ]
    for act, entry in acts:
        place = next((place for place in city.places if place.slug == entry["unit"]), None)
        with transaction.atomic():
            yield act(place, entry) if place is not None else 0
    with transaction.atomic():
        yield shower.items(data()["items"])


@dataclass(frozen=True, slots=True)
class Shower:
    """Does what the people of ``city`` do for its rarer columns."""

    city: City
    cast: Cast
    today: date

    def record(self, place: Place, entry: dict[str, Any]) -> int:
        """Publish something with a file, or something that is corrected afterwards."""
        day = self._day(entry["ago"])
        corrected = entry.get("corrected")
        if self._out(place, day) > self.today or (corrected and self._day(corrected["ago"]) <= self._out(place, day)):
            return 0
        author = self.cast.people[place.code, Role.HANDLER]
        fields = {name: value for name, value in entry.items() if isinstance(value, str) and name != "unit"}
        record = draft.draft(
            unit=self.cast.units[place.code], author=author, attribute="proactive", made_on=day, **fields
        )
        if file := entry.get("file"):
            draft.attach(record=record, user=author, data=attached(file["name"], file["lines"]), name=file["name"])
        self._publish(place, record, day)
        if corrected and self._out(place, self._day(corrected["ago"])) <= self.today:
            again = self._day(corrected["ago"])
            head = self.cast.people[place.code, Role.OFFICE_HEAD]
            record = publication.withdraw(record=record, user=head, day=again, reason=corrected["reason"])
            record = publication.reopen(record=record, user=author, day=again)
            body = record.body.replace(corrected["old"], corrected["new"])
            self._publish(place, draft.revise(record=record, user=author, body=body), again)
        return 1

    def clean_up(self, place: Place, entry: dict[str, Any]) -> int:
        """Have some bodies look at what they have in force, and publish the list."""
        opened, decided, closed = (self._day(entry[name]) for name in ("opened", "decided", "closed"))
        if opened >= closed:
            return 0
        living = {self.cast.units[one.code].pk: self.cast.units[one.code] for one in self.city.places}
        having = set(in_force(set(living), opened).values_list("unit", flat=True))
        units = [unit for key, unit in living.items() if key in having][:_MOST]
        if not units:
            return 0
        chief = self.cast.people["", Role.COMPETENT]
        words = {"year": opened.year, "mark": self.city.mark}
        campaign = cleanup.open_campaign(
            lead=self.cast.units[place.code],
            units=units,
            year=opened.year,
            title=entry["title"].format(**words),
            basis=entry["basis"],
            due_on=decided,
            user=chief,
            day=opened,
        )
        lines = list(campaign.lines.select_related("unit").order_by("made_on", "pk"))
        for number, line in enumerate(lines):
            outcome, reason = entry["outcomes"][-1 - number % len(entry["outcomes"])]
            handler = self.cast.people[line.unit.code, Role.HANDLER]
            cleanup.decide(line=line, outcome=outcome, reason=reason, user=handler, day=decided)
        cleanup.close(clean_up=campaign, document=entry["document"].format(**words), user=chief, day=closed)
        return 1

    def gazette(self, place: Place, entry: dict[str, Any]) -> int:
        """Put out an issue with the newest documents of the body that edits it."""
        day = self._day(entry["ago"])
        head = self.cast.people[place.code, Role.OFFICE_HEAD]
        kinds = (Category.NORMATIVE, Category.DOCUMENT, Category.NOTICE)
        found = Record.objects.filter(unit=self.cast.units[place.code], stage=Stage.PUBLISHED, category__in=kinds)
        newest = list(found.filter(published_on__lte=day).order_by("-published_on", "pk")[:_MOST])
        if not newest:
            return 0
        title = entry["title"].format(city=self.city.name)
        about = {"user": head, "day": day}
        issue = gazette.open_issue(unit=self.cast.units[place.code], title=title, year=day.year, number=1, **about)
        for record in newest:
            gazette.place(issue=issue, record=record, **about)
        gazette.distribute(issue=issue, copies=[(name, count) for name, count in entry["copies"]], **about)
        gazette.publish(issue=issue, **about)
        return 1

    def old_address(self, place: Place, entry: dict[str, Any]) -> int:
        """Take a page of an old site over, whose address leads to it from then on."""
        page = OldPage(
            address=Address(entry["site"], entry["path"]),
            place=entry["path"],
            digest="",
            title=entry["title"],
            unit=place.code,
            made_on=entry["published_on"],
            published_on=entry["published_on"],
            body=entry["body"],
        )
        judge = Judge(user=self.cast.people[place.code, Role.OFFICE_HEAD], today=self._day(entry["ago"]))
        site, host = _Pages((page,)), entry["site"]
        taking.take(site=site, host=host, source=entry["source"], basis=entry["basis"], judge=judge)
        return 1

    def items(self, entry: dict[str, Any]) -> int:
        """Read the list of what each department decides on."""
        day = self._day(entry["ago"])
        for place in self.city.places:
            matters = trades().get(place.slug, {})
            rows = [(label, name) for kind, label in _KINDS.items() for name in matters.get(kind, ())]
            if rows:
                user: User = self.cast.people[place.code, Role.HANDLER]
                text = _items_file(rows, place, day, entry["basis"])
                items.read_file(
                    unit=self.cast.units[place.code], data=text, name=f"{place.short}权责事项.csv", user=user, day=day
                )
        return 1

    def _publish(self, place: Place, record: Record, day: date) -> None:
        """Take a draft of ``day`` through its review to the public."""
        author = self.cast.people[place.code, Role.HANDLER]
        review = publication.submit(record=record, user=author, day=day)
        for number, step in enumerate(self.cast.chain(place), 1):
            reviewer = self.cast.people[place.code, step.role]
            passage.approve(review=review, user=reviewer, day=CHINA.add(day, number), opinion="同意")
        out = self._out(place, day)
        publication.publish(record=record, user=author, day=out)
        publication.read_back(record=record, user=author, day=out, is_right=True)

    def _out(self, place: Place, day: date) -> date:
        return CHINA.add(day, len(self.cast.chain(place)) + 1)

    def _day(self, ago: int) -> date:
        return max(CHINA.on_or_after(_EARLIEST), before(self.today, ago))


@dataclass(frozen=True, slots=True)
class _Pages:
    """An old site of which these pages are left, and no files."""

    left: tuple[OldPage, ...]

    def pages(self) -> Generator[OldPage]:
        """Yield the pages."""
        yield from self.left

    def read_file(self, file: OldFile) -> bytes | None:
        """Return nothing: there are no files."""
        del file
        return None


def _items_file(rows: list[tuple[str, str]], place: Place, day: date, basis: str) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(items.HEADER)
    for number, (label, name) in enumerate(rows, 1):
        writer.writerow((label, f"{place.code.replace('-', '')}{number:03}", name, day.isoformat(), "", basis))
    return text.getvalue().encode("utf-8-sig")
