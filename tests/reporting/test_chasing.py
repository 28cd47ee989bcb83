"""Reminders by the calendar and by people: when, to whom, in which words, once."""

from datetime import date, timedelta

import pytest

from gongkai.accounts import workbench
from gongkai.accounts.models import Role
from gongkai.accounts.queries.scope import scope_of
from gongkai.jobs.registry import registered
from gongkai.journal.models import Entry
from gongkai.reporting.domain import campaigns, chasing, passing
from gongkai.reporting.models import ReportReminder, Scope, Submission
from gongkai.reporting.queries import reminders

from .conftest import TODAY, YEAR, report, signed

pytestmark = pytest.mark.django_db
D = date.fromisoformat
DUE = D("2025-01-31")


def days(submission):
    """Return the kind and day of each reminder of a report, the oldest first."""
    rows = ReportReminder.objects.filter(submission=submission).order_by("day", "pk")
    return [(one.kind, one.day.isoformat()) for one in rows]


def run(first, last):
    """Let the job run on every day from ``first`` to ``last``."""
    day = D(first)
    while day <= D(last):
        chasing.remind(day=day)
        day += timedelta(days=1)


def test_the_job_is_registered_for_every_day():
    assert [one.every.value for one in registered() if one.name == "reporting.remind"] == ["day"]


def test_a_unit_is_reminded_before_the_day_on_the_day_after_and_every_week(campaign, city):
    run("2025-01-10", "2025-02-20")
    assert days(report(campaign, city.bureau)) == [
        ("before-10", "2025-01-21"),
        ("before-3", "2025-01-28"),
        ("before-1", "2025-01-30"),
        ("late-0", "2025-02-01"),
        ("late-1", "2025-02-08"),
        ("late-2", "2025-02-15"),
    ]


def test_the_government_is_reminded_of_the_end_of_march(campaign, city):
    run("2025-02-25", "2025-03-31")
    kinds = [("before-30", "2025-03-01"), ("before-10", "2025-03-21"), ("before-3", "2025-03-28")]
    assert days(report(campaign, city.root, Scope.WHOLE)) == [*kinds, ("before-1", "2025-03-30")]


def test_a_second_run_of_a_day_reminds_nobody_again(campaign):
    first = chasing.remind(day=D("2025-01-21"))
    assert len(first) == 6
    assert chasing.remind(day=D("2025-01-21")) == []
    assert ReportReminder.objects.count() == 6


def test_a_missed_run_is_made_up_for_under_its_own_day(campaign, city):
    chasing.remind(day=D("2025-01-29"))
    assert days(report(campaign, city.bureau)) == [("before-3", "2025-01-28")]


def test_nothing_is_due_from_before_the_year_was_opened(campaign):
    chasing.remind(day=TODAY)
    assert not ReportReminder.objects.exists()


def test_a_local_deadline_moves_the_reminders(campaign, city):
    campaigns.arrange(
        campaign=campaign,
        user=city.people["root", Role.COMPETENT],
        today=TODAY,
        local_deadline=D("2025-01-20"),
        checkers={},
    )
    run("2025-01-10", "2025-01-22")
    found = [("before-10", "2025-01-10"), ("before-3", "2025-01-17"), ("before-1", "2025-01-19")]
    assert days(report(campaign, city.bureau)) == [*found, ("late-0", "2025-01-21")]


def test_the_words_say_what_is_missing_by_when_and_that_the_day_is_a_holiday(campaign, city):
    chasing.remind(day=D("2025-01-28"))
    words = reminders.reminders_of(report(campaign, city.bureau))[0].words
    for said in ("《乙区教育局2024年年度报告》尚未报送", "2025-01-31", "还有 3 天", "第四十九条", "期限不顺延"):
        assert said in words
    chasing.remind(day=D("2025-02-08"))
    assert "已逾期 8 天" in reminders.reminders_of(report(campaign, city.bureau))[0].words


def test_who_has_reported_is_left_in_peace_and_reminded_again_once_sent_back(campaign, city):
    one = signed(city, report(campaign, city.office), D("2025-01-15"))
    run("2025-01-15", "2025-02-10")
    assert days(one) == []
    passing.send_back(submission=one, reason="漏填", user=city.people["root", Role.COMPETENT], today=D("2025-02-10"))
    run("2025-02-10", "2025-02-16")
    assert days(one) == [("late-2", "2025-02-15")]
    assert "已退回，尚未重新报送" in reminders.reminders_of(one)[0].words


def test_a_correction_of_a_published_report_is_not_chased(campaign, city):
    Submission.objects.filter(unit=city.bureau).update(notice="更正第三部分数据")
    chasing.remind(day=D("2025-02-08"))
    assert days(report(campaign, city.bureau)) == []


