"""Two years side by side (F6): the half of the report's own year is read where the heads say which one it is."""

from __future__ import annotations

import random

import pytest

from builders.comparisons import compared, numbers_after_label, table_beside_table, web_table
from builders.shapes import random_values
from gongkai.annual.errors import SeveralReportsError
from gongkai.annual.reader import read_bytes

TITLE = "海岚市2024年政府信息公开工作年度报告"
BOTH = "海岚市2023年政府信息公开工作年度报告 海岚市2024年政府信息公开工作年度报告"
PRINTERS = {"numbers after the label": numbers_after_label, "table beside table": table_beside_table}


def years(seed: int):
    rng = random.Random(seed)
    return random_values("2021", rng), random_values("2021", rng)


def read(text: str, name: str = "comparison.txt"):
    return read_bytes(text.encode(), name=name)


def codes(report):
    return [diagnostic.code for diagnostic in report.diagnostics]


def assert_read(report, year, wanted):
    assert {key: report.value(key) for key in wanted} == wanted
    assert (report.year, report.unreadable, codes(report)) == (year, {}, ["two-years"])


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("printer", PRINTERS)
@pytest.mark.parametrize(
    ("title", "head", "year", "half"),
    [
        (TITLE, "2023年 2024年", 2024, 1),
        (TITLE, "2024年度 2023年度", 2024, 0),
        (TITLE.replace("2024", "2023"), "2023年 2024年", 2023, 0),
        (BOTH, "", 2024, 1),
        ("海岚市政府信息公开数据对比", "2022年数据 2023年数据", 2023, 1),
    ],
)
def test_the_half_of_the_own_year_is_read(seed, printer, title, head, year, half):
    both = years(seed)
    report = read(compared(title, head, both, PRINTERS[printer]))
    assert_read(report, year, both[half])


@pytest.mark.parametrize("heads", [("2023年", "2024年"), ("2023", "2024")])
def test_the_heads_of_a_grid_say_it(heads):
    both = years(7)
    text = compared(f"<p>{TITLE}</p>", "", both, web_table(heads)).replace("\n", "<br>")
    assert_read(read(f"<html><body>{text}</body></html>", "comparison.html"), 2024, both[1])


@pytest.mark.parametrize(
    ("head", "title"),
    [(BOTH, ""), ("海岚市2023年与2024年政府信息公开工作年度报告", "海岚市2023年与2024年政府信息公开工作年度报告")],
)
def test_the_body_is_that_of_both_titles_and_no_title_of_the_other_year_is_kept(head, title):
    report = read(compared(head, "2023年 2024年", years(2), numbers_after_label))
    assert (report.body, report.year, report.title) == ("海岚市", 2024, title)


def test_the_diagnostic_says_which_half_was_read():
    report = read(compared(TITLE, "2023年 2024年", years(1), numbers_after_label))
    (said,) = report.diagnostics
    assert "并列2023年和2024年" in said.message
    assert "只读右半2024年" in said.message


@pytest.mark.parametrize(
    ("title", "head"),
    [
        (TITLE, ""),  # nothing says whose the halves are
        (TITLE, "2022年 2023年"),  # neither is the year of the title
        (TITLE, "2022年 2023年 2024年"),  # three years for two halves
    ],
)
def test_without_a_head_that_decides_the_file_is_refused_or_unread_by_name(title, head):
    report = read(compared(title, head, years(3), numbers_after_label))
    assert not any(key.startswith("requests.") for key in report.cells)
    assert "two-years" in codes(report)
    assert {d.severity for d in report.diagnostics if d.code == "two-years"} == {"error"}
    with pytest.raises(SeveralReportsError):
        read(compared(title, head, years(3), table_beside_table))


def test_heads_that_contradict_each_other_decide_nothing():
    text = compared(TITLE, "2023年 2024年", years(3), numbers_after_label)
    one, two = text.split("三、收到", 1)
    report = read(f"{one}三、收到{two.replace('2023年 2024年', '2024年 2023年', 1)}")
    assert not any(key.startswith("requests.") for key in report.cells)


def test_a_row_that_is_not_printed_twice_over_is_not_read():
    both = years(5)
    text = compared(TITLE, "2023年 2024年", both, numbers_after_label)
    row = next(line for line in text.split("\n") if "重复申请" in line.replace("⽣", "生"))
    report = read(text.replace(row, row.rsplit(" ", 1)[0]))
    left = {key: value for key, value in both[1].items() if not key.startswith("requests.repeated.")}
    assert {key: report.value(key) for key in left} == left
    assert not any(key.startswith("requests.repeated.") for key in report.cells)
    assert "row-not-found" in codes(report)


def test_only_table_three_may_compare_two_years():
    both = years(6)
    text = compared(TITLE, "2023年 2024年", both, numbers_after_label)
    own = compared(
        TITLE, "2023年 2024年", both, lambda _, __, right: numbers_after_label("", right, [([], [])] * len(right))
    )
    (_, three), (before, after) = text.split("三、收到"), own.split("三、收到")
    report = read(before + "三、收到" + three.split("四、政府")[0] + "四、政府" + after.split("四、政府")[1])
    assert_read(report, 2024, both[1])
