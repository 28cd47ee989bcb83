"""A fee is let off, lowered and given back with its reason; what came of it stands on one account."""

from datetime import date

import pytest

from applications.conftest import TODAY
from gongkai.applications.domain import entering, fees
from gongkai.applications.domain.projection import course_of
from gongkai.applications.errors import FeeError, ForbiddenByLawError, IncompleteError, NotAuthorisedError
from gongkai.applications.fee_account import KINDS, accounts
from gongkai.applications.models import Application, Stage
from gongkai.files.domain import store
from gongkai.journal.models import Entry

pytestmark = pytest.mark.django_db
D = date.fromisoformat
MAY, DAY = D("2024-05-20"), D("2024-05-24")


@pytest.fixture
def noticed(receive, staff):
    """Register an application and ask for the fee of so many pages."""

    def made(pages=100, day=DAY):
        application = receive(MAY)
        fees.notify(application=application, schedule="pages", pages=pages, day=day, user=staff.handler, today=day)
        return Application.objects.get(pk=application.pk)

    return made


@pytest.fixture
def by_head(staff):
    return {"user": staff.head, "today": TODAY, "reason": "申请人属低保对象", "approver": "陈主任"}


def account(application):
    found = accounts(application.events.filter(kind__in=KINDS, struck_by__isnull=True))
    assert len(found) == 1
    return found[0]


def now(application):
    return Application.objects.get(pk=application.pk)


def test_a_waiver_after_the_notice_ends_the_waiting_and_a_full_period_runs(noticed, by_head):
    application = noticed()
    assert application.stage == Stage.AWAITING_FEE
    fees.waive(application=application, day=D("2024-05-31"), **by_head)
    again = now(application)
    assert (again.stage, again.due_on) == (Stage.OPEN, D("2024-07-01"))
    found = account(application)
    assert (found.amount, found.waived, found.payable, found.paid, found.is_open) == (700, 700, 0, 0, False)
    said = application.events.get(kind="fee_waived").payload
    assert said == {
        "amount": 700,
        "schedule": "pages",
        "count": 100,
        "reason": "申请人属低保对象",
        "approver": "陈主任",
    }


def test_a_waiver_after_the_last_day_of_payment_is_refused_by_the_law(receive, staff, by_head):
    application = receive(D("2024-04-08"))
    facts = {"schedule": "pages", "pages": 40, "user": staff.handler}
    fees.notify(application=application, day=D("2024-04-10"), today=D("2024-04-10"), **facts)
    with pytest.raises(ForbiddenByLawError, match="已超过缴费期限"):
        fees.waive(application=application, **by_head)
    assert not application.events.filter(kind="fee_waived").exists()
    with pytest.raises(FeeError, match="缴费期限已满"):
        fees.reduce(application=now(application), remaining=50, **by_head)


def test_a_reduction_lowers_what_is_to_be_paid_and_the_time_goes_on(noticed, by_head, enter):
    application = noticed()
    lapse = application.next_on
    fees.reduce(application=application, remaining=300, **by_head)
    assert (now(application).stage, now(application).next_on) == (Stage.AWAITING_FEE, lapse)
    fees.reduce(application=application, remaining=200, **by_head)
    assert (account(application).waived, account(application).payable) == (500, 200)
    application = enter(now(application), "fee_paid", TODAY)
    assert (account(application).paid, account(application).received) == (200, 200)
    assert (application.stage, application.due_on) == (Stage.OPEN, course_of(application, TODAY).due)


@pytest.mark.parametrize("remaining", [0, -1, 700, 900])
def test_a_reduction_to_nothing_or_to_more_is_refused(noticed, by_head, remaining):
    with pytest.raises(FeeError, match="现应缴 700 元"):
        fees.reduce(application=noticed(), remaining=remaining, **by_head)


