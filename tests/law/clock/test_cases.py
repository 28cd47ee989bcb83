# ruff: noqa: E501 -- tables of law cases are read across
"""Cases a jurist can read: 案名 / 收到日 / 事件 / 截至 / 状态 / 应答复日 / 依据."""

from datetime import date

import pytest

from gongkai.law.clock import clock, parse_event

D = date.fromisoformat
OPEN, SUSPENDED, ANSWERED, CLOSED, WITHDRAWN = "open", "suspended", "answered", "closed", "withdrawn"

VECTORS = [
    ("连云港案：特快专递签收", "2022-09-30", "2022-11-02", "法院认定的届满日"),
    ("首日不计入", "2025-02-20", "2025-03-20", "首日计入则为03-19"),
    ("指导案例26号", "2011-06-01", "2011-06-23", "旧条例15个工作日"),
    ("星期日电子邮件，按当日", "2017-06-18", "2017-07-07", "旧条例"),
    ("星期日电子邮件，按次一工作日", "2017-06-19", "2017-07-10", "法院采纳"),
    ("网上提交", "2021-11-24", "2021-12-22", "按提交之日"),
    ("网上提交，按回执之日", "2021-12-02", "2021-12-30", "按回执之日"),
    ("春节", "2024-02-05", "2024-03-08", "国办发明电〔2023〕7号"),
    ("调休上班的星期日收到", "2024-04-28", "2024-05-28", "国办发明电〔2023〕7号"),
    ("春节前收到", "2025-01-20", "2025-02-21", "国办发明电〔2024〕12号"),
    ("国庆节", "2025-09-28", "2025-10-31", "国办发明电〔2024〕12号"),
    ("2026年春节", "2026-02-10", "2026-03-16", "国办发明电〔2025〕7号"),
    ("旧条例最后一日", "2019-05-14", "2019-06-04", "旧条例15个工作日"),
    ("新条例第一日", "2019-05-15", "2019-06-13", "新条例20个工作日"),
]


@pytest.mark.parametrize(("name", "received", "due", "basis"), VECTORS)
def test_an_application_without_events_is_due(name, received, due, basis):
    state = clock(D(received))
    assert (state.status, state.due, state.provisional) == (OPEN, D(due), False), (name, basis)


