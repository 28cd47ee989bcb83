"""By when a report is due: 31 January, 31 March, or the local day; and who is late."""

from datetime import date

import pytest

from gongkai.accounts.models import Role
from gongkai.reporting.domain import campaigns, passing
from gongkai.reporting.models import Scope
from gongkai.reporting.queries.deadlines import days_late, days_left, deadline_of, is_late, notice

from .conftest import TODAY, report, signed

pytestmark = pytest.mark.django_db
D = date.fromisoformat


def arranged(campaign, city, day):
    """Give the campaign a local deadline."""
    user = city.people["root", Role.COMPETENT]
    campaigns.arrange(campaign=campaign, user=user, today=TODAY, local_deadline=day, checkers={})
    campaign.refresh_from_db()
    return campaign


def test_units_report_in_january_and_governments_in_march(campaign, city):
    assert deadline_of(report(campaign, city.bureau)) == D("2025-01-31")
    assert deadline_of(report(campaign, city.district, Scope.WHOLE)) == D("2025-03-31")
    assert deadline_of(campaign) == D("2025-01-31")
    assert deadline_of(campaign, Scope.WHOLE) == D("2025-03-31")


def test_the_local_day_holds_for_units_and_not_for_the_government(campaign, city):
    arranged(campaign, city, D("2025-01-20"))
    assert deadline_of(report(campaign, city.bureau)) == D("2025-01-20")
    assert deadline_of(report(campaign, city.root, Scope.WHOLE)) == D("2025-03-31")


def test_a_day_off_moves_nothing_and_is_said(campaign):
    """31 January 2025 lay in the Spring Festival; the last working day before it was the 27th."""
    words = notice(deadline_of(campaign))
    assert deadline_of(campaign) == D("2025-01-31")
    assert "不是工作日（春节）" in words
    assert "期限不顺延" in words
    assert "2025-01-27" in words
    assert notice(D("2025-03-31")) == ""


def test_the_setting_moves_the_day_of_the_law_and_not_the_local_one(campaign, city, settings):
    settings.REPORT_DEADLINE = "working_day"
    assert deadline_of(campaign) == D("2025-02-05")
    arranged(campaign, city, D("2025-01-29"))
    assert deadline_of(campaign) == D("2025-01-29")


def test_who_has_not_signed_is_late_from_the_day_after(campaign, city):
    one = report(campaign, city.bureau)
    found = {day: days_late(one, D(day)) for day in ("2025-01-31", "2025-02-01", "2025-02-10")}
    assert found == {"2025-01-31": 0, "2025-02-01": 1, "2025-02-10": 10}
    assert not is_late(one, D("2025-01-31"))


def test_the_first_signature_decides_whatever_came_after(campaign, city):
    one = signed(city, report(campaign, city.office), D("2025-01-20"))
    passing.send_back(submission=one, reason="漏填", user=city.people["root", Role.COMPETENT], today=D("2025-02-03"))
    assert not is_late(report(campaign, city.office), D("2025-03-01"))
    late = signed(city, report(campaign, city.finance), D("2025-02-03"))
    assert days_late(late, D("2025-06-01")) == 3


def test_days_left_run_to_the_deadline_and_past_it():
    assert days_left(D("2025-01-31"), D("2025-01-28")) == 3
    assert days_left(D("2025-01-31"), D("2025-02-01")) == -1
