from datetime import date

import pytest

from gongkai.annual.forms import form
from gongkai.law.clocks import in_force
from gongkai.law.duties import (
    LateDeadlineError,
    NoReportError,
    duties,
    form_editions,
    required_content,
    required_sections,
)


@pytest.mark.parametrize(
    ("year", "level", "owed"),
    [
        (2024, "department", [("submit", date(2025, 1, 31)), ("publish", date(2025, 1, 31))]),
        (2024, "national", [("submit", date(2025, 1, 31)), ("publish", date(2025, 1, 31))]),
        (2024, "county", [("publish", date(2025, 3, 31))]),
        (2019, "prefecture", [("publish", date(2020, 3, 31))]),
        (2019, "province", [("publish", date(2020, 3, 31))]),
        (2019, "town", [("submit", date(2020, 1, 31)), ("publish", date(2020, 1, 31))]),
        (2018, "department", [("publish", date(2019, 3, 31))]),
        (2008, "town", [("publish", date(2009, 3, 31))]),
        (2024, None, []),
    ],
)
def test_who_reports_by_when(year, level, owed):
    assert [(duty.act, duty.due) for duty in duties(year, level)] == owed


def test_the_duty_of_towns_is_practice_not_regulation():
    assert [duty.unconfirmed for duty in duties(2024, "town")] == [True, True]
    assert [duty.unconfirmed for duty in duties(2024, "county")] == [False]


def test_a_local_deadline_comes_earlier_and_the_statutory_one_stays_visible():
    submit, publish = duties(2025, "department", local={"submit": (1, 26), "publish": (1, 28)})
    assert (submit.due, submit.statutory) == (date(2026, 1, 26), date(2026, 1, 31))
    assert (publish.due, publish.statutory) == (date(2026, 1, 28), date(2026, 1, 31))


@pytest.mark.parametrize("day", [(2, 1), (1, 32)])
def test_a_local_deadline_after_the_statutory_one_is_refused(day):
    with pytest.raises(LateDeadlineError, match="晚于法定期限2026-01-31") as caught:
        duties(2025, "department", local={"publish": day})
    assert caught.value.article == "《政府信息公开条例》第四十九条第一款"


@pytest.mark.parametrize(
    ("year", "editions"),
    [
        (2008, ("2008",)),
        (2013, ("2008",)),
        (2014, ("2014", "2008")),
        (2018, ("2014", "2008")),
        (2019, ("2019",)),
        (2020, ("2019",)),
        (2021, ("2021",)),
        (2030, ("2021",)),
    ],
)
def test_the_year_decides_the_form_and_the_forms_agree(year, editions):
    assert form_editions(year) == editions
    assert all(form(edition).covers(year) for edition in editions)


def test_nothing_was_owed_before_the_regulation():
    with pytest.raises(NoReportError, match="请核对报告年度"):
        form_editions(2007)


def test_the_forms_since_2019_prescribe_six_sections():
    assert required_sections("2021") == required_sections("2019")
    assert len(required_sections("2021")) == 6
    assert required_sections("2008") == ()


@pytest.mark.parametrize(
    ("level", "keys"),
    [
        ("county", ["proactive", "requests", "remedies", "problems", "accountability", "other"]),
        ("department", ["proactive", "requests", "remedies", "problems", "other"]),
        (None, ["proactive", "requests", "remedies", "problems", "other"]),
    ],
)
def test_only_governments_report_assessment_and_accountability(level, keys):
    assert [content.key for content in required_content(2024, level)] == keys


def test_the_older_regulation_asked_for_fees():
    assert [content.key for content in required_content(2018, "department")] == [
        "proactive",
        "requests",
        "fees",
        "remedies",
        "problems",
        "other",
    ]


@pytest.mark.parametrize(
    ("clock", "level"), [("annual_report_department", "department"), ("annual_report_government", "county")]
)
@pytest.mark.parametrize("year", [2010, 2018, 2019, 2024])
def test_the_days_are_those_of_the_clocks(clock, level, year):
    version = in_force(clock, date(year, 12, 31))
    assert {(duty.due.month, duty.due.day) for duty in duties(year, level)} == {(version.month, version.day)}