EXTEND = "extension:{}:days={},approver=王主任,notified={}"
CASES = [
    # Extension (Art 33).
    ("延期20日", "2025-01-20", [EXTEND.format("2025-02-20", 20, "2025-02-21")], "", OPEN, "2025-03-21", "第33条"),
    ("延期10日", "2024-02-05", [EXTEND.format("2024-03-01", 10, "2024-03-01")], "", OPEN, "2024-03-22", "第33条"),
    ("未写天数按最长", "2024-02-05", ["extension:2024-03-08:approver=王"], "", OPEN, "2024-04-08", "第33条"),
    ("旧条例延期15日", "2018-05-14", [EXTEND.format("2018-06-01", 15, "2018-06-01")], "", OPEN, "2018-06-26", "旧24条"),
    ("告知日之前延期未生效", "2024-02-05", [EXTEND.format("2024-03-01", 10, "2024-03-05")], "2024-03-04", OPEN,
     "2024-03-08", "第33条"),
    # Correction (Art 30).
    ("等待补正", "2024-02-05", ["correction_notice:2024-02-20:period_days=15"], "", SUSPENDED, None, "第30条"),
    ("补正后重新起算", "2024-02-05", ["correction_notice:2024-02-19:period_days=15", "correction_answer:2024-02-26"], "",
     OPEN, "2024-03-25", "第30条"),
    ("补正期限最后一日", "2024-02-05", ["correction_notice:2024-02-19:period_days=5"], "2024-02-26", SUSPENDED, None,
     "第30条"),
    ("逾期不补正", "2024-02-05", ["correction_notice:2024-02-19:period_days=5"], "2024-02-27", CLOSED, None, "第30条"),
    ("逾期不补正结案", "2024-02-05", ["correction_notice:2024-02-19:period_days=5", "answer:2024-02-27:outcome=O1"], "",
     CLOSED, None, "第30条"),
    ("未定补正期限不视为放弃", "2024-02-05", ["correction_notice:2024-02-19"], "2024-12-31", SUSPENDED, None, "第30条"),
    ("有正当理由的逾期补正", "2024-02-05",
     ["correction_notice:2024-02-19:period_days=5", "correction_answer:2024-02-28:justified=yes"], "", OPEN,
     "2024-03-27", "第30条"),
    ("旧条例补正不限次数", "2018-05-14",
     ["correction_notice:2018-05-28:period_days=3", "correction_notice:2018-05-30", "correction_answer:2018-06-04"], "",
     OPEN, "2018-06-26", "旧21条"),
    ("旧条例没有视为放弃", "2018-05-14", ["correction_notice:2018-05-28:period_days=3"], "2018-12-31", SUSPENDED, None,
     "旧21条"),
    ("旧条例未补正结案", "2018-05-14", ["correction_notice:2018-05-28", "answer:2018-06-20:outcome=O1"], "", CLOSED, None,
     "旧21条"),
    ("补正后延期不带入", "2024-02-05",
     [EXTEND.format("2024-02-06", 20, "2024-02-06"), "correction_notice:2024-02-07:period_days=9",
      "correction_answer:2024-02-26"], "", OPEN, "2024-03-25", "ADR 0003"),
    # Consultation (Arts 32–34).
    ("第三方5个工作日后回复", "2024-02-05", ["third_party_sent:2024-02-20", "third_party_opinion:2024-02-27:consent=yes"], "",
     OPEN, "2024-03-15", "第33条第3款"),
    ("第三方未签收", "2024-02-05", ["third_party_sent:2024-02-20"], "2024-03-20", SUSPENDED, None, "第32条"),
    ("第三方签收后等待", "2024-02-05", ["third_party_sent:2024-02-20", "third_party_received:2024-02-21"], "2024-03-13",
     SUSPENDED, "2024-04-01", "第32条"),
    ("第三方逾期未提出意见", "2024-02-05", ["third_party_sent:2024-02-20", "third_party_received:2024-02-21"], "2024-03-14",
     OPEN, "2024-04-01", "第32条"),
    ("第三方逾期提出意见只扣除15日", "2024-02-05",
     ["third_party_sent:2024-02-20", "third_party_received:2024-02-21", "third_party_opinion:2024-03-20:consent=no"], "",
     OPEN, "2024-04-01", "第32条"),
    ("共同制作机关沉默", "2024-02-05", ["co_maker_sent:2024-02-20", "co_maker_received:2024-02-21"], "2024-03-14", OPEN,
     "2024-04-01", "第34条"),
    ("其他机关没有答复期限", "2024-02-05", ["other_agency_sent:2024-02-20"], "2024-06-28", SUSPENDED, None, "第33条第3款"),
    ("两项征求意见重叠", "2024-02-05",
     ["third_party_sent:2024-02-20", "third_party_opinion:2024-02-27", "other_agency_sent:2024-02-23",
      "other_agency_opinion:2024-03-01"], "", OPEN, "2024-03-20", "重叠只扣一次"),
    ("一项包含另一项", "2024-02-05",
     ["third_party_sent:2024-02-20", "third_party_opinion:2024-03-01", "other_agency_sent:2024-02-21",
      "other_agency_opinion:2024-02-23"], "", OPEN, "2024-03-20", "重叠只扣一次"),
    ("两个第三方先后回复", "2024-02-05",
     ["third_party_sent:2024-02-20", "third_party_sent:2024-02-21", "third_party_opinion:2024-02-22",
      "third_party_opinion:2024-02-27"], "", OPEN, "2024-03-15", "第33条第3款"),
    ("具名的两个第三方", "2024-02-05",
     ["third_party_sent:2024-02-20:party=甲", "third_party_sent:2024-02-20:party=乙",
      "third_party_opinion:2024-02-22:party=乙"], "", SUSPENDED, None, "第32条"),
    ("当日发出当日回复", "2024-02-05", ["third_party_sent:2024-02-20", "third_party_opinion:2024-02-20"], "", OPEN,
     "2024-03-08", "第33条第3款"),
    ("最后一日发出不再中止", "2024-02-05", ["third_party_sent:2024-03-08"], "2024-03-11", OPEN, "2024-03-08", "D6"),
    ("征求意见后延期", "2024-02-05",
     ["third_party_sent:2024-02-20", "third_party_opinion:2024-02-27", EXTEND.format("2024-03-15", 10, "2024-03-15")],
     "", OPEN, "2024-03-29", "第33条"),
    ("延期期间征求意见", "2024-02-05",
     [EXTEND.format("2024-03-08", 10, "2024-03-08"), "third_party_sent:2024-03-11", "third_party_opinion:2024-03-13"],
     "", OPEN, "2024-03-26", "第33条"),
    ("旧条例征求第三方意见", "2011-06-01", ["third_party_sent:2011-06-10", "third_party_opinion:2011-06-17"], "", OPEN,
     "2011-06-30", "旧24条第3款"),
    ("旧条例第三方没有期限", "2011-06-01", ["third_party_sent:2011-06-10", "third_party_received:2011-06-13"],
     "2011-12-30", SUSPENDED, None, "旧24条第3款"),
    ("旧条例不扣除其他机关时间", "2011-06-01",
     ["co_maker_sent:2011-06-10", "co_maker_received:2011-06-13", "co_maker_opinion:2011-06-17"], "", OPEN,
     "2011-06-23", "旧24条第3款"),
    ("等待补正期间征求意见延续至重新起算之后", "2024-02-05",
     ["correction_notice:2024-02-06:period_days=9", "third_party_sent:2024-02-20", "correction_answer:2024-02-21",
      "third_party_opinion:2024-02-23"], "", OPEN, "2024-03-22", "第30条、第33条第3款"),
    # Art 35.
    ("说明理由不停止计算", "2024-02-05", ["reasons_requested:2024-02-20"], "", OPEN, "2024-03-08", "第35条"),
    ("合理期限", "2024-02-05",
     ["reasons_requested:2024-02-20", "reasons_answered:2024-02-28", "reasonable_period:2024-03-05:until=2024-06-28"],
     "", OPEN, "2024-06-28", "第35条"),
    ("合理期限不因征求意见顺延", "2024-02-05",
     ["reasons_requested:2024-02-20", "reasons_answered:2024-02-28", "reasonable_period:2024-03-05:until=2024-06-28",
      "third_party_sent:2024-03-06"], "", OPEN, "2024-06-28", "第35条"),
    # Fee (Art 42; 国办函〔2020〕109号).
    ("等待缴费", "2024-02-05", ["fee_notice:2024-03-01:amount=380"], "2024-03-29", SUSPENDED, None, "109号"),
    ("缴费后重新起算", "2024-02-05", ["fee_notice:2024-03-01:amount=380", "fee_paid:2024-03-15"], "", OPEN, "2024-04-15",
     "109号"),
    ("逾期未缴费", "2024-02-05", ["fee_notice:2024-03-01"], "2024-03-30", CLOSED, None, "109号"),
    ("逾期未缴费结案", "2024-02-05", ["fee_notice:2024-03-01", "answer:2024-04-01:outcome=O2"], "", CLOSED, None, "109号"),
    # The end.
    ("最后一日交邮", "2024-02-05", ["answer:2024-03-08:mode=posted,outcome=A2"], "", ANSWERED, "2024-03-08", "235号"),
    ("逾期答复", "2021-11-24", ["answer:2021-12-28:outcome=A2"], "", ANSWERED, "2021-12-22", "第33条"),
    ("等待意见时答复", "2024-02-05", ["third_party_sent:2024-02-20", "answer:2024-02-22:outcome=N4"], "", ANSWERED,
     "2024-03-12", "第32条"),
    ("等待补正时答复", "2024-02-05", ["correction_notice:2024-02-20:period_days=9", "answer:2024-02-22:outcome=A2"], "",
     ANSWERED, None, "第30条"),
    ("撤回", "2024-02-05", ["withdrawal:2024-02-08"], "", WITHDRAWN, None, "申请人处分"),
    ("截至日之后的事件不计", "2024-02-05", ["answer:2024-03-01:outcome=A2"], "2024-02-29", OPEN, "2024-03-08", "12月31日快照"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "received", "events", "as_of", "status", "due", "basis"), CASES)
