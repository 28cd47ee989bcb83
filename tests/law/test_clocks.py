from datetime import date

import pytest

from gongkai.law.calendar import CHINA, suspended
from gongkai.law.clocks import ClockNotInForceError, UnknownClockError, due, in_force, names, versions
from gongkai.law.editions import edition

D = date.fromisoformat

# 期限 / 起算日 / 届满日 / 依据
CASES = [
    ("answer", "2018-05-14", "2018-06-04", "《政府信息公开条例》（2008年施行）第二十四条第二款"),
    ("answer", "2024-02-05", "2024-03-08", "《政府信息公开条例》第三十三条第二款"),
    ("correction_notice", "2024-02-05", "2024-02-20", "《政府信息公开条例》第三十条"),
    ("extension", "2024-03-08", "2024-04-08", "《政府信息公开条例》第三十三条第二款"),
    ("third_party", "2024-02-21", "2024-03-13", "《政府信息公开条例》第三十二条"),
    ("co_maker", "2024-02-21", "2024-03-13", "《政府信息公开条例》第三十四条"),
    ("fee_payment", "2024-03-01", "2024-03-29", "国办函〔2020〕109号"),
    ("publication", "2024-09-02", "2024-09-30", "《政府信息公开条例》第二十六条"),
    ("double_publicity", "2024-09-02", "2024-09-11", "国办发〔2018〕118号"),
    ("budget", "2024-01-22", "2024-02-11", "《预算法》第十四条"),
    ("interpretation", "2024-09-02", "2024-09-05", "各地政策解读工作规定"),
    ("procurement_notice", "2024-09-06", "2024-09-10", "《政府采购法实施条例》第四十三条、第五十条"),
    ("decision_comment", "2024-09-01", "2024-10-01", "《重大行政决策程序暂行条例》第十五条"),
    ("penalty_withdrawal", "2024-09-13", "2024-09-19", "《行政处罚法》第四十八条、第八十五条"),
    ("reconsideration_request", "2023-08-02", "2023-10-07", "《行政复议法》（1999年）第九条"),
    ("reconsideration_request", "2024-08-02", "2024-10-08", "《行政复议法》第二十条"),
    ("reconsideration_reply", "2023-09-01", "2023-09-11", "《行政复议法》（1999年）第二十三条、第四十条"),
    ("reconsideration_reply", "2024-09-02", "2024-09-14", "《行政复议法》第四十八条、第八十八条"),
    ("reconsideration_reply_simplified", "2024-09-02", "2024-09-09", "《行政复议法》第五十四条、第八十八条"),
    ("reconsideration_decision", "2022-08-02", "2022-10-08", "《行政复议法》（1999年）第三十一条"),
    ("reconsideration_decision", "2024-03-01", "2024-04-30", "《行政复议法》第六十二条"),
    ("reconsideration_decision_extended", "2023-03-01", "2023-05-30", "《行政复议法》（1999年）第三十一条"),
    ("reconsideration_decision_extended", "2024-03-01", "2024-05-30", "《行政复议法》第六十二条"),
    ("reconsideration_decision_simplified", "2024-03-01", "2024-04-01", "《行政复议法》第六十二条"),
    ("litigation", "2024-01-05", "2024-07-05", "《行政诉讼法》第四十六条"),
    ("litigation", "2024-08-31", "2025-02-28", "《行政诉讼法》第四十六条"),
    ("litigation", "2024-06-30", "2024-12-30", "《行政诉讼法》第四十六条"),
    ("litigation", "2024-04-02", "2024-10-08", "《行政诉讼法》第四十六条"),
    ("litigation_after_reconsideration", "2024-08-31", "2024-09-18", "《行政诉讼法》第四十五条"),
    ("defence", "2024-08-30", "2024-09-14", "《行政诉讼法》第六十七条"),
    ("appeal_judgment", "2024-09-23", "2024-10-08", "《行政诉讼法》第八十五条"),
    ("appeal_ruling", "2024-08-31", "2024-09-10", "《行政诉讼法》第八十五条"),
    ("appeal_reply", "2024-09-02", "2024-09-18", "《行政诉讼法》第八十六条"),
    ("judgment", "2024-04-02", "2024-10-08", "《行政诉讼法》第八十一条"),
    ("judgment_simplified", "2024-08-20", "2024-10-08", "《行政诉讼法》第八十三条"),
    ("judgment_on_appeal", "2024-11-30", "2025-02-28", "《行政诉讼法》第八十八条"),
    ("annual_report_department", "2018-12-31", "2019-03-31", "《政府信息公开条例》（2008年施行）第三十一条"),
    ("annual_report_department", "2019-12-31", "2020-01-31", "《政府信息公开条例》第四十九条"),
    ("annual_report_government", "2025-12-31", "2026-03-31", "《政府信息公开条例》第四十九条"),
]