def test_the_job_leaves_one_entry_a_campaign_that_names_the_reports(campaign):
    chasing.remind(day=D("2025-01-21"))
    entry = Entry.objects.get(act="reporting.reminded")
    assert entry.subject == f"reporting.campaign:{campaign.pk}"
    assert len(entry.detail["reports"]) == 6


def everything(campaign):
    return list(Submission.objects.filter(campaign=campaign).select_related("campaign"))


def test_the_office_chases_in_its_own_words_once_a_day(campaign, city):
    signed(city, report(campaign, city.office))
    user = city.people["root", Role.COMPETENT]
    found = chasing.chase(submissions=everything(campaign), user=user, today=TODAY, words="请于周五前报送")
    assert len(found.made) == 7
    assert [(one.unit_id, why) for one, why in found.refused] == [(city.office.pk, "已报送，不需要催报。")]
    [last] = reminders.reminders_of(report(campaign, city.bureau))
    assert (last.words, last.sent_by, last.kind) == ("请于周五前报送", user, "chased")
    again = chasing.chase(submissions=everything(campaign), user=user, today=TODAY)
    assert again.made == []
    assert {why for _, why in again.refused} >= {"今天已经催过，不再重复。"}
    assert Entry.objects.filter(act="reporting.chased").count() == 1


def test_without_words_ours_are_said(campaign, city):
    user = city.people["root", Role.COMPETENT]
    chasing.chase(submissions=[report(campaign, city.bureau)], user=user, today=D("2025-02-03"))
    [one] = reminders.reminders_of(report(campaign, city.bureau))
    assert "已逾期 3 天" in one.words


def test_a_district_chases_its_own_units_and_no_others(campaign, city):
    user = city.people["district", Role.COMPETENT]
    found = chasing.chase(submissions=everything(campaign), user=user, today=TODAY)
    chased = {(one.submission.unit_id, one.submission.scope) for one in found.made}
    assert chased == {(place.pk, "own") for place in (city.district, city.bureau, city.town)}
    assert {why for _, why in found.refused} == {"您不是其上级主管部门人员，不能催报。"}


def test_a_handler_chases_nobody(campaign, city):
    found = chasing.chase(submissions=everything(campaign), user=city.people["finance", Role.HANDLER], today=TODAY)
    assert found.made == []


def todo(user, day):
    found = workbench.todo_for(user, scope_of(user, day), 10)
    return {source.kind: [(item.title, item.urgency) for item in items] for source, items, _ in found}


def test_the_unit_finds_the_reminder_among_what_it_has_to_do(campaign, city):
    handler = city.people["bureau", Role.HANDLER]
    assert "年报催报" not in todo(handler, TODAY)
    chasing.remind(day=D("2025-01-28"))
    [(title, urgency)] = todo(handler, D("2025-01-28"))["年报催报"]
    assert "乙区教育局" in title
    assert urgency == "soon"
    chasing.remind(day=D("2025-02-01"))
    [(title, urgency)] = todo(handler, D("2025-02-01"))["年报催报"]
    assert "已逾期 1 天" in title
    assert urgency == "late"
    [(title, _)] = todo(handler, D("2025-02-06"))["年报催报"]
    assert "已逾期 6 天" in title
    office = city.people["root", Role.COMPETENT]
    chasing.chase(submissions=[report(campaign, city.bureau)], user=office, today=D("2025-02-06"), words="请速报")
    [(title, _)] = todo(handler, D("2025-02-06"))["年报催报"]
    assert title == "催报：《乙区教育局2024年年度报告》请速报"
    assert todo(city.people["town", Role.FINAL_REVIEWER], D("2025-02-01")).get("年报催报") is None


def test_a_reminder_goes_away_when_the_report_is_sent(campaign, city):
    chasing.remind(day=D("2025-01-28"))
    signed(city, report(campaign, city.bureau), D("2025-01-29"))
    assert "年报催报" not in todo(city.people["bureau", Role.HANDLER], D("2025-01-29"))


def test_the_office_finds_its_campaign_with_what_is_missing(campaign, city):
    signed(city, report(campaign, city.office))
    found = todo(city.people["root", Role.COMPETENT], D("2025-02-03"))["年报编制进度"]
    assert found == [("2024 年度：未报送 7 份，其中逾期 5 份；待接收 1 份", "late")]
    district = todo(city.people["district", Role.COMPETENT], TODAY)["年报编制进度"]
    assert district == [("2024 年度：未报送 3 份", "normal")]
    assert "年报编制进度" not in todo(city.people["finance", Role.HANDLER], TODAY)


def test_the_newest_reminder_of_many_is_one_query(campaign, city, django_assert_num_queries):
    run("2025-01-20", "2025-02-10")
    keys = [one.pk for one in everything(campaign)]
    with django_assert_num_queries(1):
        found = reminders.latest(keys)
    assert found[report(campaign, city.bureau).pk].kind == "late-1"
    assert YEAR == 2024
