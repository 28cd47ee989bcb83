"""Lines to tables and prose: marks, sections, grids that are no statutory table."""

from __future__ import annotations

import pytest

from gongkai.annual.reader.flow import rows
from gongkai.annual.reader.partition import partition
from gongkai.annual.reader.source import Grid, GridCell, Line


def grid(*lines):
    return Grid(tuple(GridCell(text, r, c) for r, line in enumerate(lines) for c, text in enumerate(line)))


def marks(*texts):
    return [(row.mark, row.cells[0]) for row in rows([Line(text) for text in texts]) if row.mark]


def sections(*blocks):
    made = [Line(block) if isinstance(block, str) else block for block in blocks]
    return [(section.number, section.title, section.text) for section in partition(made).prose.sections]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("第二十条第（一）项", "proactive"),
        ("第二十条 第（五）项信息内容", "proactive"),
        ("信息内容 本年制发件数", "proactive"),
        ("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "requests"),
        ("申请人情况", "requests"),
        ("一、本年新收政府信息公开申请数量 3", "requests"),
        ("行政复议 行政诉讼", "remedies"),
        ("指标名称 计量 单位", "summary_2008"),
        ("统计指标 单位 统计数", "statistics_2014"),
        ("一、总体情况", "section"),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "section"),
        ("三、我们的做法", "section"),
        ("二、主动公開政府信息情況", "section"),
    ],
)
def test_a_line_says_what_begins(text, mark):
    assert next(found for found, _ in marks(text)) == mark


@pytest.mark.parametrize(
    "text",
    [
        "按照《条例》第二十条第（一）项的规定公开。",
        "公开信息内容更加丰富。",
        "三、本年度办理结果",
        "本年度行政复议和行政诉讼情况良好。",
        "二、上年结转政府信息公开申请数量 3",
    ],
)
def test_prose_and_rows_of_tables_begin_nothing(text):
    assert marks(text) == []


def test_one_line_may_hold_all():
    text = (
        " 一、总体情况2023年良好。二、主动公开政府信息情况第二十条第（一）项信息内容本年制发件数规章000"
        "三、收到和处理政府信息公开申请情况申请人情况"
    )
    assert [mark for mark, _ in marks(text)] == ["section", "section", "proactive", "proactive", "section", "requests"]
    assert sections(text)[0] == (1, "总体情况", "2023年良好。")


def test_page_numbers_are_left_out_but_not_numbers():
    found = [
        row.cells
        for row in rows([Line("- 4 -"), Line("— 12 —"), Line("第 3 页 共 9 页"), Line("4"), Line(" "), Line("")])
    ]
    assert found == [["4"]]
    assert next(rows([Line("769- 5 -")])).cells == ["769"]
    assert next(rows([Line("0 - 769- 5 -")])).cells == ["0 - 769- 5 -"]


def test_bars_part_cells():
    found = [row.cells for row in rows([Line("a | b | "), Line("| a || b |"), Line("|")])]
    assert found == [["a", "b"], ["a", "", "b"], [""]]


def test_a_short_heading_is_a_title_as_a_whole_and_a_long_line_is_parted():
    assert sections("一、总体情况（2023年度）", "好。") == [(1, "总体情况（2023年度）", "好。")]
    assert sections("六、其他需要报告的事项 无其他需要报告的事项") == [
        (6, "其他需要报告的事项", "无其他需要报告的事项")
    ]
    assert sections("六、其他需要报告的事项：无，已核。") == [(6, "其他需要报告的事项", "：无，已核。")]


def test_a_grid_that_is_no_statutory_table_is_told_as_prose():
    found = partition([grid(["部门", "件数"], ["财政局", "12"]), Line("以上。")])
    assert found.tables == {}
    assert found.prose.preamble == "部门 件数\n财政局 12\n以上。"


def test_tables_without_heads_are_known_by_their_rows():
    found = partition(
        [
            grid(["规章", "0", "0", "0"], ["行政规范性文件", "0", "0", "0"]),
            grid(["1.属于国家秘密", "0", "0"]),
            grid(["二、上年结转政府信息公开申请数量", "5", "5"]),
            grid(["结果维持", "结果纠正"], ["1", "2"]),
        ]
    )
    assert {table: len(lines) for table, lines in found.tables.items()} == {
        "proactive": 2,
        "requests": 2,
        "remedies": 2,
    }


def test_table_two_and_three_in_one_grid_are_parted():
    found = partition(
        [
            grid(
                ["信息内容", "本年处理决定数量"],
                ["行政许可", "9"],
                ["一、本年新收政府信息公开申请数量", "5"],
                ["2.重复申请", "5"],
            )
        ]
    )
    assert {table: len(lines) for table, lines in found.tables.items()} == {"proactive": 2, "requests": 2}
    shifted = partition([grid(["信息内容", "本年处理决定数量"], ["行政许可", "9"], ["2.重复申请", "5"])])
    assert {table: len(lines) for table, lines in shifted.tables.items()} == {"proactive": 2, "requests": 1}


def test_sentences_below_a_table_are_prose_and_its_lines_are_not():
    found = partition(
        [
            Line(text)
            for text in (
                "申请人情况",
                "2.重复申请 5",
                "以上申请都在法定期限内办理，没有因此产生投诉，群众总体满意，效果良好。",
            )
        ]
    )
    assert found.prose.preamble == "以上申请都在法定期限内办理，没有因此产生投诉，群众总体满意，效果良好。"
    assert (
        partition(
            [Line("申请人情况"), Line("说明 | 以上申请都在法定期限内办理，没有因此产生投诉，群众总体满意。")]
        ).prose.preamble
        == ""
    )


def test_statistics_groups_are_no_sections():
    found = partition(
        [Line("统计指标 单位 统计数"), Line("三、依申请公开情况"), Line("（一）收到申请数 件 3"), Line("四、下一步")]
    )
    assert len(found.tables["statistics_2014"]) == 3
    assert [section.title for section in found.prose.sections] == ["下一步"]
