"""The bureau of the applications' tests, with an answer that somebody contests."""

from datetime import date

import pytest

from applications.conftest import TODAY, bureau, city, enter, home, other_bureau, receive, staff, stranger
from gongkai.remedies.domain import entering, registering
from gongkai.remedies.domain.registering import Contested, Notice
from gongkai.remedies.models import Remedy, RemedyKind

__all__ = ["TODAY", "bureau", "city", "enter", "home", "other_bureau", "receive", "staff", "stranger"]

REVIEWER, COURT = "海岚市人民政府", "海岚市人民法院"


@pytest.fixture
def answered(receive, enter):
    """Register an application and answer it: a refusal of 2024-03-01 unless another outcome is said."""

    def made(day=date(2024, 3, 1), outcome="N5", received=date(2024, 2, 5), **params):
        application = receive(received)
        facts = {"outcome": outcome, "number": "岚水公开〔2024〕5号", "mode": "direct"} | params
        return enter(application, "answer", day, **facts)

    return made


@pytest.fixture
def contest(bureau, staff):
    """Register a case; what is not said is an ordinary reconsideration of 2024-03-20."""

    def made(application=None, day=date(2024, 3, 20), kind=RemedyKind.RECONSIDERATION, *, today=None, **fields):
        notice = {key: fields.pop(key) for key in ("filed_on", "accepted_on", "simplified") if key in fields}
        contested = {key: fields.pop(key) for key in ("ground", "answer", "act_on", "act_number") if key in fields}
        body = REVIEWER if kind == RemedyKind.RECONSIDERATION else COURT
        facts = {"unit": bureau, "body": body, "user": staff.handler} | fields
        return registering.register(
            kind=kind,
            notice=Notice(day, "行政复议答复通知书", **notice),
            contested=Contested(**({"ground": "refusal", "application": application} | contested)),
            today=today or max(day, TODAY),
            **facts,
        )

    return made


@pytest.fixture
def happen(staff):
    """Enter an event of a case and return the case as it is then."""

    def entered(remedy, kind, day, *, today=None, user=None, **params):
        entering.enter(
            remedy=remedy, kind=kind, day=day, user=user or staff.handler, today=today or max(day, TODAY), **params
        )
        return Remedy.objects.get(pk=remedy.pk)

    return entered