def test_what_was_paid_is_given_back_once_and_no_more(noticed, by_head, enter):
    application = enter(noticed(), "fee_paid", D("2024-05-31"))
    due = application.due_on
    fees.refund(application=application, amount=300, **by_head)
    assert (account(application).paid, account(application).refunded, account(application).received) == (700, 300, 400)
    assert now(application).due_on == due
    with pytest.raises(FeeError, match="已缴未退的是 400 元"):
        fees.refund(application=application, amount=500, **by_head)
    with pytest.raises(FeeError, match="早于缴费日期 2024-05-31"):
        fees.refund(application=application, amount=400, day=D("2024-05-30"), **by_head)
    fees.refund(application=application, amount=400, **by_head)
    with pytest.raises(FeeError, match="没有已缴而未退的费用"):
        fees.refund(application=application, amount=1, **by_head)


def test_an_answered_application_may_still_get_its_money_back(noticed, by_head, enter):
    application = enter(noticed(), "fee_paid", D("2024-05-31"))
    application = enter(application, "answer", TODAY, outcome="A2")
    fees.refund(application=application, amount=700, **by_head)
    assert account(application).received == 0


def test_nothing_is_given_back_of_what_was_let_off(noticed, by_head):
    application = noticed()
    fees.waive(application=application, **by_head)
    with pytest.raises(FeeError, match="没有已缴而未退"):
        fees.refund(application=application, amount=700, **by_head)
    with pytest.raises(FeeError, match="没有待缴的费用"):
        fees.reduce(application=now(application), remaining=1, **by_head)


@pytest.mark.parametrize("act", ["waive", "reduce", "refund"])
def test_only_the_head_lets_off_and_gives_back_and_says_why(noticed, by_head, enter, staff, act):
    application = noticed()
    facts = {"waive": {}, "reduce": {"remaining": 300}, "refund": {"amount": 300}}[act]
    if act == "refund":
        application = enter(application, "fee_paid", D("2024-05-31"))
    count = application.events.count()
    with pytest.raises(NotAuthorisedError):
        getattr(fees, act)(application=application, **facts, **by_head | {"user": staff.handler})
    with pytest.raises(IncompleteError, match="应当写明理由"):
        getattr(fees, act)(application=application, **facts, **by_head | {"reason": " "})
    assert application.events.count() == count
    getattr(fees, act)(application=application, **facts, **by_head)
    entry = Entry.objects.order_by("pk").last()
    assert (entry.act.removeprefix("applications.fee_")[:5], entry.detail["reason"]) == (
        {"waive": "waive", "reduce": "reduc", "refund": "refun"}[act],
        "申请人属低保对象",
    )


def test_the_proof_is_kept_with_the_act(noticed, by_head):
    application = noticed()
    proof = store.keep(data="低保证明".encode(), name="证明.txt")
    event = fees.waive(application=application, evidence=proof, evidence_name="证明.txt", **by_head)
    assert (event.evidence, event.evidence_name) == (proof, "证明.txt")


def test_a_struck_waiver_lets_nothing_off(noticed, by_head, staff):
    application = noticed()
    fees.waive(application=application, **by_head)
    for kind in ("fee_paid", "fee_waived"):
        event = application.events.get(kind=kind)
        entering.strike(application=application, event=event, user=staff.head, today=TODAY, reason="误登")
    assert (account(application).payable, account(application).is_open) == (700, True)
    assert now(application).stage == Stage.AWAITING_FEE


def test_a_waiver_before_any_notice_is_an_account_of_its_own(receive, by_head):
    application = receive(MAY)
    fees.waive(application=application, schedule="pages", pages=40, **by_head)
    found = account(application)
    assert (found.has_notice, found.amount, found.waived, found.by_law.amount_yuan) == (False, 100, 100, 100)
    assert now(application).stage == Stage.OPEN


def test_a_notice_that_does_not_say_what_it_was_computed_from_has_no_computation(receive, enter):
    application = enter(receive(MAY), "fee_notice", D("2024-05-24"), amount=300)
    assert (account(application).amount, account(application).by_law) == (300, None)
