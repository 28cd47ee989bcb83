"""Table 四: fifteen numbers, however they are laid out."""

from __future__ import annotations

import pytest

from gongkai.annual import forms
from gongkai.annual.reader.recognise import recognise
from gongkai.annual.reader.source import Grid, GridCell, Line, Source
from gongkai.annual.report import State

OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
TITLE = "四、政府信息公开行政复议、行政诉讼情况"
PERMITS = ["信息内容 本年处理决定数量", "行政许可 9"]
FIGURES = [27, 10, 9, 15, 61, 3, 0, 0, 0, 3, 8, 0, 1, 1, 10]


def read(*blocks):
    made = [Line(block) if isinstance(block, str) else block for block in (*PERMITS, *blocks)]
    return recognise(Source(file="f", kind="text", blocks=tuple(made), title="海岚市2023年政府信息公开工作年度报告"))


def grid(*rows):
    return Grid(tuple(GridCell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row)))


def four(report):
    return [report.value(key) for key in tuple(forms.table("2021", "remedies").keys())]


def texts(figures=FIGURES):
    return [str(number) for number in figures]


@pytest.mark.parametrize(
    "blocks",
    [
        [TITLE, "行政复议 行政诉讼", " ".join(OUTCOMES * 3), " ".join(texts())],
        [TITLE, *OUTCOMES * 3, *texts()],
        [
            TITLE
            + "行政复议行政诉讼"
            + "".join(OUTCOMES)
            + "未经复议直接起诉复议后起诉"
            + "".join(OUTCOMES * 2)
            + "".join(texts())
        ],
        [
            TITLE,
            "### 行政复议",
            grid(OUTCOMES, texts()[:5]),
            grid(OUTCOMES, texts()[5:10]),
            grid(OUTCOMES, texts()[10:]),
        ],
        [grid(["行政复议", *[""] * 4, "行政诉讼", *[""] * 9], OUTCOMES * 3, texts())],
        [TITLE, "注：行政复议数量含上年度结转数量。", grid(["维持", "纠正", "审结"], texts())],
        [TITLE, "2023年情况如下。", " ".join(OUTCOMES * 3) + " ".join(["", *texts()]) + "附件下载2023"],
        [TITLE, grid(["部门", "2023"]), grid(OUTCOMES * 3, [*texts(), ""])],
    ],
)
def test_the_fifteen_numbers_in_every_layout(blocks):
    assert four(read(*blocks)) == FIGURES


def test_blank_cells_are_blank():
    row = ["5", "", "", "2", "7", "8", "", "", "1", "9", "", "", "", "", ""]
    report = read(TITLE, grid(OUTCOMES * 3, row))
    assert four(report) == [5, None, None, 2, 7, 8, None, None, 1, 9, None, None, None, None, None]
    assert report.cells["remedies.reconsideration.corrected"].state is State.BLANK
    assert four(read(TITLE, grid(OUTCOMES * 3, [""] * 15))) == [None] * 15


def test_a_page_number_after_the_numbers_is_not_one_of_them():
    assert four(read(TITLE, " ".join(OUTCOMES * 3), "".join(texts()), "7")) == FIGURES


def test_too_few_numbers_are_not_cut_up_where_numbers_stand_apart():
    columns = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"
    three = [
        "申请人情况",
        columns,
        "一、本年新收政府信息公开申请数量 1 0 0 0 0 0 1",
        "二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0",
    ]
    report = read(*three, TITLE, " ".join(OUTCOMES * 3), " ".join(texts()[:-1]))
    assert report.unreadable["remedies"].candidates == ()
    assert len(report.unreadable["remedies"].keys) == 15


def test_two_different_tables_are_not_told_apart():
    report = read(TITLE, grid(OUTCOMES * 3, texts()), grid(OUTCOMES * 3, ["0"] * 15))
    assert "remedies" in report.unreadable
    assert not any(key.startswith("remedies") for key in report.cells)


def test_prose_is_no_table():
    report = read(TITLE, "2023年收到行政复议3件、行政诉讼2件，结果维持5件。")
    assert "remedies" not in report.table_editions
    assert report.sections[0].text == "2023年收到行政复议3件、行政诉讼2件，结果维持5件。"
    assert ("error", "remedies") in {(d.severity, d.where) for d in report.diagnostics if d.code == "table-not-found"}
