"""The statutory tables as boxes: heads, merged cells, and what a printed form leaves out or has more."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from builders.blemishes import with_remark, with_run_together, without_rows
from builders.reports import valid_report
from gongkai.annual.report import Cell, State
from gongkai.annual.writer import UnplacedCellError
from gongkai.annual.writer.boxes import Box, Kind, text_of
from gongkai.annual.writer.layout import tables


def made(edition, seed=4):
    return valid_report(random.Random(seed), edition, size="medium").report


def table(report, key):
    return next(layout for layout in tables(report) if layout.key == key)


def outline(layout, lines=None):
    return [
        [(box.text, box.rowspan, box.colspan) for box in row if box.kind is not Kind.VALUE]
        for row in layout.rows()[:lines]
    ]


def test_every_position_of_every_table_is_covered_exactly_once(report):
    for layout in tables(report):
        taken = [
            (row, column)
            for box in layout.boxes
            for row in range(box.row, box.row + box.rowspan)
            for column in range(box.column, box.column + box.colspan)
        ]
        assert sorted(taken) == [(row, column) for row in range(layout.height) for column in range(len(layout.widths))]


def test_every_cell_of_the_report_has_exactly_one_box(report):
    placed = [key for layout in tables(report) for box in layout.boxes for key in box.keys]
    assert sorted(placed) == sorted(report.cells)


def test_the_head_of_table_three_is_that_of_the_national_form():
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    assert outline(table(made("2021"), "requests"), 3) == [
        [(note, 3, 3), ("申请人情况", 1, 7)],
        [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
        [(name, 1, 1) for name in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
    ]


def test_table_three_merges_its_groups_downwards():
    layout = table(made("2021"), "requests")
    groups = [(box.text, box.row, box.rowspan) for box in layout.boxes if box.kind is Kind.GROUP]
    assert groups == [
        ("三、本年度办理结果", 5, 22),
        ("（三）不予公开", 7, 8),
        ("（四）无法提供", 15, 3),
        ("（五）不予处理", 18, 5),
        ("（六）其他处理", 23, 3),
    ]
    assert layout.height == 28


def test_the_trial_form_has_one_row_for_other_outcomes():
    layout = table(made("2019"), "requests")
    assert [(box.text, box.rowspan) for box in layout.boxes if box.kind is Kind.GROUP] == [
        ("三、本年度办理结果", 20),
        ("（三）不予公开", 8),
        ("（四）无法提供", 3),
        ("（五）不予处理", 5),
    ]


def test_table_four_lays_its_rows_side_by_side():
    five = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    assert outline(table(made("2021"), "remedies")) == [
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [*[(name, 2, 1) for name in five], ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        [(name, 1, 1) for name in five * 2],
        [],
    ]


def test_table_two_repeats_its_heads_per_item():
    assert outline(table(made("2021"), "proactive")) == [
        [("第二十条第（一）项", 1, 4)],
        [("信息内容", 1, 1), ("本年制发件数", 1, 1), ("本年废止件数", 1, 1), ("现行有效件数", 1, 1)],
        [("规章", 1, 1)],
        [("行政规范性文件", 1, 1)],
        [("第二十条第（五）项", 1, 4)],
        [("信息内容", 1, 1), ("本年处理决定数量", 1, 3)],
        [("行政许可", 1, 1)],
        [("第二十条第（六）项", 1, 4)],
        [("信息内容", 1, 1), ("本年处理决定数量", 1, 3)],
        [("行政处罚", 1, 1)],
        [("行政强制", 1, 1)],
        [("第二十条第（八）项", 1, 4)],
        [("信息内容", 1, 1), ("本年收费金额（单位：万元）", 1, 3)],
        [("行政事业性收费", 1, 1)],
    ]


def test_a_city_that_prints_this_years_number_of_items_gets_its_own_columns():
    report = made("2019")
    cells = {key: cell for key, cell in report.cells.items() if not key.startswith("proactive.permits.")}
    for key, value in (("proactive.permits.current", 7), ("proactive.permits.decisions", 8)):
        cells[key] = Cell(key, State.VALUE, value, str(value))
    layout = table(
        replace(report, cells=without_rows(replace(report, cells=cells), "proactive.other_services").cells), "proactive"
    )
    assert ["信息内容", "本年项目数量", "处理决定数量"] in [[text for text, _, _ in row] for row in outline(layout)]


def test_a_table_that_mixes_forms_takes_every_block_from_the_form_that_fits():
    report = made("2021")
    trial = made("2019")
    first = ("proactive.rules", "proactive.normative_documents")
    cells = {key: cell for key, cell in report.cells.items() if not key.startswith(first)}
    cells |= {key: cell for key, cell in trial.cells.items() if key.startswith((*first, "proactive.procurement"))}
    layout = table(replace(report, cells=cells), "proactive")
    heads = [[text for text, _, _ in row] for row in outline(layout) if row[0][0] == "信息内容"]
    assert heads[0] == ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"]
    assert heads[-1] == ["信息内容", "采购项目数量", "采购总金额"]


def test_every_table_is_laid_out_by_its_own_form():
    report = made("2021")
    trial = made("2019")
    cells = {key: cell for key, cell in report.cells.items() if not key.startswith("requests.")}
    cells |= {key: cell for key, cell in trial.cells.items() if key.startswith("requests.")}
    mixed = replace(report, cells=cells, table_editions={**report.table_editions, "requests": "2019"})
    assert [(layout.key, layout.edition, layout.height) for layout in tables(mixed)] == [
        ("proactive", "2021", 14),
        ("requests", "2019", 26),
        ("remedies", "2021", 4),
    ]


def test_an_unknown_edition_of_a_table_falls_back_to_the_form_that_has_it():
    report = made("2008")
    mixed = replace(made("2021"), cells={**made("2021").cells, **report.cells}, table_editions={})
    assert [layout.edition for layout in tables(mixed)] == ["2021", "2021", "2021", "2008"]


def test_rows_that_were_not_printed_are_left_out():
    report = without_rows(made("2021"), "requests.fee_unpaid", "proactive.charges", "remedies.litigation_direct")
    captions = [box.text for layout in tables(report) for box in layout.boxes if box.kind is not Kind.VALUE]
    assert "第二十条第（八）项" not in captions
    assert "未经复议直接起诉" not in captions
    assert [caption for caption in captions if "缴纳费用" in caption] == []


def test_digits_that_ran_together_stand_in_the_first_of_their_cells():
    columns = ("made", "repealed", "in_force")
    report = with_run_together(made("2021"), "proactive.normative_documents", columns)
    printed = report.unreadable["proactive.normative_documents"].printed
    boxes = [box for box in table(report, "proactive").boxes if box.state == "unreadable"]
    assert [(box.text, box.keys) for box in boxes] == [
        (f"�〔{printed}〕", ("proactive.normative_documents.made",)),
        ("�", ("proactive.normative_documents.repealed",)),
        ("�", ("proactive.normative_documents.in_force",)),
    ]


def test_a_number_told_apart_from_its_neighbours_is_printed_alone():
    report = made("2021")
    cell = replace(report.cells["requests.received.total"], value=47, printed="640020470")
    zero = replace(report.cells["requests.received.other_org"], value=0, printed="00")
    cells = {**report.cells, cell.key: cell, zero.key: zero}
    texts = {box.keys[0]: box.text for box in table(replace(report, cells=cells), "requests").boxes if box.keys}
    assert (texts[cell.key], texts[zero.key]) == ("47", "0")


def test_a_cell_the_printed_row_lacks_is_an_empty_box_without_a_key():
    report = made("2021")
    cells = {key: cell for key, cell in report.cells.items() if key != "requests.received.total"}
    boxes = [box for box in table(replace(report, cells=cells), "requests").boxes if box.state == "absent"]
    assert boxes == [Box("", 3, 9, 1, 1, Kind.VALUE, (), "absent")]


def test_a_cell_that_no_form_has_stops_the_writing():
    report = made("2021")
    stray = Cell("requests.received.aliens", State.VALUE, 3, "3")
    with pytest.raises(UnplacedCellError) as caught:
        tables(replace(report, cells={**report.cells, stray.key: stray}))
    assert caught.value.keys == ("requests.received.aliens",)


def test_the_list_of_2008_numbers_the_rows_it_has():
    layout = table(made("2008", seed=8), "summary_2008")
    report = made("2008", seed=8)
    captions = [box.text for box in layout.boxes if box.kind is Kind.STUB]
    assert [box.text for box in layout.rows()[0]] == ["指标名称", "计量单位", f"{report.year}年度", "历年累计"]
    assert captions[:3] == ["主动公开文件数", "其中：1.政府网站公开数", "2.政府公报公开数"]
    channels = captions[4 : captions.index("对申请的答复总数")]
    assert [caption.removeprefix("其中：")[:2] for caption in channels] == [
        f"{n}." for n in range(1, len(channels) + 1)
    ]


def test_a_year_column_without_a_year_keeps_its_caption():
    layout = table(replace(made("2008"), year=None), "summary_2008")
    assert layout.rows()[0][2].text == "年度"


def test_groups_of_the_statistics_table_that_are_no_indicators_have_lines_of_their_own():
    layout = table(made("2014"), "statistics_2014")
    groups = [row[0].text for row in layout.rows() if [box.text for box in row[1:]] == ["——", "——"]]
    assert groups == [
        "一、主动公开情况",
        "（三）通过不同渠道和方式公开政府信息的情况",
        "二、回应解读情况",
        "三、依申请公开情况",
        "八、机构建设和保障经费情况",
        "九、政府信息公开会议和培训情况",
    ]


def test_rows_known_by_number_follow_the_row_they_followed_in_print():
    report = made("2014")
    visits = Cell("statistics_2014.2", State.VALUE, 9, "9", unit="人次")
    unnamed = Cell("statistics_2014.90", State.VALUE, 1, "1")
    first, *rest = report.cells.items()
    cells = dict([first, (visits.key, visits), *rest, (unnamed.key, unnamed)])
    layout = table(replace(report, cells=cells, labels={visits.key: "网站访问量"}), "statistics_2014")
    rows = layout.rows()
    assert [box.text for box in rows[3]] == ["网站访问量", "人次", "9"]
    assert [box.text for box in rows[-1]] == ["第90行", "", "1"]


def test_rows_known_by_number_may_come_first():
    report = made("2014")
    stray = Cell("statistics_2014.1", State.VALUE, 9, "9")
    layout = table(replace(report, cells={stray.key: stray, **report.cells}), "statistics_2014")
    assert layout.rows()[1][0].text == "第1行"


def test_a_cell_prints_what_was_printed():
    value, blank, none = State.VALUE, State.BLANK, State.NOT_APPLICABLE
    assert [
        text_of(Cell("k", value, 206, "增206")),
        text_of(Cell("k", value, 22, "22", remark="其中修订16件")),
        text_of(Cell("k", value, 22, "22（其中修订16件）", remark="其中修订16件")),
        text_of(Cell("k", value, Decimal("1.5"), "", unit="元")),
        text_of(Cell("k", value, 7, "7元", unit="元")),
        text_of(Cell("k", value, 7, "7", unit="元"), with_unit=False),
        text_of(Cell("k", blank, None, "\u3000")),
        text_of(Cell("k", none, None, "-")),
        text_of(Cell("k", none, None, "")),
    ] == ["增206", "22（其中修订16件）", "22（其中修订16件）", "1.5元", "7元", "7", "", "-", "/"]


def test_a_remark_is_printed_beside_its_number():
    report = with_remark(made("2021"), "proactive.normative_documents.made", "其中修订1件")
    texts = [box.text for box in table(report, "proactive").boxes if "修订" in box.text]
    assert texts == [report.cells["proactive.normative_documents.made"].printed]


def test_narrow_heads_break_between_words():
    layout = table(made("2021"), "requests")
    broken = {box.text: layout.lines(box) for box in layout.boxes if len(layout.lines(box)) > 1}
    assert broken["社会公益组织"] == ("社会", "公益", "组织")
    assert broken["（三）不予公开"] == ("（三）", "不予公开")
    assert "自然人" not in broken
