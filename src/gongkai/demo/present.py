"""What lies on the desks today: a case in every state that asks something of somebody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.models import Role
from gongkai.applications.domain import (
    allocating,
    confirming,
    entering,
    guiding,
    inquiring,
    letters_sending,
    papers,
    receiving,
)
from gongkai.applications.domain.receiving import Arrival
from gongkai.applications.kinds import CHANNEL_OF
from gongkai.applications.models import Application, Medium, PaperKind
from gongkai.demo import beside
from gongkai.demo.cases import NOT_ASKED, CasePlanner
from gongkai.demo.correspondence import Correspondence
from gongkai.demo.paperwork import scanned_form
from gongkai.law.calendar import CHINA
from gongkai.law.clock.events import CONFIRMED
from gongkai.remedies.domain import entering as remedies
from gongkai.remedies.domain import registering
from gongkai.remedies.domain.registering import Contested, Notice
from gongkai.remedies.models import RemedyKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from gongkai.accounts.models import User
    from gongkai.applications.models import Letter
    from gongkai.demo.city import City, Place
    from gongkai.demo.founding import Cast

SHOWN = ("HL-016", "HL-004", "HL-002", "HL-031", "HL-044")
"""The bodies whose accounts are printed: what is under way lies with them."""


def before(today: date, days: int) -> date:
    """Return the working day that lies ``days`` working days before ``today``, or the last one for none."""
    day = today
    while CHINA.count(day, today) < days or not CHINA.is_working(day):
        day -= timedelta(days=1)
    return day


def lay_out(city: City, cast: Cast, today: date, random: Random) -> Iterator[int]:
    """Make the cases of today, one after the other; yield one for each."""
    asked = [place for place in city.places if place.kind not in NOT_ASKED]
    places = [place for place in asked if place.code in SHOWN] or asked
    for number, scene in enumerate(SCENES):
        with transaction.atomic():
            scene(Desk(places[number % len(places)], cast, today, CasePlanner(city, random, _persons=3000 + number)))
        yield 1


@dataclass(slots=True)
class Desk:
    """The desk of one body, on which one case is laid out."""

    place: Place
    cast: Cast
    today: date
    stock: CasePlanner

    @property
    def handler(self) -> User:
        """Whoever works on it."""
        return self.cast.people[self.place.code, Role.HANDLER]

    @property
    def office(self) -> Correspondence:
        """Where its letters are written."""
        return Correspondence(self.place, self.cast)

    def day(self, days: int) -> date:
        """Return the working day that many before today."""
        return before(self.today, days)

    def receive(self, days: int, medium: str = Medium.COUNTER, *, claims: bool = True) -> Application:
        """Receive a case that many working days ago, confirmed the same day where that is needed."""
        day = self.day(days)
        applicant = self.stock.applicant("natural_person")
        request = replace(self.stock.request(self.place, day), delivery_way="post")
        application = receiving.receive(
            unit=self.cast.units[self.place.code],
            arrival=Arrival(medium, day),
            applicant_kind="natural_person",
            applicants=[applicant],
            request=request,
            user=self.handler,
            today=day,
        )
        papers.add(
            application=application,
            kind=PaperKind.FORM,
            data=scanned_form(self.place.name, applicant, request, day),
            name="申请表.jpg",
            user=self.handler,
            today=day,
        )
        if claims and CONFIRMED[CHANNEL_OF[medium]]:
            confirming.confirm(application=application, day=day, way="电话", user=self.handler, today=day)
        if claims:
            allocating.claim(application=application, user=self.handler, today=day)
        return Application.objects.select_related("unit").get(pk=application.pk)

    def enter(self, application: Application, kind: str, ago: int, /, **params: object) -> None:
        """Enter an event that many working days ago."""
        day = self.day(ago)
        entering.enter(application=application, kind=kind, day=day, user=self.handler, today=day, **params)

    def write(
        self, application: Application, event: str, ago: int, /, mode: str = "posted", **params: object
    ) -> Letter:
        """Send a letter that many working days ago."""
        return self.office.send(application, event, self.day(ago), mode, **params)

    def consult(self, application: Application, days: int) -> Letter:
        """Ask a third party that many working days ago."""
        day = self.day(days)
        party = inquiring.name_consultee(
            application=application, kind="third_party", name="澜江建材有限公司", user=self.handler, today=day
        )
        return self.write(application, "third_party_sent", days, consultee=party)


def _unconfirmed(desk: Desk) -> None:
    desk.receive(1, Medium.WEB_FORM, claims=False)


def _unreachable(desk: Desk) -> None:
    application = desk.receive(3, Medium.FAX, claims=False)
    confirming.attempt(
        application=application,
        day=desk.day(3),
        way="电话",
        result="两次拨打无人接听",
        user=desk.handler,
        today=desk.day(3),
    )


def _fresh(desk: Desk) -> None:
    application = desk.receive(1, claims=False)
    guiding.ask(
        application=application,
        title="一份申请表列了三项内容，能否要求拆分",
        question="申请表把三份不相干的文件写在一起，能否按一事一申请办理？",
        user=desk.handler,
        today=desk.day(1),
    )


def _soon(desk: Desk) -> None:
    desk.receive(18)


def _today(desk: Desk) -> None:
    desk.receive(20, Medium.REGISTERED_POST)


def _overdue(desk: Desk) -> None:
    desk.receive(22)


def _awaiting_correction(desk: Desk) -> None:
    desk.write(desk.receive(6, Medium.WEB_FORM), "correction_notice", 3, period_days=10)


def _lapsed(desk: Desk) -> None:
    desk.write(desk.receive(30), "correction_notice", 26, period_days=15)


def _consulting(desk: Desk) -> None:
    desk.consult(desk.receive(10), 6)


def _silent(desk: Desk) -> None:
    letter = desk.consult(desk.receive(28), 24)
    letters_sending.deliver(letter=letter, day=desk.day(21), user=desk.handler, today=desk.day(21))


def _extended(desk: Desk) -> None:
    desk.write(desk.receive(25, Medium.EMAIL), "extension", 8, days=20)


def _reasons(desk: Desk) -> None:
    desk.write(desk.receive(8), "reasons_requested", 3)


def _fee(desk: Desk) -> None:
    desk.enter(desk.receive(9), "fee_notice", 4, amount=300, schedule="pages", count=60)


def _in_review(desk: Desk) -> None:
    desk.office.submitted(desk.receive(9), "answer", desk.day(1), outcome="A2")


def _to_seal(desk: Desk) -> None:
    desk.office.approved(desk.receive(12), "answer", desk.day(0), outcome="P")


def _to_send(desk: Desk) -> None:
    desk.office.sealed(desk.receive(11), "answer", desk.day(0), outcome="U1b")


def _on_its_way(desk: Desk) -> None:
    desk.write(desk.receive(14), "answer", 2, outcome="A1")


def _came_back(desk: Desk) -> None:
    letter = desk.write(desk.receive(16), "answer", 6, outcome="A2")
    day = desk.day(1)
    letters_sending.mail_returned(letter=letter, day=day, reason="收件人电话无人接听", user=desk.handler, today=day)


def _to_answer_again(desk: Desk) -> None:
    application = desk.receive(70)
    desk.write(application, "answer", 60, outcome="N5")
    application.refresh_from_db()
    notified = desk.day(45)
    remedy = registering.register(
        unit=application.unit,
        kind=RemedyKind.RECONSIDERATION,
        body="海岚市人民政府",
        notice=Notice(notified, filed_on=notified - timedelta(days=6), accepted_on=notified - timedelta(days=2)),
        contested=Contested("refusal", application),
        user=desk.handler,
        today=notified,
        claims="请求撤销答复，责令重新答复。",
    )
    answered, decided = desk.day(38), desk.day(4)
    remedies.enter(remedy=remedy, kind="answered", day=answered, user=desk.handler, today=answered, with_evidence=True)
    remedies.enter(
        remedy=remedy,
        kind="decided",
        day=decided,
        user=desk.handler,
        today=decided,
        result="revoked_answer_again",
        served=decided,
        until=CHINA.add(decided, 20),
    )


def _to_defend(desk: Desk) -> None:
    application = desk.receive(40)
    desk.write(application, "answer", 25, outcome="U2")
    application.refresh_from_db()
    notified = desk.day(3)
    registering.register(
        unit=application.unit,
        kind=RemedyKind.RECONSIDERATION,
        body="海岚市人民政府",
        notice=Notice(notified, filed_on=notified - timedelta(days=5), accepted_on=notified - timedelta(days=1)),
        contested=Contested("not_provided", application),
        user=desk.handler,
        today=notified,
    )


SCENES: tuple[Callable[[Desk], None], ...] = (
    _unconfirmed,
    _unreachable,
    _fresh,
    _soon,
    _today,
    _overdue,
    _awaiting_correction,
    _lapsed,
    _consulting,
    _silent,
    _extended,
    _reasons,
    _fee,
    _in_review,
    _to_seal,
    _to_send,
    _on_its_way,
    _came_back,
    _to_answer_again,
    _to_defend,
    *beside.SCENES,
)
"""What is laid out, in this order, on the desks by turns."""
