"""What an application costs follows from the month's applications of one applicant, or from its own pages."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from applications.conftest import TODAY, ZHANG
from gongkai.applications.domain import entering, fees, receiving
from gongkai.applications.domain.identity import Identity
from gongkai.applications.domain.projection import course_of
from gongkai.applications.domain.receiving import Request
from gongkai.applications.errors import FeeError, ForbiddenByLawError, IncompleteError, NotAuthorisedError
from gongkai.applications.models import Application
from gongkai.applications.queries.fee_ledger import ledger
from gongkai.applications.queries.fees import of_month, proposal
from gongkai.journal.models import Entry

pytestmark = pytest.mark.django_db
D = date.fromisoformat
MAY = D("2024-05-20")


def proposed(application, *, pages=None, day=TODAY):
    return proposal(application, course_of(application, day), pages=pages)


@pytest.fixture
def many(receive):
    """Receive so many applications of 张晓岚 on one day and return the last."""

    def made(count, day=MAY, **facts):
        return [receive(day, **facts) for _ in range(count)][-1]

    return made


# 当月第几件 / 本件应收 / 当月合计（law.md §2）
ITEMS = [(10, 0, 0), (11, 100, 100), (30, 100, 2000), (31, 200, 2200), (41, 300, 4300)]


def test_the_place_in_the_month_decides_what_one_application_costs(many):
    expected = {place: (fee, total) for place, fee, total in ITEMS}
    for place in range(1, 42):
        found = proposed(many(1))
        assert found.place == place
        if place in expected:
            assert (found.by_items.amount_yuan, found.of_month.amount_yuan) == expected[place]
    assert len(found.cases) == 41


@pytest.mark.parametrize(
    ("pages", "yuan"), [(30, 0), (31, 10), (100, 700), (101, 720), (150, 1700), (200, 2700), (201, 2740), (500, 14700)]
)
def test_by_pages_each_application_stands_alone(receive, pages, yuan):
    assert proposed(receive(MAY), pages=pages).by_pages.amount_yuan == yuan


def test_months_agencies_and_people_are_not_pooled(receive, other_bureau, stranger):
    receive(D("2024-04-30"))
    receive(MAY, applicants=[replace(ZHANG, proof_number="350500199001015678", telephone="13900000000")])
    receive(MAY, unit=other_bureau, user=stranger)
    assert proposed(receive(MAY)).place == 1
    assert proposed(receive(D("2024-05-31"))).place == 2


# 名称 / 另一件的申请人 / 是否同一人
PEOPLE = [
    ("证件号写法不同", replace(ZHANG, proof_number="350500 19900101 1234"), True),
    ("没有证件，姓名电话相同", Identity(name="张 晓岚", telephone="138-0000-1234"), True),
    ("没有证件，只有姓名相同", Identity(name="张晓岚"), False),
    ("没有证件，姓名相同电话不同", Identity(name="张晓岚", telephone="13900000000"), False),
    ("证件号不同，姓名电话相同", replace(ZHANG, proof_number="350500199001015678"), False),
]


@pytest.mark.parametrize(("other", "same"), [row[1:] for row in PEOPLE], ids=[row[0] for row in PEOPLE])
def test_who_is_the_same_applicant(receive, other, same):
    receive(MAY, applicants=[other])
    assert (proposed(receive(MAY)).place == 2) is same


def test_two_without_any_number_are_the_same_by_name_and_telephone(receive):
    nobody = Identity(name="张晓岚", telephone="13800001234")
    receive(MAY, applicants=[nobody])
    assert proposed(receive(MAY, applicants=[nobody])).place == 2
    assert proposed(receive(MAY, applicants=[Identity(address="海岚市")])).place == 1


def test_a_proxy_is_not_the_applicant_and_joint_applicants_count_for_each(receive):
    proxy = replace(ZHANG, is_proxy=True)
    li = Identity(name="李海生", proof="id_card", proof_number="350500198001011111")
    receive(MAY, applicants=[li, proxy])
    receive(MAY, applicants=[li, ZHANG])
    assert proposed(receive(MAY)).place == 2
    assert proposed(receive(MAY, applicants=[li])).place == 3


def test_a_split_application_counts_by_its_parts_and_a_withdrawn_one_not_at_all(receive, enter, staff):
    whole = receive(MAY)
    parts = receiving.split(
        application=whole,
        requests=[Request(title="甲"), Request(title="乙"), Request(title="丙")],
        user=staff.handler,
        today=TODAY,
        reason="一事一申请",
    )
    enter(receive(MAY), "withdrawal", MAY)
    found = proposed(receive(MAY))
    assert found.place == 4
    assert set(found.cases) > {part.pk for part in parts}
    assert whole.pk not in found.cases


def test_an_unconfirmed_application_has_no_month_yet(receive):
    application = receive(MAY, medium="email")
    assert proposed(application) is None
    with pytest.raises(FeeError, match="还没有与申请人确认收到"):
        fees.computed(application, "items", today=TODAY)


def test_nothing_is_charged_for_what_was_received_before_2021(receive):
    old = receive(D("2020-12-31"), today=TODAY)
    assert "收费办法自 2021-01-01 起施行" in proposed(old, pages=100).refusal
    with pytest.raises(FeeError, match="2021-01-01"):
        fees.computed(old, "pages", pages=100, today=TODAY)
    new = receive(D("2021-01-01"), today=D("2021-01-04"))
    assert proposed(new, pages=100, day=D("2021-01-04")).refusal == ""


def test_a_notice_names_what_was_computed_and_its_schedule(many, staff):
    application = many(31)
    event = fees.notify(application=application, schedule="items", day=TODAY, user=staff.handler, today=TODAY)
    assert event.payload == {"amount": 200, "schedule": "items", "count": 31}
    assert Application.objects.get(pk=application.pk).stage == "awaiting_fee"


def test_one_application_is_charged_once_by_one_schedule(receive, staff):
    application = receive(MAY)
    facts = {"application": application, "user": staff.handler, "today": TODAY}
    fees.notify(schedule="pages", pages=31, day=TODAY, **facts)
    with pytest.raises(FeeError, match="只能选择一种标准通知一次"):
        fees.notify(schedule="items", day=TODAY, **facts)


# 名称 / 参数 / 错误 / 话
REFUSED = [
    ("没有选择标准", {"schedule": ""}, IncompleteError, "只能选择一种"),
    ("没有页数", {"schedule": "pages"}, IncompleteError, "没有填写页数"),
    ("未超过免费数量", {"schedule": "pages", "pages": 30}, FeeError, "共30页，未超过免费的数量"),
    ("当月第一件", {"schedule": "items"}, FeeError, "当月第1件，未超过免费的数量"),
    ("页数不可能", {"schedule": "pages", "pages": -1}, FeeError, "无法计算"),
]


@pytest.mark.parametrize(("facts", "error", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_fee_that_cannot_be_asked_for_is_refused(receive, staff, facts, error, words):
    application = receive(MAY)
    with pytest.raises(error, match=words):
        fees.notify(application=application, day=TODAY, user=staff.handler, today=TODAY, **facts)
    assert application.events.count() == 1


def test_a_notice_after_the_last_day_is_refused_by_the_law(receive, staff):
    application = receive(D("2024-02-05"))
    with pytest.raises(FeeError, match="收费通知应在处理期限内发出"):
        fees.notify(application=application, schedule="pages", pages=40, day=TODAY, user=staff.handler, today=TODAY)


def test_only_the_head_waives_and_says_why(receive, staff):
    application = receive(MAY)
    facts = {"application": application, "schedule": "pages", "pages": 40, "today": TODAY}
    with pytest.raises(NotAuthorisedError):
        fees.waive(reason="经济困难", user=staff.handler, **facts)
    with pytest.raises(IncompleteError, match="写明理由"):
        fees.waive(reason=" ", user=staff.head, **facts)
    event = fees.waive(reason="经济困难", user=staff.head, **facts)
    assert event.payload == {"amount": 100, "schedule": "pages", "count": 40, "reason": "经济困难"}
    assert Entry.objects.order_by("pk").last().act == "applications.fee_waived"
    with pytest.raises(FeeError, match="已决定免收"):
        fees.notify(schedule="pages", pages=40, day=TODAY, user=staff.handler, today=TODAY, application=application)


def test_an_answered_application_is_not_charged(receive, enter):
    application = enter(receive(MAY), "answer", TODAY, outcome="A2")
    assert proposed(application).refusal.startswith("申请已于 2024-06-03“答复”")


def test_the_ledger_counts_notices_and_what_was_paid_in_the_period(receive, enter, staff, bureau, other_bureau):
    facts = {"user": staff.handler, "today": TODAY, "schedule": "pages"}
    paid, unpaid, waived = receive(MAY), receive(MAY), receive(MAY)
    fees.notify(application=paid, pages=40, day=D("2024-05-24"), **facts)
    fees.notify(application=unpaid, pages=100, day=D("2024-05-27"), **facts)
    fees.waive(application=waived, pages=40, reason="经济困难", **facts | {"user": staff.head})
    known = timezone.now()
    enter(paid, "fee_paid", D("2024-06-03"))
    units, year = {bureau.pk}, (D("2024-01-01"), D("2024-12-31"))
    found = ledger(units, *year)
    assert (found.count, found.total, found.received) == (2, 800, 100)
    assert [(line.number, line.paid_on) for line in found.notices] == [
        (paid.number, D("2024-06-03")),
        (unpaid.number, None),
    ]
    assert [line.amount for line in found.waivers] == [100]
    assert ledger(units, *year, known_at=known).received == 0
    june = ledger(units, D("2024-06-01"), D("2024-06-30"))
    assert (june.count, june.received) == (0, 100)
    may = ledger(units, D("2024-05-01"), D("2024-05-31"))
    assert (may.count, may.received) == (2, 0)
    assert ledger({other_bureau.pk}, *year).count == 0


def test_a_struck_notice_leaves_the_ledger_but_not_the_one_known_before(receive, staff, bureau):
    application = receive(MAY)
    event = fees.notify(application=application, schedule="pages", pages=40, day=TODAY, user=staff.handler, today=TODAY)
    known = timezone.now()
    entering.strike(application=application, event=event, user=staff.head, today=TODAY, reason="页数算错")
    again = fees.notify(application=application, schedule="pages", pages=50, day=TODAY, user=staff.handler, today=TODAY)
    year = (D("2024-01-01"), D("2024-12-31"))
    assert again.payload["amount"] == 200
    assert ledger({bureau.pk}, *year).total == 200
    assert ledger({bureau.pk}, *year, known_at=known).total == 100
    assert ledger({bureau.pk}, *year, known_at=known - timedelta(days=1)).total == 0


def test_a_second_round_may_have_a_second_notice(receive, enter, staff, bureau):
    application = receive(D("2024-04-08"))
    fees.notify(
        application=application,
        schedule="pages",
        pages=40,
        day=D("2024-04-10"),
        user=staff.handler,
        today=D("2024-04-10"),
    )
    application = enter(application, "answer", D("2024-05-16"), outcome="O2")
    application = enter(application, "reanswer", D("2024-06-03"), body="海岚市人民政府")
    fees.notify(application=application, schedule="pages", pages=50, day=TODAY, user=staff.handler, today=TODAY)
    found = ledger({bureau.pk}, D("2024-01-01"), D("2024-12-31"))
    assert [(line.amount, line.paid_on) for line in found.notices] == [(100, None), (200, None)]


def test_the_month_is_the_one_of_the_confirmed_receipt(receive):
    late = receive(D("2024-04-30"), medium="email", confirmed=D("2024-05-06"))
    assert of_month(late, late.started_on) == (late.pk,)
    assert proposed(receive(MAY)).place == 2


def test_what_the_law_forbids_at_entry_stays_forbidden(receive, staff):
    application = receive(MAY)
    fees.notify(application=application, schedule="pages", pages=40, day=TODAY, user=staff.handler, today=TODAY)
    with pytest.raises(ForbiddenByLawError):
        entering.enter(application=application, kind="fee_notice", day=TODAY, user=staff.handler, today=TODAY, amount=1)
