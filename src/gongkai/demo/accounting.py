"""The reports of the year, made as the city's people make them: filled, audited, signed, received, added up."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from django.db import transaction

from gongkai.accounts.models import Role
from gongkai.demo.sizes import YEAR
from gongkai.law.calendar import CHINA
from gongkai.reporting.domain import auditing, campaigns, confirming, facts, filling, passing, summing
from gongkai.reporting.domain.facts import Grounds
from gongkai.reporting.models import Scope, State, Submission
from gongkai.reporting.queries.cells import cells
from gongkai.review.domain import passage
from gongkai.review.models import Review, ReviewState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.accounts.models import User
    from gongkai.demo.founding import Cast
    from gongkai.reporting.models import Campaign

ROOT = "HL-001"
_FIRST = (1, 6)
"""The day of January on which a year is opened."""
_LEFT = {"draft": 5, "signed": 4, "returned": 1}
"""Of the year under way: how many reports are still being filled in, wait to be received, or were sent back."""


@cache
def data() -> dict[str, Any]:
    """Return the figures and words of ``reports.toml``."""
    return tomllib.loads(files("gongkai.demo").joinpath("reports.toml").read_text(encoding="utf-8"))


@dataclass(slots=True)
class Clerk:
    """Does what the people of the city do with their reports."""

    cast: Cast

    def account(self, today: date) -> Iterator[int]:
        """Make the reports of ``YEAR``, and begin those of the year before ``today``; yield one for each report."""
        campaign = self._opened(YEAR)
        yield from self._received(self._own(campaign))
        yield from self._wholes(campaign)
        if today.year - 1 > YEAR:
            under_way = self._opened(today.year - 1)
            yield from self._under_way(under_way)

    def _opened(self, year: int) -> Campaign:
        chief = self.cast.people["", Role.COMPETENT]
        day = CHINA.on_or_after(date(year + 1, *_FIRST))
        checkers = {
            aspect: self.cast.units[code] for aspect, code in data()["checkers"].items() if code in self.cast.units
        }
        campaign = campaigns.open_campaign(
            year=year,
            root=self.cast.units[ROOT],
            user=chief,
            today=day,
            local_deadline=data()["local_deadline"].replace(year=year + 1),
            includes_vertical=True,
            checkers=checkers,
        )
        office = next(one for one in self._own(campaign) if one.unit.code == ROOT)
        grounds = Grounds(date(year, 1, 1), date(year, 12, 31), data()["words"]["source"], self._name(ROOT))
        for key, value in data()["facts"].items() if year == YEAR else ():
            facts.enter(
                submission=office,
                key=key,
                value=Decimal(value),
                grounds=grounds,
                user=self.cast.people[ROOT, Role.HANDLER],
                today=day,
            )
        return campaign

    def _received(self, submissions: list[Submission]) -> Iterator[int]:
        for place, one in enumerate(submissions):
            with transaction.atomic():
                day = self._day(one, place)
                self._signed(one, day, place)
                self._confirmed(one, day)
                self._accepted(one, CHINA.add(day, 1))
            yield 1

    def _wholes(self, campaign: Campaign) -> Iterator[int]:
        """Add up, the deepest first."""
        depth = {one.unit_id: one for one in campaign.submissions.filter(scope=Scope.WHOLE)}
        for place, unit in enumerate(sorted(depth, key=lambda unit: depth[unit].unit.code == ROOT)):
            with transaction.atomic():
                day = CHINA.on_or_after(date(campaign.year + 1, 2, 10) + timedelta(days=place))
                whole = self._again(depth[unit])
                summing.sum_up(submission=whole, user=self._of(whole, Role.HANDLER), today=day)
                self._signed(self._again(whole), day, place)
                self._accepted(whole, CHINA.add(day, 1))
            yield 1

    def _under_way(self, campaign: Campaign) -> Iterator[int]:
        """Leave the reports of a year in every state."""
        own = self._own(campaign)
        left = [state for state, count in _LEFT.items() for _ in range(min(count, len(own) // len(_LEFT)))]
        yield from self._received(own[len(left) :])
        for place, (one, state) in enumerate(zip(own, left, strict=False)):
            with transaction.atomic():
                if state != State.DRAFT:
                    day = self._day(one, place)
                    self._signed(one, day, place)
                    if state == State.RETURNED:
                        passing.send_back(
                            submission=self._again(one),
                            reason=data()["words"]["returned"],
                            user=self.cast.people["", Role.COMPETENT],
                            today=CHINA.add(day, 2),
                        )
            yield 1

    def _signed(self, submission: Submission, day: date, place: int) -> None:
        words = data()["words"]
        user = self._of(submission, Role.HANDLER)
        written = {number: text for number, _, text in submission.sections}
        texts = {5: "\n".join(filter(None, [written[5], words["problems"][place % len(words["problems"])]]))}
        if submission.unit.kind in {"government", "town", "street"}:
            texts[6] = f"{written[6]}\n{words['supervision']}"
        made = filling.write(submission=submission, texts=texts, user=user, today=day)
        for finding in auditing.unanswered(made):
            if finding["severity"] == "warning":
                auditing.explain(
                    submission=made,
                    fingerprint=finding["fingerprint"],
                    words=words["explanation"],
                    user=user,
                    today=day,
                )
        passing.submit(submission=made, user=user, today=day)
        review = Review.objects.get(kind="reporting.submission", key=made.pk, state=ReviewState.OPEN)
        for step in review.steps.order_by("order"):
            passage.approve(review=review, user=self._of(submission, step.role), day=day, opinion="同意")

    def _confirmed(self, submission: Submission, day: date) -> None:
        found = cells(submission)
        for checker in submission.campaign.checkers.select_related("unit", "campaign"):
            if confirming.needs(found, checker.aspect):
                confirming.confirm(
                    checker=checker,
                    submission=submission,
                    agrees=True,
                    user=self.cast.people[checker.unit.code, Role.HANDLER],
                    today=day,
                )

    def _accepted(self, submission: Submission, day: date) -> None:
        passing.accept(submission=self._again(submission), user=self.cast.people["", Role.COMPETENT], today=day)

    def _own(self, campaign: Campaign) -> list[Submission]:
        rows = campaign.submissions.filter(scope=Scope.OWN).select_related("unit", "campaign")
        return list(rows.order_by("unit__code"))

    @staticmethod
    def _again(submission: Submission) -> Submission:
        return Submission.objects.select_related("unit", "campaign").get(pk=submission.pk)

    @staticmethod
    def _day(submission: Submission, place: int) -> date:
        """Return the day on which a report is signed: one after the other, the last after the city's own deadline."""
        return CHINA.on_or_after(submission.campaign.opened_on + timedelta(days=1 + place // 3))

    def _of(self, submission: Submission, role: str) -> User:
        return self.cast.people[submission.unit.code, Role(role)]

    def _name(self, code: str) -> str:
        return self.cast.people[code, Role.FINAL_REVIEWER].name


def account(cast: Cast, today: date) -> Iterator[int]:
    """Make the reports; yield one for each."""
    yield from Clerk(cast).account(today)
