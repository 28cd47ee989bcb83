from __future__ import annotations

from datetime import date

import pytest

from gongkai.annual.reader.metadata import Title, period_of, same_body, title_of


@pytest.mark.parametrize(
    ("text", "body", "year"),
    [
        ("海岚市人民政府 2024 年 政府信息公开工作年度报告", "海岚市人民政府", 2024),
        ("海岚市2019年政府信息公开工作年度报告", "海岚市", 2019),
        ("海岚综合实验区2025年度政府信息公开工作年度报告", "海岚综合实验区", 2025),
        ("2019年海岚市人民政府办公厅政府信息公开工作年度报告", "海岚市人民政府办公厅", 2019),
        ("海岚市财政局二〇二一年政府信息公开年度报告", "海岚市财政局", 2021),
        ("海岚市财政局二○一二年政府信息公开年度报告", "海岚市财政局", 2012),
        ("海岚市教育局2023年度信息公开年度报告", "海岚市教育局", 2023),
        ("海岚市教育局2023年政府信息公开年度工作报告", "海岚市教育局", 2023),
        ("海岚市教育局政府信息公开工作年度报告（2023年度）", "海岚市教育局", 2023),
        ("标题: 海岚县人民政府2011年政府信息公开工作年度报告", "海岚县人民政府", 2011),
    ],
)
def test_body_and_year_of_a_title(text, body, year):
    found = title_of([text], [])
    assert (found.body, found.year) == (body, year)


def test_the_title_may_stand_in_the_first_lines_and_wrap():
    assert title_of([], ["海岚市发改委 2017年政府信息", "公开工作年度报告"]).year == 2017
    assert title_of(["海岚市政府网"], ["首页", "海岚市2019年政府信息公开工作年度报告"]).body == "海岚市"


def test_a_title_without_a_body_takes_the_signature():
    lines = ["2023年政府信息公开工作年度报告", "一、总体情况", "若干。", "无。", "。", "。", "海岚市卫生健康局"]
    assert title_of([], lines) == Title("2023年政府信息公开工作年度报告", "海岚市卫生健康局", 2023)
    assert title_of([], ["无题", "海岚市人民政府办公室"]) == Title("", "海岚市人民政府办公室", None)
    assert title_of([], ["无题"]) == Title("", None, None)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("统计期限自2023年1月1日起至2023年12月31日止。", date(2023, 1, 1), date(2023, 12, 31)),
        ("统计期限自 2019 年 1 月 1 日起至 12 月 31 日止", date(2019, 1, 1), date(2019, 12, 31)),
        ("数据统计期限为2025年1月1日至2025年12月31日", date(2025, 1, 1), date(2025, 12, 31)),
        ("统计期限自 2017年 1月 1日起,至 2017年 12月 31日止", date(2017, 1, 1), date(2017, 12, 31)),
    ],
)
def test_the_printed_period(text, first, last):
    assert period_of(text) == ((first, last), None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("统计期限从201911日至1231日止。其余", "统计期限从201911日至1231日止"),
        ("统计期限自2023年13月1日至2023年12月31日", "统计期限自2023年13月1日至2023年12月31日"),
        ("统计期限为1月至12月。", "统计期限为1月至12月"),
    ],
)
def test_a_damaged_period_is_told_and_not_guessed(text, words):
    period, diagnostic = period_of(text)
    assert period is None
    assert diagnostic is not None
    assert (diagnostic.severity, diagnostic.code) == ("warning", "damaged-period")
    assert f"“{words}”" in diagnostic.message


def test_no_period_is_no_damage():
    assert period_of("统计期限见附件。") == (None, None)


def test_a_place_and_its_government_are_one_body():
    assert same_body("海岚市", "海岚市人民政府")
    assert same_body("海岚综合实验区管委会", "海岚综合实验区")
    assert not same_body("海岚市", "海岚市人民政府办公室")