def test_a_case_has_its_status_and_due_date(name, received, events, as_of, status, due, basis):
    state = clock(D(received), events=[parse_event(event) for event in events], as_of=D(as_of) if as_of else None)
    assert (state.status, state.due) == (status, D(due) if due else None), (name, basis)


@pytest.mark.parametrize(("name", "received", "events", "as_of", "status", "due", "basis"), CASES)
def test_a_case_is_told_day_by_day_to_its_end(name, received, events, as_of, status, due, basis):
    state = clock(D(received), events=[parse_event(event) for event in events], as_of=D(as_of) if as_of else None)
    last = state.trace[-1]
    assert last["kind"] == ("due" if due else {"closed": "ended", "withdrawn": "ended"}.get(status, "pending")), name
    if due:
        assert last["date"] == D(due)
        counted = [line for line in state.trace if line["kind"] == "counted"]
        assert counted[-1]["date"] == D(due), (name, basis)


# 案名 / 渠道 / 到达 / 确认 / 应答复日
RECEIPTS = [
    ("当面", "in_person", "2024-02-05", None, "2024-03-08"),
    ("签收邮件不看确认", "registered_post", "2024-02-05", "2024-02-20", "2024-03-08"),
    ("平常信函", "ordinary_post", "2024-02-05", "2024-02-06", "2024-03-11"),
    ("互联网未填确认", "internet", "2024-02-05", None, "2024-03-08"),
    ("互联网迟延确认", "internet", "2021-11-24", "2021-12-02", "2021-12-30"),
    ("传真", "fax", "2019-05-14", "2019-05-15", "2019-06-13"),
]


