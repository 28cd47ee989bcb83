from datetime import date

import pytest

from gongkai.law.clocks import in_force
from gongkai.law.outcomes import UnknownOutcomeError, outcomes
from gongkai.law.remedies import (
    Agency,
    AgencyKind,
    NoRegimeError,
    OnlineChannelError,
    Part,
    non_answer,
    remedy,
    reviewers,
)

NAMES = {"own_government": "晋江市人民政府", "superior_department": "泉州市财政局"}
BUREAU = Agency(AgencyKind.DEPARTMENT, NAMES, "晋江市人民法院")
EITHER = (
    "如对本答复书不服，可以自收到本答复书之日起60日内向晋江市人民政府申请行政复议，"
    "或者自收到本答复书之日起6个月内向晋江市人民法院提起行政诉讼。"
)
FIRST = (
    "如对本答复书不服，应当先自收到本答复书之日起60日内向晋江市人民政府申请行政复议；对行政复议决定不服的，"
    "可以自收到行政复议决定书之日起15日内向晋江市人民法院提起行政诉讼。"
)


@pytest.mark.parametrize("code", ["N1", "N2", "N3", "N4", "N5", "N6", "N7"])
def test_since_2024_a_refusal_goes_to_reconsideration_first(code):
    result = remedy(date(2024, 1, 1), [Part(code)], BUREAU)
    assert result.text == FIRST
    assert [(route.kind, route.suit_months) for route in result.routes] == [("review_first", None)]
    assert result.routes[0].articles[-1] == "《行政复议法》（2023年）第二十三条第一款第四项、第二款"


@pytest.mark.parametrize("code", [entry.code for entry in outcomes() if entry.remedy == "ordinary"])
def test_every_other_answer_can_be_contested_either_way(code):
    result = remedy(date(2024, 1, 1), [Part(code)], BUREAU)
    assert result.text == EITHER
    assert [(route.kind, route.review_days, route.suit_months) for route in result.routes] == [("either", 60, 6)]


def test_before_2024_a_refusal_could_be_contested_either_way_and_reviewed_by_two_bodies():
    result = remedy(date(2023, 12, 31), [Part("N1")], BUREAU)
    assert result.text == EITHER.replace("晋江市人民政府", "晋江市人民政府或者泉州市财政局")
    assert [route.kind for route in result.routes] == ["either"]


def test_before_2015_05_01_the_suit_had_to_come_within_three_months():
    result = remedy(date(2015, 4, 30), [Part("N1")], BUREAU, regulation="2008")
    assert [route.suit_months for route in result.routes] == [3]


def test_a_partial_answer_carries_reconsideration_first_for_its_refused_part():
    result = remedy(date(2024, 3, 8), [Part("A2", "第1项"), Part("N4", "第2项"), Part("N6", "第3项")], BUREAU)
    assert result.text == (
        "对本答复书中不予公开的部分（第2项、第3项）不服的，应当先自收到本答复书之日起60日内向晋江市人民政府申请行政复议；"
        "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向晋江市人民法院提起行政诉讼。"
        "对本答复书中其余部分（第1项）不服的，可以自收到本答复书之日起60日内向晋江市人民政府申请行政复议，"
        "或者自收到本答复书之日起6个月内向晋江市人民法院提起行政诉讼。"
    )
    assert [route.kind for route in result.routes] == ["review_first", "either"]


@pytest.mark.parametrize(
    ("codes", "first", "either"),
    [
        (["P"], ["P"], ["P"]),
        (["P", "N4"], ["N4"], ["P"]),
        (["P", "A2"], ["P"], ["A2"]),
        (["P", "A2", "N4"], ["N4"], ["A2"]),
        (["U1", "A2"], [], ["U1", "A2"]),
    ],
)
def test_the_parts_of_an_answer_are_judged_one_by_one(codes, first, either):
    result = remedy(date(2024, 3, 8), [Part(code) for code in codes], BUREAU)
    sides = {route.kind: [part.outcome for part in route.parts] for route in result.routes}
    assert sides == {kind: side for kind, side in (("review_first", first), ("either", either)) if side}


def test_what_a_bare_partial_answer_refuses_under_is_a_setting():
    result = remedy(date(2024, 3, 8), [Part("P")], BUREAU, partial_review_first=False)
    assert result.text == EITHER


