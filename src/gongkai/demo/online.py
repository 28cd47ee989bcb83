"""What came in from the web: sent by the public's own verbs, taken by the worker's, followed to where it stands today.

Who tries the demonstration follows one of these applications on the portal, with the number and the code that are told.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.applications.domain import allocating
from gongkai.applications.models import ApplicantKind, Application
from gongkai.demo.cases import NOT_ASKED, CasePlanner
from gongkai.demo.present import Desk
from gongkai.intake import codes
from gongkai.intake.domain import following, putting, taking
from gongkai.intake.messages import Asked, CallMe, Confirmed, FoundIt, Rated
from gongkai.intake.models import TrackedCase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from random import Random

    from gongkai.demo.city import City, Place
    from gongkai.demo.founding import Cast
    from gongkai.intake.messages import Message

ASKED = ("shuili", "jiaoyu")
"""The slugs of the bodies that are applied to by turns."""

_FOUND = (9, 6, 6, 2)
"""How many working days ago somebody found what they looked for and applied for nothing."""
_CALLED = "上午方便；眼睛看不清，请读给我听。"
_CONTENT = "文号一查就有，回复得也快。"


@dataclass(frozen=True, slots=True)
class Followed:
    """An application that can be followed: what to see there, and the number and the code to see it with."""

    shows: str
    unit: str
    number: str
    code: str = field(repr=False)


@dataclass(slots=True)
class Visitor:
    """Somebody at the portal who applies to the body of a ``desk``."""

    desk: Desk
    number: str = ""
    code: str = field(default_factory=codes.fresh_code, repr=False)

    def ask(self, ago: int, *, is_taken: bool = True) -> None:
        """Send an application in, that many working days ago; unless ``is_taken`` it still lies in the queue."""
        desk, day, pk = self.desk, self.desk.day(ago), uuid.uuid4()
        self.number = codes.number_of(pk, day)
        request = replace(desk.stock.request(desk.place, day), delivery_form="electronic", delivery_way="online")
        asked = Asked((self._unit,), ApplicantKind.NATURAL_PERSON, (desk.stock.applicant("natural_person"),), request)
        self.send(asked, ago, pk=pk, is_taken=is_taken)

    def confirm(self, ago: int) -> Application:
        """Type the code back, and have an officer of the body take the case on."""
        self.send(Confirmed(), ago)
        case = self.case
        allocating.claim(application=case, user=self.desk.handler, today=self.desk.day(ago))
        return case

    def send(self, message: Message, ago: int, *, pk: uuid.UUID | None = None, is_taken: bool = True) -> None:
        """Put a message into the queue, and have the worker take it on the same day."""
        day, pk = self.desk.day(ago), pk or uuid.uuid4()
        key = codes.key_of(self.number, self.code) if self.number else ""
        putting.put(message=message, today=day, key=key, pk=pk)
        if is_taken:
            taking.take(pk=pk, today=day)

    @property
    def case(self) -> Application:
        """What became of the application."""
        key = codes.key_of(self.number, self.code)
        return Application.objects.select_related("unit").get(tracked__key=key)

    @property
    def _unit(self) -> int:
        return int(self.desk.cast.units[self.desk.place.code].pk)

    def call_me(self, ago: int) -> None:
        """Ask to be called."""
        self.send(CallMe(self._unit, "0599-0000021", "周奶奶", _CALLED), ago)

    def found_it(self, ago: int) -> None:
        """Find it among what is public."""
        self.send(FoundIt(), ago)


def _answered(visitor: Visitor) -> None:
    visitor.ask(12)
    visitor.desk.write(visitor.confirm(12), "answer", 2, mode="electronic", outcome="A1")


def _rated(visitor: Visitor) -> None:
    visitor.ask(15)
    visitor.desk.write(visitor.confirm(14), "answer", 6, mode="electronic", outcome="A1")
    visitor.send(Rated(str(visitor.case.tracked.pk), 5, _CONTENT), 5)


def _to_correct(visitor: Visitor) -> None:
    visitor.ask(6)
    visitor.desk.write(visitor.confirm(6), "correction_notice", 3, mode="electronic", period_days=15)


def _extended(visitor: Visitor) -> None:
    visitor.ask(25)
    visitor.desk.write(visitor.confirm(25), "extension", 8, mode="electronic", days=20)


def _late(visitor: Visitor) -> None:
    visitor.ask(24)
    visitor.confirm(23)


def _running(visitor: Visitor) -> None:
    visitor.ask(5)
    visitor.confirm(5)


def _unconfirmed(visitor: Visitor) -> None:
    visitor.ask(1)


_SCENES = (
    ("已答复，答复书可下载，可评价", _answered),
    ("等待补正，可在网上补正", _to_correct),
    ("办理中，应答复日及其计算", _running),
    ("已延期", _extended),
    ("逾期未答复", _late),
    ("已答复，已评价", _rated),
    ("已提交，待确认收到", _unconfirmed),
)
"""What can be followed, the one to try first at the head; what an officer has to do with it lies on a desk as well."""

MADE = len(_SCENES) + 1
"""In how many steps it is made."""


def come_in(city: City, cast: Cast, today: date, random: Random, told: list[Followed]) -> Iterator[int]:
    """Have everything sent in and dealt with; yield 1 for each step, and put what can be followed into ``told``."""
    places = asked(city)

    def visitor(number: int) -> Visitor:
        stock = CasePlanner(city, random, _persons=4000 + number)
        return Visitor(Desk(places[number % len(places)], cast, today, stock))

    for number, (shows, scene) in enumerate(_SCENES):
        with transaction.atomic():
            one = visitor(number)
            scene(one)
            told.append(Followed(shows, one.desk.place.short, one.number, codes.grouped(one.code)))
        yield 1
    with transaction.atomic():
        for ago in _FOUND:
            visitor(0).found_it(ago)
        visitor(0).call_me(1)
        # These lie in the queue until there is a worker: who starts the server sees them arrive.
        for number in range(len(places)):
            visitor(len(_SCENES) + number).ask(0, is_taken=False)
        for case in TrackedCase.objects.all():
            following.refresh(pk=case.pk, today=today)
    yield 1


def asked(city: City) -> list[Place]:
    """Return the bodies of ``city`` that are applied to: its first one, where it has none of them."""
    found = [place for place in city.places if place.slug in ASKED]
    return found or [place for place in city.places if place.kind not in NOT_ASKED][:1]