@pytest.mark.parametrize(("name", "channel", "received", "confirmed", "due"), RECEIPTS)
def test_the_day_of_receipt_depends_on_the_channel(name, channel, received, confirmed, due):
    assert clock(D(received), channel, confirmed and D(confirmed)).due == D(due), name


@pytest.mark.parametrize(
    ("as_of", "used", "overdue"),
    [("2021-12-01", 5, False), ("2021-12-22", 20, False), ("2021-12-23", 21, True), ("2021-12-28", 24, True)],
)
def test_days_are_used_up_to_the_day_asked_about(as_of, used, overdue):
    state = clock(D("2021-11-24"), as_of=D(as_of))
    assert (state.days_used, state.overdue) == (used, overdue)


def test_days_of_consultation_are_not_used():
    events = [parse_event("third_party_sent:2024-02-20"), parse_event("third_party_opinion:2024-02-27")]
    assert clock(D("2024-02-05"), events=events, as_of=D("2024-02-22")).days_used == 7
    assert clock(D("2024-02-05"), events=events, as_of=D("2024-02-29")).days_used == 9


def test_a_late_answer_is_recorded_as_late():
    state = clock(D("2021-11-24"), events=[parse_event("answer:2021-12-28:outcome=A2")], as_of=D("2022-06-30"))
    assert (state.overdue, state.days_used) == (True, 24)
    assert state.trace[-1]["text"] == "应当在 2021-12-22（含当日）前答复；2021-12-28 答复，逾期4个工作日"


def test_a_due_date_in_a_year_without_a_notice_is_provisional():
    state = clock(D("2026-12-25"))
    assert (state.due, state.provisional) == (D("2027-01-25"), True)
    assert "暂定" in state.trace[-1]["text"]


def test_what_is_awaited_in_a_year_without_a_notice_is_provisional_too():
    asked = parse_event("correction_notice:2026-12-25:period_days=20")
    assert clock(D("2026-12-24"), events=[asked]).provisional
