"""Letting the planned applications happen, each by the verbs that people use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from gongkai.accounts.models import Role
from gongkai.applications.domain import (
    allocating,
    confirming,
    entering,
    inquiring,
    letters_sending,
    papers,
    receiving,
    secrecy,
)
from gongkai.applications.domain.receiving import Arrival
from gongkai.applications.kinds import CHANNEL_OF
from gongkai.applications.models import LetterState, PaperKind
from gongkai.demo.cases import data
from gongkai.demo.correspondence import LETTER_OF, Correspondence
from gongkai.demo.paperwork import scanned_form
from gongkai.demo.sizes import YEAR
from gongkai.law.calendar import CHINA
from gongkai.law.clock.events import CONFIRMED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from random import Random

    from gongkai.applications.models import Application, Consultee, Letter
    from gongkai.demo.cases import PlannedCase
    from gongkai.demo.founding import Cast

_LOT = 20
"""Cases of one transaction: a commit costs more than an event."""


def happen(planned: Sequence[PlannedCase], cast: Cast, random: Random, *, writing_from: int = YEAR) -> Iterator[int]:
    """Let ``planned`` happen; yield how many each lot made.

    Cases received from the year ``writing_from`` on have their letters; of those before, the answers are on record.
    """
    for start in range(0, len(planned), _LOT):
        lot = planned[start : start + _LOT]
        with transaction.atomic():
            for case in lot:
                Handling(case, cast, random, writes=case.received.year >= writing_from).through()
        yield len(lot)


class Handling:
    """One case from its receipt to its end. Every verb is called as of the day on which it was done."""

    def __init__(self, case: PlannedCase, cast: Cast, random: Random, *, writes: bool) -> None:
        self.case, self.random = case, random
        self.office = Correspondence(case.place, cast) if writes else None
        self.unit = cast.units[case.place.code]
        self.handler = cast.people[case.place.code, Role.HANDLER]
        self.head = cast.people[case.place.code, Role.OFFICE_HEAD]
        self.day = case.received
        self.ends = case.ended_on
        self.consultee: Consultee | None = None
        self.letter: Letter | None = None
        self.application: Application = self._receive()

    def through(self) -> Application:
        """Do everything that happens between receipt and end, then end it."""
        case = self.case
        started = self._confirm()
        allocating.claim(application=self.application, user=self.handler, today=started)
        self.file()
        if case.corrected:
            self._correct(started)
        if case.extended:
            self._at(CHINA.add(started, 15), "extension", days=20, approver=self.head.name)
        prepare = getattr(self, f"_before_{case.outcome.lower()}", None)
        said = prepare(started) if prepare else {}
        if case.outcome == "withdrawal":
            self._at(self.ends, "withdrawal")
        else:
            self._answer(said)
        return self.application

    def _receive(self) -> Application:
        case = self.case
        return receiving.receive(
            unit=self.unit,
            arrival=Arrival(case.medium, case.received, mail=self._mail(case.medium == "registered_post")),
            applicant_kind=case.kind,
            applicants=[case.applicant],
            request=case.request,
            user=None if case.medium == "web_form" else self.handler,
            today=case.received,
        )

    def file(self) -> None:
        """Put the scanned form on file, where the case has papers."""
        if self.office is not None:
            case = self.case
            papers.add(
                application=self.application,
                kind=PaperKind.FORM,
                data=scanned_form(case.place.name, case.applicant, case.request, case.received),
                name="申请表.jpg",
                user=self.handler,
                today=case.started,
            )

    def _confirm(self) -> date:
        case = self.case
        if CONFIRMED[CHANNEL_OF[case.medium]]:
            confirming.confirm(
                application=self.application, day=case.started, way="电话", user=self.handler, today=case.started
            )
        return case.started

    def _correct(self, started: date) -> None:
        self._at(CHINA.add(started, self.random.randint(2, 6)), "correction_notice", period_days=10)
        self._at(CHINA.add(self.day, self.random.randint(3, 8)), "correction_answer")
        self.ends = CHINA.add(self.day, self.random.randint(4, 18))

    def _answer(self, said: dict[str, Any]) -> None:
        mode = self.random.choice(("posted", "posted", "direct", "electronic"))
        if self.case.outcome == "P":
            said |= {"parts": [{"outcome": "P", "label": "第1项"}]}
        self._at(self.ends, "answer", mode=mode, outcome=self.case.outcome, **said)

    def _at(self, day: date, kind: str, **params: object) -> None:
        self.day = day
        if self.office is not None and (kind == "answer" or kind in LETTER_OF):
            mode = str(params.pop("mode", "posted"))
            params.pop("parts", None)
            letter = self.office.send(self.application, kind, day, mode, consultee=self.consultee, **params)
            if letter.state == LetterState.SENT and kind != "third_party_sent":
                arrived = CHINA.add(day, self.random.randint(1, 3))
                letters_sending.deliver(letter=letter, day=arrived, user=self.handler, today=arrived)
            self.letter = letter
            return
        if self.office is not None and kind == "third_party_received":
            letters_sending.deliver(letter=self.letter, day=day, user=self.handler, today=day)
            return
        entering.enter(application=self.application, kind=kind, day=day, user=self.handler, today=day, **params)

    def _mail(self, is_posted: bool) -> str:
        return f"EMS{self.random.randint(10**9, 10**10 - 1)}" if is_posted else ""

    # What must be on file before an outcome.

    def _before_u1a(self, started: date) -> dict[str, Any]:
        systems = self.random.choice(data()["words"]["systems"]).format(year=started.year)
        day = CHINA.add(started, 2)
        inquiring.log_search(
            application=self.application,
            day=day,
            searcher=self.handler.name,
            user=self.handler,
            today=day,
            system=systems,
            keywords=self.case.request.title[:20],
            found="没有检索到相关信息",
        )
        return {}

    _before_u1 = _before_u1a

    def _before_n1(self, started: date) -> dict[str, Any]:
        secrecy.mark_secret(application=self.application, user=self.handler, today=CHINA.add(started, 1))
        return {"classification_level": "秘密", "classification_period": "10年"}

    def _before_n3(self, started: date) -> dict[str, Any]:
        del started
        return {"harm_evidence": "有关部门的风险评估意见"}

    def _before_n4(self, started: date) -> dict[str, Any]:
        day = CHINA.add(started, 2)
        party = inquiring.name_consultee(
            application=self.application,
            kind="third_party",
            name=self.random.choice(data()["words"]["third_parties"]),
            user=self.handler,
            today=day,
        )
        self.consultee = party
        self._at(CHINA.add(started, 3), "third_party_sent", party=party.label)
        self._at(CHINA.add(started, 6), "third_party_received", party=party.label)
        self._at(
            CHINA.add(started, self.random.randint(12, 19)), "third_party_opinion", party=party.label, consent=False
        )
        self.ends = CHINA.add(self.day, self.random.randint(2, 8))
        return {}

    def _before_d2(self, started: date) -> dict[str, Any]:
        return {
            "earlier_answer_number": f"{self.case.place.mark}公开复〔{started.year - 1}〕{self.random.randint(1, 9)}号"
        }

    def _before_d4(self, started: date) -> dict[str, Any]:
        self._at(CHINA.add(started, 3), "reasons_requested")
        self._at(CHINA.add(started, 12), "reasons_answered")
        self.ends = CHINA.add(started, 18)
        return {}

    def _before_o1(self, started: date) -> dict[str, Any]:
        self._at(CHINA.add(started, self.random.randint(2, 6)), "correction_notice", period_days=15)
        self.ends = CHINA.add(self.day, 15 + self.random.randint(1, 5))
        return {}
