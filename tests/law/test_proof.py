from datetime import date

import pytest

from gongkai.law.clock.events import KINDS
from gongkai.law.outcomes import outcomes
from gongkai.law.parameters import read
from gongkai.law.proof import burden, items

ALWAYS, ANSWERED = ["application", "course"], ["application", "answer_letter", "delivery", "course"]

# 名称 / 办理结果 / 发生的事项 / 第三方不同意 / 应举证的材料（在申请表与答复书之间的）
CASES = [
    ("没有答复", (), (), False, []),
    ("已主动公开", ("A1",), (), False, ["publication"]),
    ("部分公开", ("P", "N6"), (), False, ["released", "separation", "nature"]),
    ("不存在", ("U1a",), (), False, ["search_log"]),
    ("不属于本机关", ("U1b",), (), False, ["responsible_agency"]),
    ("国家秘密", ("N1",), (), False, ["separation", "classification"]),
    ("三安全一稳定", ("N3",), (), False, ["separation", "harm"]),
    (
        "第三方权益",
        ("N4",),
        ("third_party_sent", "third_party_opinion"),
        True,
        ["third_party_sent", "third_party_opinion", "separation", "third_party_rights"],
    ),
    (
        "第三方不同意而公开",
        ("A2",),
        ("third_party_sent", "third_party_opinion"),
        True,
        ["third_party_sent", "third_party_opinion", "released", "public_interest"],
    ),
    ("重复申请", ("D2",), (), False, ["earlier_answer"]),
    (
        "确认、补正、延期",
        ("U2",),
        ("confirmed", "correction_notice", "correction_answer", "extension"),
        False,
        ["confirmation", "correction_notice", "correction_answer", "extension", "creation"],
    ),
]


@pytest.mark.parametrize(
    ("codes", "events", "refused", "between"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_what_must_be_proved(codes, events, refused, between):
    expected = ANSWERED if codes else ALWAYS
    found = [item.key for item in items(codes, events, third_party_refused=refused)]
    assert found == [expected[0], *between, *expected[1:]]


def test_every_outcome_but_those_told_by_their_notices_has_something_of_its_own():
    common = {item.key for item in items(("O3",), ())}
    own = {
        one.code
        for code in ("2008", "2019")
        for one in outcomes(code)
        if {i.key for i in items((one.code,), ())} - common
    }
    assert {one.code for code in ("2008", "2019") for one in outcomes(code)} - own == {
        "U3",
        "D5",
        "O1",
        "O2",
        "O3",
        "S1",
    }


def test_the_events_named_are_events_of_the_clock():
    named = {event for entry in read("proof")["item"] for event in entry.get("events", ())}
    assert named < set(KINDS)


@pytest.mark.parametrize(
    ("procedure", "day", "article"),
    [
        ("reconsideration", date(2023, 12, 31), "《行政复议法》（1999年）第二十三条、第二十八条"),
        ("reconsideration", date(2024, 1, 1), "《行政复议法》（2023年）第四十四条、第四十八条"),
        ("litigation", date(2023, 12, 31), "《行政诉讼法》第三十四条、第六十七条"),
    ],
)
def test_who_bears_the_burden(procedure, day, article):
    assert burden(procedure, day) == article


def test_what_rests_on_a_secondary_list_says_so():
    by_key = {item.key: item for item in items(("U1a", "P"), ())}
    assert by_key["search_log"].unconfirmed is True
    assert by_key["application"].unconfirmed is False
