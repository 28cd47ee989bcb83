from datetime import date
from itertools import pairwise

import pytest

from gongkai.law.errors import InputError
from gongkai.law.fees import MOST, FeeBeforeScheduleError, by_items, by_month, by_pages, of_item, tiers

ITEMS = [
    (0, 0), (1, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (40, 4000), (41, 4300), (50, 7000), (51, 7400),
    (60, 11000), (100, 37000),
]  # fmt: skip
PAGES = [
    (0, 0), (30, 0), (31, 10), (100, 700), (101, 720), (150, 1700), (200, 2700), (201, 2740), (250, 4700),
    (500, 14700),
]  # fmt: skip


@pytest.mark.parametrize(("items", "yuan"), ITEMS)
def test_the_fee_of_a_month_by_items(items, yuan):
    assert by_items(items).amount_yuan == yuan


@pytest.mark.parametrize(("pages", "yuan"), PAGES)
def test_the_fee_of_an_application_by_pages(pages, yuan):
    assert by_pages(pages).amount_yuan == yuan


@pytest.mark.parametrize("items", [0, 10, 31, 100])
def test_the_steps_add_up_to_the_fee(items):
    fee = by_items(items)
    steps = [line for line in fee.trace if line["kind"] == "tier"]
    assert sum(step["amount_yuan"] for step in steps) == fee.amount_yuan
    assert sum(step["count"] for step in steps) == items
    assert {line["article"] for line in fee.trace} == {"国办函〔2020〕109号第四条"}


def test_the_steps_are_told_in_words():
    assert [line["text"] for line in by_pages(250).trace] == [
        (
            "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）：按页计收，"
            "一件申请；A4及以下幅面单面为一页，各件申请不累计（未经证实），超额累进"
        ),
        "第1至第30页，免费：30页，0元",
        "第31至第100页，每页10元：70页，700元",
        "第101至第200页，每页20元：100页，2000元",
        "第201页起，每页40元：50页，2000元",
        "合计250页，应收4700元",
    ]


def test_the_fee_of_the_nth_item_is_what_it_adds_to_the_month():
    totals = [by_items(n).amount_yuan for n in range(131)]
    assert [of_item(n).amount_yuan for n in range(1, 131)] == [after - before for before, after in pairwise(totals)]
    assert of_item(41).amount_yuan == 300


def test_the_last_tier_of_pages_has_no_end():
    assert list(tiers("pages", 10_000))[-1] == (201, None, 40)


@pytest.mark.parametrize("charge", [by_items, by_pages, of_item])
def test_an_application_received_before_2021_is_never_charged(charge):
    with pytest.raises(FeeBeforeScheduleError) as caught:
        charge(11, received=date(2020, 12, 31))
    assert caught.value.code == "fee-before-schedule"
    assert charge(31, received=date(2021, 1, 1)).amount_yuan > 0


@pytest.mark.parametrize(
    ("charge", "number"), [(by_items, -1), (by_pages, MOST + 1), (of_item, 0), (of_item, MOST + 1)]
)
def test_a_number_that_cannot_be_is_refused(charge, number):
    with pytest.raises(InputError):
        charge(number)


def test_months_are_counted_by_the_day_of_receipt_and_do_not_add_up_with_each_other():
    receipts = [date(2024, 1, 31)] * 11 + [date(2024, 2, 1)] * 12 + [date(2020, 12, 31)] * 50
    assert {month: fee.amount_yuan for month, fee in by_month(receipts).items()} == {"2024-01": 100, "2024-02": 200}


def test_a_waiver_keeps_the_computation_and_its_reason():
    fee = by_items(31).waived("经济困难")
    assert fee.amount_yuan == 0
    assert fee.trace[-1]["text"] == "行政机关决定免收（应收2200元）：经济困难"
    assert fee.trace[:-1] == by_items(31).trace


def test_a_waiver_needs_a_reason():
    with pytest.raises(InputError, match="理由"):
        by_items(31).waived(" ")