@pytest.mark.parametrize(("name", "start", "end", "article"), CASES)
def test_a_named_clock_ends_on_the_day_of_the_table(name, start, end, article):
    found = due(name, D(start))
    assert (found.due, found.clock.article) == (D(end), article)
    assert found.trace[-1]["date"] == D(end)


def test_every_clock_of_the_table_has_a_case():
    assert {case[0] for case in CASES} == set(names())


def test_months_end_on_the_same_number_or_the_last_day_of_a_shorter_month():
    # 民法典 Art 202, written beside the test: 31 August and six months is 28 February, not 3 March (D3 of the peers).
    assert due("litigation", D("2024-08-31")).trace[1]["text"] == "到期月没有对应日，以月末日 2025-02-28 为最后一日"
    assert due("litigation", D("2024-01-05")).trace[1]["text"] == "到期月的对应日 2024-07-05"


def test_an_end_on_a_holiday_moves_where_the_law_says_so_and_cites_it():
    moved = due("litigation_after_reconsideration", D("2024-08-31")).trace[-2]
    assert moved["kind"] == "rolled"
    assert moved["article"] == "《民事诉讼法》第八十五条；法释〔2018〕1号第四十八条"
    assert moved["source"] == "国务院办公厅关于2024年部分节假日安排的通知（国办发明电〔2023〕7号）"


def test_an_end_on_a_holiday_stays_where_the_law_is_silent():
    assert not CHINA.is_working(due("budget", D("2024-01-22")).due)


def test_a_minimum_period_says_not_before():
    assert due("decision_comment", D("2024-09-01")).trace[-1]["text"] == "不早于 2024-10-01 届满"


def test_what_is_unconfirmed_says_so():
    assert "未经证实" in due("interpretation", D("2024-09-02")).trace[0]["text"]
    assert "未经证实" not in due("answer", D("2024-09-02")).trace[0]["text"]


def test_a_decision_may_set_another_length():
    assert due("decision_comment", D("2024-09-01"), length=7).due == D("2024-09-08")


def test_a_day_in_a_year_without_a_notice_is_provisional():
    found = due("answer", D("2026-12-25"))
    assert (found.due, found.provisional) == (D("2027-01-25"), True)
    assert found.trace[-1]["text"] == "至 2027-01-25 届满（暂定：该年放假安排尚未公布）"


def test_suspended_days_are_not_counted_in_calendar_periods_either():
    rule = suspended(D("2024-09-03"), D("2024-09-05"), name="期限中止", reference="某公告")
    found = due("budget", D("2024-09-02"), calendar=CHINA.with_rules(rule, clock="budget"))
    assert found.due == D("2024-09-25")
    assert [line["date"] for line in found.trace if line["kind"] == "skipped"] == [
        D("2024-09-03"),
        D("2024-09-04"),
        D("2024-09-05"),
    ]


def test_a_clock_before_its_rule_was_in_force_is_refused():
    with pytest.raises(ClockNotInForceError) as caught:
        in_force("fee_payment", D("2020-12-31"))
    assert caught.value.article == "国办函〔2020〕109号"


def test_an_unknown_clock_is_refused():
    with pytest.raises(UnknownClockError, match="answer"):
        versions("nothing")


def test_the_regulation_s_own_clocks_agree_with_its_editions():
    for code, day in (("2008", D("2018-01-02")), ("2019", D("2024-01-02"))):
        rules = edition(code).provisions
        assert in_force("answer", day).length == rules["answer"].days
        assert in_force("extension", day).length == rules["extension"].days
    rules = edition("2019").provisions
    for name, key in (
        ("correction_notice", "correction"),
        ("third_party",) * 2,
        ("co_maker",) * 2,
        ("fee_payment", "fee"),
    ):
        assert in_force(name, D("2024-01-02")).length == rules[key].days
