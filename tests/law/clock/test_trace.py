from datetime import date

from gongkai.law.calendar import CHINA, closed
from gongkai.law.clock import clock, defaults, parse_event

D = date.fromisoformat


def trace(received, *events, **options):
    return clock(D(received), events=[parse_event(event) for event in events], **options).trace


def texts(lines, kind):
    return [line["text"] for line in lines if line["kind"] == kind]


def test_a_trace_names_the_regulation_the_receipt_every_day_and_the_end():
    lines = trace("2024-02-05")
    assert [line["kind"] for line in lines[:2]] == ["regulation", "receipt"]
    assert [line["date"] for line in lines[2:-1]] == [date.fromordinal(n) for n in range(738922, 738954)]
    assert [line["n"] for line in lines if line["kind"] == "counted"] == list(range(1, 21))
    assert lines[-1]["text"] == "应当在 2024-03-08（含当日）前答复"


def test_every_counted_or_skipped_day_has_a_document():
    assert all(line["source"] for line in trace("2024-02-05") if line["kind"] in {"counted", "skipped"})


def test_a_make_up_day_and_a_holiday_are_told_with_their_notice():
    lines = {line["date"]: line for line in trace("2024-02-05")[2:-1]}
    assert lines[D("2024-02-18")]["text"] == "星期日，调休上班（春节），第5个工作日"
    assert lines[D("2024-02-12")]["text"] == "星期一，春节，不计入"
    assert {lines[D(day)]["source"] for day in ("2024-02-12", "2024-02-18")} == {
        "国务院办公厅关于2024年部分节假日安排的通知（国办发明电〔2023〕7号）"
    }


def test_a_suspended_day_names_who_was_asked_and_when():
    lines = trace("2024-02-05", "third_party_sent:2024-02-20:party=某公司", "third_party_opinion:2024-02-21:consent=no")
    day = next(line for line in lines if line["kind"] == "suspended")
    assert day["text"] == "星期三，工作日，征求第三方（某公司）意见期间（2024-02-20 发出），不计入"
    assert day["article"] == "《政府信息公开条例》第三十二条、第三十三条第三款"
    assert texts(lines, "event")[-1] == "收到第三方（某公司）的意见：不同意公开"


def test_overlapping_consultations_name_the_convention():
    lines = trace("2024-02-05", "third_party_sent:2024-02-20", "co_maker_sent:2024-02-20")
    assert len(texts(lines, "convention")) == 2
    assert all("未经证实" in text for text in texts(lines, "convention"))


def test_a_late_confirmation_warns_of_the_court():
    lines = trace("2021-11-24", channel="internet", confirmed=D("2021-12-02"))
    assert texts(lines, "warning") == [
        "到达后第6个工作日才确认；提交后超过1个工作日才确认的，提示：法院可能以提交之日为收到之日（默认算法，未经证实，可调整）"
    ]
    assert next(line["source"] for line in lines if line["kind"] == "warning") == "最高人民法院指导案例26号"


def test_a_confirmation_within_a_working_day_or_under_the_older_text_does_not_warn():
    assert texts(trace("2021-11-24", channel="internet", confirmed=D("2021-11-25")), "warning") == []
    assert texts(trace("2017-06-18", channel="internet", confirmed=D("2017-06-28")), "warning") == []


def test_attempts_to_reach_the_applicant_are_on_record():
    lines = trace("2024-02-05", channel="fax", confirmed=D("2024-02-07"), attempts=[D("2024-02-06")])
    attempt = lines[2]
    assert (attempt["date"], attempt["source"]) == (D("2024-02-06"), "国办公开办函〔2015〕207号")


def test_a_missing_or_needless_confirmation_is_said():
    assert "未填确认日期" in trace("2024-02-05", channel="internet")[1]["text"]
    assert "不影响期限" in trace("2024-02-05", confirmed=D("2024-02-06"))[1]["text"]


def test_a_convention_set_by_the_caller_is_named_and_moves_the_date():
    counted_from_dispatch = defaults()._replace(suspension_includes_dispatch_day=True)
    words = [parse_event("third_party_sent:2024-02-20"), parse_event("third_party_opinion:2024-02-27")]
    state = clock(D("2024-02-05"), events=words, conventions=counted_from_dispatch)
    assert state.due == D("2024-03-18")
    assert (
        texts(state.trace, "convention")[-1] == "使用调用方的设定 suspension_includes_dispatch_day = True（默认 False）"
    )


def test_a_correction_period_may_be_of_calendar_days():
    by_days = defaults()._replace(correction_period_in_working_days=False)
    asked = parse_event("correction_notice:2024-02-07:period_days=15")
    state = clock(D("2024-02-05"), events=[asked], conventions=by_days)
    assert state.trace[-1]["text"] == "等待申请人补正，至 2024-02-22；没有正在进行的答复期限"


