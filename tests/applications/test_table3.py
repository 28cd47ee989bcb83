"""Table 三 is read from the events without asking the clock again; it counts what the course of each case says."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.applications.course import course, outcome_of
from gongkai.applications.domain import entering, receiving
from gongkai.applications.domain.receiving import Arrival, Request
from gongkai.applications.models import ApplicantKind, Application, Medium
from gongkai.applications.queries import table3
from gongkai.law import outcomes
from gongkai.law.calendar import CHINA

pytestmark = pytest.mark.django_db


def told_by_the_course(year, edition, known_at=None):
    """Return the entries as the course of every case gives them."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = []
    for one in Application.objects.all():
        now = course(list(one.events.order_by("sequence")), last, CHINA, known_at=known_at)
        if now is None or now.started_on is None or now.is_split:
            continue
        ended = now.first_answer
        if ended is not None and ended.day < first:
            continue
        rows = ["received" if now.started_on >= first else "carried_in"]
        if ended is None:
            rows.append("carried_out")
        else:
            regulation = "2019" if now.started_on >= date(2019, 5, 15) else "2008"
            rows += [outcomes.row_for(outcomes.outcome(outcome_of(ended), regulation), edition), "outcome_total"]
        columns = (one.applicant_kind, "total")
        found += [(one.unit_id, f"{row}.{column}", one.pk) for row in rows for column in columns]
    return sorted(found)


def counted(year, edition="2021", known_at=None):
    units = set(Application.objects.values_list("unit", flat=True))
    return sorted(table3.entries(units, year, edition, known_at=known_at))


@pytest.fixture
def cases(receive, enter, staff):
    """A case of every sort that the table must tell apart."""
    answer = {"outcome": "A2", "mode": "direct"}
    receive(date(2023, 12, 20))
    enter(receive(date(2023, 12, 20)), "answer", date(2024, 1, 8), **answer)
    enter(receive(date(2023, 3, 6)), "answer", date(2023, 3, 20), **answer)
    enter(receive(applicant_kind=ApplicantKind.COMMERCIAL), "answer", date(2024, 2, 20), outcome="U1b", mode="direct")
    enter(receive(), "withdrawal", date(2024, 2, 9))
    receive(medium=Medium.WEB_FORM)
    receive(date(2023, 12, 29), medium=Medium.EMAIL, confirmed=date(2024, 1, 2))
    again = enter(receive(date(2023, 11, 6)), "answer", date(2023, 11, 20), **answer)
    again = enter(again, "reanswer", date(2024, 3, 1), until=date(2024, 3, 29))
    enter(again, "answer", date(2024, 3, 20), outcome="P", mode="direct", parts=[{"outcome": "P", "label": "第1项"}])
    mistaken = enter(receive(), "answer", date(2024, 2, 20), **answer)
    event = mistaken.events.get(kind="answer")
    entering.strike(application=mistaken, event=event, user=staff.head, today=date(2024, 6, 3), reason="登记有误")
    enter(mistaken, "answer", date(2024, 2, 26), outcome="U2", mode="direct")
    receiving.split(
        application=receive(),
        requests=[Request(title="甲"), Request(title="乙")],
        user=staff.handler,
        today=date(2024, 2, 6),
        reason="一事一申请",
    )
    moved = receive(date(2024, 1, 3))
    receiving.correct_receipt(
        application=moved,
        user=staff.head,
        today=date(2024, 6, 3),
        arrival=Arrival(Medium.COUNTER, date(2023, 12, 28)),
        reason="登记有误",
    )
    return Application.objects.count()


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025])
def test_it_counts_what_the_course_of_each_case_says(cases, year):
    assert cases == 13
    assert counted(year) == told_by_the_course(year, "2021")
    assert bool(counted(year)) == (year > 2022)


def test_what_was_entered_later_is_not_known_yet(cases, enter):
    known_at = timezone.now()
    before = counted(2024, known_at=known_at)
    enter(Application.objects.order_by("pk").first(), "answer", date(2024, 1, 10), outcome="A1", mode="direct")
    assert counted(2024, known_at=known_at) == before == told_by_the_course(2024, "2021", known_at)
    assert counted(2024) == told_by_the_course(2024, "2021") != before
    assert counted(2024, known_at=known_at - timedelta(days=1)) == []


def test_an_answer_under_the_old_regulation_counts_by_its_outcomes_whatever_followed(receive, enter):
    old = receive(date(2019, 5, 6))
    old = enter(old, "third_party_sent", date(2019, 5, 7), party="甲公司")
    old = enter(old, "third_party_opinion", date(2019, 5, 13), party="甲公司", consent=False)
    old = enter(old, "answer", date(2019, 5, 20), outcome="N4a", mode="direct")
    enter(old, "reanswer", date(2019, 8, 1), until=date(2019, 8, 30))
    assert {cell for _, cell, _ in counted(2019, "2019")} == {
        f"{row}.{column}"
        for row in ("received", "third_party_rights", "outcome_total")
        for column in ("natural_person", "total")
    }
    assert counted(2019, "2019") == told_by_the_course(2019, "2019")


def test_it_asks_the_same_few_queries_whatever_the_number_of_cases(cases, receive, django_assert_num_queries):
    units = set(Application.objects.values_list("unit", flat=True))
    with django_assert_num_queries(2):
        list(table3.entries(units, 2024))
    receive()
    with django_assert_num_queries(2):
        list(table3.entries(units, 2024))