@pytest.mark.parametrize(
    ("kind", "bodies"),
    [
        ("department", ("本级人民政府",)),
        ("government", ("上一级人民政府",)),
        ("provincial_government", ("本机关",)),
        ("township", ("上一级人民政府",)),
        ("national_department", ("本机关",)),
        ("vertical", ("上一级主管部门",)),
        ("customs", ("上一级主管部门",)),
        ("outpost", ("设立本机关的人民政府",)),
        ("branch", ("本级人民政府",)),
        ("judicial", ("本级人民政府", "上一级司法行政部门")),
        ("authorised", ("管理本组织的部门的本级人民政府",)),
    ],
)
def test_the_kind_of_agency_decides_who_reviews_since_2024(kind, bodies):
    assert reviewers(Agency(AgencyKind(kind)), date(2024, 1, 1)) == bodies


def test_acts_of_governments_are_heard_by_the_intermediate_court():
    assert remedy(date(2024, 1, 1), [Part("A2")], Agency(AgencyKind.GOVERNMENT)).court == "本机关所在地的中级人民法院"
    assert remedy(date(2024, 1, 1), [Part("A2")], Agency(AgencyKind.TOWNSHIP)).court == "本机关所在地的基层人民法院"


def test_who_reviews_its_own_acts_names_the_final_ruling_too():
    result = remedy(date(2024, 1, 1), [Part("A2")], Agency(AgencyKind.PROVINCIAL_GOVERNMENT))
    assert result.text.endswith("也可以向国务院申请裁决，国务院依法作出最终裁决。")


def test_an_answer_delivered_online_names_the_online_channel():
    result = remedy(date(2024, 1, 1), [Part("A2")], BUREAU, online_channel="https://fy.example.cn")
    assert result.text == f"{EITHER}行政复议申请可以通过互联网提交：https://fy.example.cn。"
    with pytest.raises(OnlineChannelError, match="没有写明") as caught:
        remedy(date(2024, 1, 1), [Part("A2")], BUREAU, online_channel="")
    assert caught.value.article == "《行政复议法》（2023年）第二十二条"


def test_before_2024_no_online_channel_was_asked_for():
    assert "互联网" not in remedy(date(2023, 1, 1), [Part("A2")], BUREAU, online_channel="").text


def test_the_letter_is_called_by_its_name():
    assert remedy(date(2024, 1, 1), [Part("A2")], BUREAU, letter="本告知书").text.startswith("如对本告知书不服")


def test_no_answer_can_be_contested_either_way_unless_the_office_decides_otherwise():
    by_default = non_answer(date(2025, 6, 2), BUREAU)
    assert by_default.text == (
        "行政机关逾期不予答复的，可以自答复期限届满之日起60日内向晋江市人民政府申请行政复议，"
        "或者自答复期限届满之日起6个月内向晋江市人民法院提起行政诉讼。"
    )
    first = non_answer(date(2025, 6, 2), BUREAU, review_first=True)
    assert first.text.startswith("行政机关逾期不予答复的，应当先自答复期限届满之日起60日内")
    assert first.routes[0].articles[-1] == "《行政复议法》（2023年）第二十三条第一款第三项"
    assert non_answer(date(2023, 6, 2), BUREAU, review_first=True).routes[0].kind == "either"


def test_there_is_no_rule_before_the_regulation():
    with pytest.raises(NoRegimeError, match="请核对答复日期"):
        remedy(date(2008, 4, 30), [Part("A2")], BUREAU)


def test_a_part_without_a_known_outcome_is_refused():
    with pytest.raises(UnknownOutcomeError):
        remedy(date(2024, 1, 1), [Part("X9")], BUREAU)


@pytest.mark.parametrize("day", [date(2015, 5, 1), date(2024, 1, 1), date(2026, 1, 1)])
def test_the_periods_told_are_those_of_the_clocks(day):
    route = remedy(day, [Part("A2")], BUREAU).routes[0]
    assert route.review_days == in_force("reconsideration_request", day).length
    assert route.suit_months == in_force("litigation", day).length
    assert route.suit_days_after_review == in_force("litigation_after_reconsideration", day).length
