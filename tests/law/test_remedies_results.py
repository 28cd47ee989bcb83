from datetime import date

import pytest

from gongkai.law.remedies_results import (
    EARLIER,
    UnknownResultError,
    blocks,
    columns,
    counting,
    forms,
    result,
    results,
)

OLD, NEW = date(2023, 12, 31), date(2024, 1, 1)

# 程序 / 结果 / 作出之日 / 表四的列 / 责令重新答复 / 依据
CASES = [
    ("reconsideration", "upheld", NEW, "upheld", False, "《行政复议法》（2023年）第六十八条"),
    ("reconsideration", "upheld", OLD, "upheld", False, "《行政复议法》（1999年）第二十八条第一款第一项"),
    ("reconsideration", "claims_rejected", NEW, "upheld", False, "《行政复议法》（2023年）第六十九条"),
    ("reconsideration", "revoked_answer_again", NEW, "corrected", True, "《行政复议法》（2023年）第六十四条"),
    ("reconsideration", "ordered", NEW, "corrected", True, "《行政复议法》（2023年）第六十六条"),
    ("reconsideration", "illegal", NEW, "corrected", False, "《行政复议法》（2023年）第六十五条"),
    ("reconsideration", "mediated", NEW, "other", False, "《行政复议法》（2023年）第七十三条"),
    ("reconsideration", "withdrawn", NEW, "other", False, "《行政复议法》（2023年）第四十一条"),
    ("reconsideration", "withdrawn", OLD, "other", False, "《行政复议法》（1999年）第二十五条"),
    ("reconsideration", "rejected", NEW, "other", False, "《行政复议法》（2023年）第三十三条"),
    ("litigation", "upheld", date(2015, 4, 30), "upheld", False, "《行政诉讼法》（1989年）第五十四条第一项"),
    ("litigation", "claims_rejected", NEW, "upheld", False, "《行政诉讼法》第六十九条"),
    ("litigation", "ordered", NEW, "corrected", True, "《行政诉讼法》第七十二条"),
    ("litigation", "rejected", NEW, "other", False, "法释〔2018〕1号第六十九条"),
    ("appeal", "affirmed", NEW, EARLIER, False, "《行政诉讼法》第八十九条第一款第一项"),
    ("appeal", "remanded", NEW, "pending", False, "《行政诉讼法》第八十九条第一款第三项、第四项"),
    ("appeal", "revoked_answer_again", NEW, "corrected", True, "《行政诉讼法》第七十条"),
]


@pytest.mark.parametrize(("procedure", "key", "day", "column", "orders_answer", "article"), CASES)
def test_a_result_falls_into_the_column_of_the_table(procedure, key, day, column, orders_answer, article):
    found = result(key, procedure, day)
    assert (found.column, found.orders_answer, found.article) == (column, orders_answer, article)


@pytest.mark.parametrize("day", [date(2008, 5, 1), date(2015, 4, 30), date(2015, 5, 1), OLD, NEW, date(2030, 1, 1)])
@pytest.mark.parametrize("procedure", ["reconsideration", "litigation", "appeal"])
def test_on_every_day_every_key_stands_once_with_a_known_column_and_form(procedure, day):
    found = results(procedure, day)
    assert len({one.key for one in found}) == len(found) > 0
    assert {one.column for one in found} <= {*columns(), EARLIER}
    assert {one.form for one in found} <= set(forms())
    assert all(one.article for one in found)


def test_whatever_orders_an_answer_corrects():
    found = [one for day in (OLD, NEW) for kind in ("reconsideration", "appeal") for one in results(kind, day)]
    assert {one.column for one in found if one.orders_answer} == {"corrected"}


def test_a_result_of_another_law_is_refused_with_what_there_is():
    with pytest.raises(UnknownResultError) as refused:
        result("upheld", "litigation", date(2015, 5, 1))
    assert "claims_rejected（判决驳回诉讼请求）" in refused.value.message
    with pytest.raises(UnknownResultError, match="可用的结果：无"):
        result("upheld", "arbitration", NEW)


def test_the_table_has_three_blocks_of_four_columns():
    assert list(blocks().values()) == ["行政复议", "未经复议直接起诉", "复议后起诉"]
    assert list(columns().values()) == ["结果维持", "结果纠正", "其他结果", "尚未审结"]


def test_the_settings_count_a_carried_case_again_and_a_judgment_when_it_is_given():
    assert counting().counts_carried_cases is True
    assert counting().counts_before_effect is True


def test_judgments_and_rulings_that_close_the_door_can_be_appealed():
    open_ = {one.key for one in results("litigation", NEW) if one.appealable}
    assert {one.key for one in results("litigation", NEW)} - open_ == {"withdrawn", "mediated", "terminated"}
    assert not any(one.appealable for one in results("reconsideration", NEW))
