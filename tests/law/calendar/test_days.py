from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from gongkai.law.calendar import CHINA, AfterCalendarError, BeforeCalendarError, Calendar
from gongkai.law.calendar.notices import arrangements, last_year
from gongkai.law.parameters import read

D = date.fromisoformat


def every_day(first, last):
    return [date(first, 1, 1) + timedelta(n) for n in range((date(last + 1, 1, 1) - date(first, 1, 1)).days)]


def test_every_day_of_the_notices_agrees_with_chinesecalendar():
    days = every_day(2008, 2026)
    assert [day for day in days if CHINA.is_working(day) != chinese_calendar.is_workday(day)] == []


def test_every_day_to_the_end_of_the_table_agrees_with_holidays():
    oracle = holidays.China(years=range(2008, 2036))
    days = every_day(2008, 2035)
    assert [day for day in days if CHINA.is_working(day) != oracle.is_working_day(day)] == []


def test_every_day_is_explained_as_it_is_counted():
    days = every_day(2008, 2035)
    assert [day for day in days if CHINA.explain(day).working != CHINA.is_working(day)] == []
    assert [day for day in days if not CHINA.explain(day).reference] == []


def test_the_two_packages_disagree_on_one_day_only_and_it_lies_before_the_notices_kept_here():
    oracle = holidays.China(years=range(2004, 2027))
    differing = [d for d in every_day(2004, 2026) if oracle.is_working_day(d) != chinese_calendar.is_workday(d)]
    assert differing == [D("2005-12-31")]


@pytest.mark.parametrize("year", range(2008, 2027))
def test_every_year_names_its_notice_with_title_and_number(year):
    notices = read(f"calendar/{year}")["notice"]
    assert notices[0]["reference"].startswith(f"国务院办公厅关于{year}年部分节假日安排的通知（国办发明电〔{year - 1}〕")
    assert [n["issued"] for n in notices] == sorted(n["issued"] for n in notices)


@pytest.mark.parametrize(
    ("day", "kind", "name", "document"),
    [
        ("2024-02-05", "working_day", "工作日", "国务院令第174号"),
        ("2024-02-03", "weekend", "周末", "国务院令第174号"),
        ("2024-02-04", "make_up", "调休上班（春节）", "国办发明电〔2023〕7号"),
        ("2024-02-12", "holiday", "春节", "国办发明电〔2023〕7号"),
        ("2011-12-31", "make_up", "调休上班（元旦）", "国办发明电〔2011〕45号"),
        ("2015-09-04", "holiday", "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日", "国发明电〔2015〕1号"),
        (
            "2015-09-06",
            "make_up",
            "调休上班（中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日）",
            "国发明电〔2015〕1号",
        ),
        ("2019-05-05", "make_up", "调休上班（劳动节）", "国办发明电〔2019〕3号"),
        ("2020-01-30", "holiday", "春节", "国办发明电〔2019〕16号"),
        ("2020-01-31", "holiday", "春节", "国办发明电〔2020〕1号"),
        ("2020-02-01", "holiday", "春节", "国办发明电〔2020〕1号"),
        ("2020-02-03", "working_day", "工作日", "国务院令第174号"),
        ("2027-02-05", "holiday", "春节", "国务院令第795号"),
        ("2027-02-09", "holiday", "春节补假", "国务院令第795号"),
    ],
)
def test_a_day_is_explained_by_the_document_it_rests_on(day, kind, name, document):
    note = CHINA.explain(D(day))
    assert (note.kind, note.name) == (kind, name)
    assert document in note.reference


def test_a_year_without_a_notice_is_provisional():
    assert not CHINA.explain(D("2026-12-31")).provisional
    assert CHINA.explain(D("2027-01-04")).provisional
    assert CHINA.is_provisional(D("2027-01-04"))


def test_the_first_day_is_not_counted():
    assert CHINA.add(D("2024-02-05"), 1) == D("2024-02-06")
    assert CHINA.count(D("2024-02-05"), D("2024-02-06")) == 1


def test_counting_to_the_same_or_an_earlier_day_gives_nothing():
    assert CHINA.count(D("2024-02-06"), D("2024-02-06")) == 0
    assert CHINA.count(D("2024-02-06"), D("2023-02-06")) == 0


def test_counting_and_adding_are_inverse_across_years_that_were_not_loaded():
    calendar = Calendar()
    assert calendar.count(D("2019-12-30"), calendar.add(D("2019-12-30"), 300)) == 300
    assert Calendar().count(D("2024-01-02"), D("2012-01-02")) == 0
    assert Calendar().count(D("2012-01-04"), D("2024-01-04")) == CHINA.count(D("2012-01-04"), D("2024-01-04"))


def test_the_window_grows_to_the_left_as_well():
    calendar = Calendar()
    assert calendar.is_working(D("2024-01-02"))
    assert not calendar.is_working(D("2023-01-01"))
    assert calendar.is_working(D("2010-01-04"))


def test_a_day_of_rest_moves_to_the_next_working_day():
    assert CHINA.on_or_after(D("2024-02-10")) == D("2024-02-18")
    assert CHINA.on_or_after(D("2024-02-18")) == D("2024-02-18")


def test_the_first_day_of_the_calendar_is_a_holiday():
    assert not Calendar().is_working(D("2008-01-01"))


def test_a_day_before_the_first_notice_is_refused():
    with pytest.raises(BeforeCalendarError, match="从 2008 年开始"):
        CHINA.is_working(D("2007-12-29"))


def test_a_day_after_the_last_computable_year_is_refused():
    with pytest.raises(AfterCalendarError, match="2035"):
        CHINA.is_working(date(last_year() + 1, 1, 1))
    with pytest.raises(AfterCalendarError):
        CHINA.add(date(last_year(), 12, 31), 1)


def test_a_year_without_a_file_has_no_arrangements():
    assert arrangements(2027) is None
