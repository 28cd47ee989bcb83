"""The reports of 2019: every body's filled from its cases, signed, received and added up, by the verbs people use."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.models import Role
from gongkai.demo.prefecture.figures import YEAR
from gongkai.demo.prefecture.places import ROOT
from gongkai.law.calendar import CHINA
from gongkai.reporting.domain import auditing, campaigns, filling, passing, summing
from gongkai.reporting.domain.authority import KIND
from gongkai.reporting.models import Scope, Submission
from gongkai.review.domain import passage
from gongkai.review.models import Review, ReviewState, StepState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.accounts.models import User
    from gongkai.demo.founding import Cast
    from gongkai.reporting.models import Campaign

OPENED, LOCAL = date(YEAR + 1, 1, 2), date(YEAR + 1, 1, 20)
"""The day on which the reports were asked for, and the day by which the city wanted them."""

_SUMMED = date(YEAR + 1, 2, 10)
_LOT = 10
TEXTS = {
    2: "各类政府信息均已依照规定公开，数据见下表。",
    3: "申请均已登记并在法定期限内办理，数据见下表。",
    4: "复议、诉讼案件均已按期答复、应诉，数据见下表。",
}
PROBLEM = "公开内容与群众需要还有差距，依申请公开答复和复议诉讼应对需要加强培训，下一年度安排专人按月核对。"
EXPLAINED = "已与登记的案件和台账逐项核对，数据无误。"


@dataclass(slots=True)
class Reporting:
    """The making of the reports. The whole of the city is added up and left to be audited, signed and published."""

    cast: Cast
    campaign: Campaign = field(init=False)

    def run(self) -> Iterator[int]:
        """Open the year and take every report to its superior; yield how many reports each lot took there."""
        self.campaign = self._open()
        owing = list(Submission.objects.filter(campaign=self.campaign).select_related("unit", "campaign"))
        own = sorted((one for one in owing if one.scope == Scope.OWN), key=lambda one: one.unit.code)
        wholes = sorted((one for one in owing if one.scope == Scope.WHOLE), key=lambda one: one.unit.code == ROOT)
        days = [CHINA.add(OPENED, number) for number in range(2, 12)]
        for start in range(0, len(own), _LOT):
            lot = own[start : start + _LOT]
            with transaction.atomic():
                for number, submission in enumerate(lot, start):
                    self._hand_in(submission, days[number * 7 % len(days)])
            yield len(lot)
        for submission in wholes:
            with transaction.atomic():
                self._add_up(submission)
            yield 1

    @transaction.atomic
    def _open(self) -> Campaign:
        return campaigns.open_campaign(
            year=YEAR,
            root=self.cast.units[ROOT],
            user=self.cast.people[ROOT, Role.COMPETENT],
            today=OPENED,
            local_deadline=LOCAL,
        )

    def _add_up(self, submission: Submission) -> None:
        user = self.cast.people[submission.unit.code, Role.COMPETENT]
        summed = summing.sum_up(submission=submission, user=user, today=_SUMMED)
        if submission.unit.code != ROOT:
            self._hand_in(summed, _SUMMED)

    def _hand_in(self, submission: Submission, day: date) -> None:
        """Write what the draft leaves to people, answer the audit, sign, and have the superior receive it."""
        code = submission.unit.code
        handler = self._who(code, Role.HANDLER)
        problems = next(text for number, _, text in submission.sections if number == 5)  # noqa: PLR2004 -- part five
        texts = TEXTS | {5: "\n".join(filter(None, (str(problems), PROBLEM)))}
        submission = filling.write(submission=submission, texts=texts, user=handler, today=day)
        for finding in auditing.unanswered(submission):
            if finding["severity"] == "warning":
                fingerprint = finding["fingerprint"]
                auditing.explain(
                    submission=submission, fingerprint=fingerprint, words=EXPLAINED, user=handler, today=day
                )
        passing.submit(submission=submission, user=handler, today=day)
        review = Review.objects.get(kind=KIND, key=submission.pk, state=ReviewState.OPEN)
        while step := review.steps.filter(state=StepState.CURRENT).first():
            passage.approve(review=review, user=self._who(code, step.role), day=day, opinion="同意")
        above = self.cast.people[submission.superior.code, Role.COMPETENT]
        passing.accept(submission=submission, user=above, today=CHINA.add(day, 1))

    def _who(self, code: str, role: str) -> User:
        return self.cast.people[code, role]