def test_a_local_closure_is_skipped_with_its_document():
    local = CHINA.with_rules(closed(D("2024-02-20"), name="停工", reference="某市防指〔2024〕1号"))
    lines = trace("2024-02-05", calendar=local)
    assert next(line for line in lines if line["date"] == D("2024-02-20"))["source"] == "某市防指〔2024〕1号"
    assert lines[-1]["date"] == D("2024-03-11")


def test_an_abandoned_period_is_told_as_well():
    lines = trace(
        "2024-02-05",
        "third_party_sent:2024-02-05",
        "third_party_opinion:2024-02-06",
        "correction_notice:2024-02-07:period_days=9",
        "correction_answer:2024-02-19",
    )
    told = [(line["date"], line["kind"]) for line in lines if line["kind"] in {"counted", "suspended"}]
    assert told[:3] == [(D("2024-02-06"), "suspended"), (D("2024-02-07"), "counted"), (D("2024-02-20"), "counted")]


def test_the_end_says_what_the_day_asked_about_makes_of_it():
    def last(*events, **options):
        return trace("2024-02-05", *events, **options)[-1]["text"]

    assert last(as_of=D("2024-03-12")) == (
        "应当在 2024-03-08（含当日）前答复；截至 2024-03-12 尚未答复，已逾期2个工作日"
    )
    assert last("answer:2024-03-08") == "应当在 2024-03-08（含当日）前答复；2024-03-08 答复，未逾期"
    assert last("third_party_sent:2024-02-20", "third_party_received:2024-02-21") == (
        "期限中止，最迟应当在 2024-04-01（含当日）前答复；意见提前收到的，相应提前"
    )
    assert last("other_agency_sent:2024-02-20") == (
        "正在征求其他机关意见，尚无法定截止日，答复期限中止，收到意见（或对方签收）后才能确定应答复日"
    )
    assert last("correction_notice:2024-02-07") == "等待申请人补正；没有正在进行的答复期限"
    assert last("fee_notice:2024-03-01") == "等待申请人缴费，至 2024-03-29；没有正在进行的答复期限"
    assert last("fee_notice:2024-03-01", "answer:2024-03-04") == "已在答复期限进行之前答复"
    assert last("fee_notice:2024-03-01", "answer:2024-04-01:outcome=O2") == "以逾期不缴费结案；没有正在进行的答复期限"
    assert last("withdrawal:2024-02-06") == "申请人撤回申请；没有正在进行的答复期限"
    assert last("fee_notice:2024-03-01", as_of=D("2024-04-01")) == (
        "申请人逾期未缴费（至 2024-03-29），视为放弃申请，不再处理；应当作出不再处理的告知"
    )
    assert last("correction_notice:2024-02-19:period_days=5", as_of=D("2024-02-28")) == (
        "申请人逾期未补正（至 2024-02-26），视为放弃申请，不再处理；应当作出不再处理的告知"
    )


def test_an_answer_is_told_by_its_mode_and_its_doubts():
    def answered(*events):
        lines = trace("2024-02-05", *events)
        return texts(lines, "warning"), texts(lines, "event")[-1]

    assert answered("answer:2024-02-06:mode=posted,outcome=N1") == (
        [],
        "答复（邮寄送达，以交邮之日计），办理结果：属于国家秘密",
    )
    assert answered("answer:2024-02-06:mode=electronic")[1] == (
        "答复（电子方式，以发送成功之日计）；以电子方式答复的，以发送成功之日为答复之日（默认算法，未经证实，可调整）"
    )
    assert answered("answer:2024-02-06:outcome=D4")[0] == ["以无正当理由大量反复申请答复，但没有要求说明理由的记录"]
    assert answered("reasons_requested:2024-02-05", "answer:2024-02-06:outcome=D4")[0] == []
    assert answered("answer:2024-02-06:outcome=N4")[0] == ["以保护第三方合法权益答复，但没有征求第三方意见的记录"]
    asked = ("third_party_sent:2024-02-05", "third_party_opinion:2024-02-06:consent=no")
    assert answered(*asked, "answer:2024-02-07:outcome=N4")[0] == []
    assert answered(*asked, "answer:2024-02-07:outcome=A2")[0] == [
        "第三方不同意公开而决定公开：应有公共利益的理由，并将内容和理由书面告知第三方"
    ]
    assert answered("co_maker_sent:2024-02-05", "answer:2024-02-07:outcome=A2")[0] == [
        "没有等到共同制作机关的意见即作出答复"
    ]
    assert answered("fee_notice:2024-02-06:amount=380", "answer:2024-02-07:outcome=A2")[0] == [
        "没有等到申请人补正或缴费即作出答复"
    ]
