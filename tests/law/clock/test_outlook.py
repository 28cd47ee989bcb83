from datetime import date

from gongkai.law.clock import KINDS, clock, parse_event

D = date.fromisoformat


def state(received, *events, as_of=None):
    return clock(D(received), events=[parse_event(e) for e in events], as_of=as_of and D(as_of))


def running(found):
    return [(c.name, c.due and str(c.due)) for c in found.sub_clocks]


def allowed(found):
    return {option.caption: option.latest and str(option.latest) for option in found.allowed if option.allowed}


def test_at_first_a_correction_notice_and_an_extension_have_their_last_days():
    found = state("2024-02-05")
    assert running(found) == [("correction_notice", "2024-02-20"), ("extension", "2024-03-08")]
    assert allowed(found) == {
        "告知补正": "2024-02-20",
        "发出第三方征求意见书": None,
        "发出共同制作机关征求意见书": None,
        "发函征求其他机关意见": None,
        "要求说明理由": None,
        "延期答复": "2024-03-08",
        "发出收费通知": "2024-03-08",
        "答复": "2024-03-08",
        "申请人撤回申请": None,
    }


def test_what_is_not_allowed_says_why_and_by_which_article():
    refused = {option.kind: option for option in state("2024-02-05").allowed if not option.allowed}
    assert refused["correction_answer"].code == "no-correction-notice"
    assert refused["correction_answer"].article == "《政府信息公开条例》第三十条"
    assert refused["reasonable_period"].reason.startswith("尚未收到申请人的理由说明")


def test_while_a_correction_is_awaited_only_its_own_clock_runs():
    found = state("2024-02-05", "correction_notice:2024-02-06:period_days=9")
    assert running(found) == [("correction", "2024-02-23")]
    assert allowed(found)["收到补正"] == "2024-02-23"
    assert "延期答复" not in allowed(found)


def test_once_the_period_has_passed_the_closure_is_allowed():
    assert "答复（O1）" not in allowed(state("2024-02-05", "correction_notice:2024-02-06:period_days=9"))
    lapsed = state("2024-02-05", "correction_notice:2024-02-06:period_days=9", as_of="2024-02-27")
    assert "答复（O1）" in allowed(lapsed)
    assert running(lapsed) == []
    unpaid = state("2024-02-05", "fee_notice:2024-02-06", as_of="2024-03-29")
    assert "答复（O2）" in allowed(unpaid)


def test_a_fee_has_its_own_clock():
    found = state("2024-02-05", "fee_notice:2024-03-01")
    assert running(found) == [("fee", "2024-03-29")]
    assert allowed(found)["缴清费用"] == "2024-03-29"


def test_consultations_run_with_what_their_silence_means():
    found = state(
        "2024-02-05", "third_party_sent:2024-02-20:party=甲", "third_party_received:2024-02-21:party=甲",
        "other_agency_sent:2024-02-21",
    )  # fmt: skip
    assert running(found) == [("third_party", "2024-03-13"), ("other_agency", None)]
    assert [clock.note[:6] for clock in found.sub_clocks] == ["第三方逾期未", "征求其他机关"]
    assert {"收到第三方意见", "收到其他机关意见"} <= set(allowed(found))


def test_an_overdue_case_may_still_be_answered_but_not_extended():
    found = state("2024-02-05", as_of="2024-03-11")
    assert running(found) == []
    assert set(allowed(found)) >= {"答复", "申请人撤回申请"}
    assert {"延期答复", "发出收费通知", "告知补正"} & set(allowed(found)) == set()


def test_after_the_end_nothing_is_allowed():
    found = state("2024-02-05", "answer:2024-02-06")
    assert running(found) == []
    assert allowed(found) == {}
    assert [option.kind for option in found.allowed] == list(KINDS)


def test_after_reasons_a_reasonable_period_may_be_set_and_then_no_extension():
    before = state("2024-02-05", "reasons_requested:2024-02-06", "reasons_answered:2024-02-07")
    assert allowed(before)["确定延迟答复的合理期限"] == "2024-03-08"
    after = state(
        "2024-02-05", "reasons_requested:2024-02-06", "reasons_answered:2024-02-07",
        "reasonable_period:2024-02-08:until=2024-06-28",
    )  # fmt: skip
    assert running(after) == [("correction_notice", "2024-02-20")]
    assert "延期答复" not in allowed(after)


def test_the_older_text_has_no_last_day_for_a_correction_notice_of_its_own():
    found = state("2018-05-14")
    assert running(found) == [("extension", "2018-06-04")]
    assert allowed(found)["告知补正"] == "2018-06-04"
