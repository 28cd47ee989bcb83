"""Table 二: heads, columns, units, notations, and cells that fell out of their row."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.annual.reader.recognise import recognise
from gongkai.annual.reader.source import Grid, GridCell, Line, Source
from gongkai.annual.report import State

HEADS_2021 = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
ITEM = "第二十条第（{}）项"


def read(*blocks, title="海岚市2023年政府信息公开工作年度报告"):
    made = [Line(block) if isinstance(block, str) else block for block in blocks]
    return recognise(Source(file="f", kind="text", blocks=tuple(made), title=title))


def grid(*rows):
    return Grid(tuple(GridCell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row)))


def values(report):
    return {key.removeprefix("proactive."): cell.value for key, cell in report.cells.items()}


def table_2019(permits, heads="上一年项目数量 本年增/减 处理决定数量"):
    return [
        ITEM.format("一"),
        "信息内容 本年新制作数量 本年新公开数量 对外公开总数量",
        "规章 0 0 0",
        "规范性文件 7 6 31",
        ITEM.format("五"),
        f"信息内容 {heads}",
        *permits,
        ITEM.format("九"),
        "信息内容 采购项目数量 采购总金额",
        "政府集中采购 13 394432.52元",
    ]


def test_signed_changes_in_words_and_signs():
    report = read(*table_2019(["行政许可 166 增 206 11335", "其他对外管理服务事项 17 减3 2027"]))
    assert report.edition == "2019"
    assert values(report) == {
        "rules.made": 0,
        "rules.published": 0,
        "rules.total": 0,
        "normative_documents.made": 7,
        "normative_documents.published": 6,
        "normative_documents.total": 31,
        "permits.previous": 166,
        "permits.change": 206,
        "permits.decisions": 11335,
        "other_services.previous": 17,
        "other_services.change": -3,
        "other_services.decisions": 2027,
        "procurement.projects": 13,
        "procurement.amount_yuan": Decimal("394432.52"),
    }
    assert all(cell.unit is None for cell in report.cells.values())


def test_a_city_may_print_the_number_of_this_year_instead():
    report = read(
        *table_2019(["行政许可 14682 1194334", "其他对外管理服务事项 12438 1049658"], "本年项目数量 处理决定数量")
    )
    assert values(report)["permits.current"] == 14682
    assert values(report)["other_services.decisions"] == 1049658
    assert "permits.previous" not in values(report)


@pytest.mark.parametrize(
    ("row", "keys"), [("1 2 3", {"previous", "change", "decisions"}), ("1 2", {"current", "decisions"})]
)
def test_lost_heads_are_made_up_for_by_the_number_of_columns(row, keys):
    report = read(*table_2019([f"行政许可 {row}"], "处理决定数量"))
    assert {key.split(".")[1] for key in values(report) if key.startswith("permits")} == keys


def test_blocks_of_two_editions_in_one_table_are_read_by_their_own_heads():
    report = read(
        ITEM.format("一"),
        "信息内容 本年新制作数量 本年新公开数量 对外公开总数量",
        "规章 0 0 0",
        "规范性文件 7 6 31",
        ITEM.format("八"),
        "信息内容 本年收费金额（单位：万元）",
        "行政事业性收费 35.5",
    )
    assert report.edition == "2019"
    assert values(report)["normative_documents.total"] == 31
    assert values(report)["charges.amount_wan"] == Decimal("35.5")
    assert "mixed-editions" in {d.code for d in report.diagnostics}


@pytest.mark.parametrize(
    ("head", "cell", "value", "unit"),
    [
        ("本年收费金额（单位：元）", "40682", 40682, "元"),
        ("本年收费金额（单位：元）", "40682元", 40682, "元"),
        ("本年收费金额（单位：万元）", "4.0682", Decimal("4.0682"), None),
        ("本年收费金额（单位：万元）", "40682元", 40682, "元"),
        ("本年收费金额（单位：万元）", "4.0682万元", Decimal("4.0682"), None),
        ("本年收费金额（单位：万元）", "8,040", 8040, None),
    ],
)
def test_a_unit_other_than_the_form_is_kept_beside_the_printed_number(head, cell, value, unit):
    report = read(grid([ITEM.format("八")], ["信息内容", head], ["行政事业性收费", cell]))
    found = report.cells["proactive.charges.amount_wan"]
    assert (found.value, found.unit) == (value, unit)
    assert ("unit" in {d.code for d in report.diagnostics}) == (unit is not None)


def test_a_head_in_ten_thousand_where_the_form_has_yuan():
    report = read(grid(["信息内容", "采购项目数量", "采购总金额（单位：万元）"], ["政府集中采购", "3", "52.15"]))
    assert report.cells["proactive.procurement.amount_yuan"].unit == "万元"
    assert report.cells["proactive.procurement.projects"].unit is None


@pytest.mark.parametrize(
    ("text", "state", "value"),
    [
        ("", State.BLANK, None),
        ("\u3000", State.BLANK, None),
        ("\u00a0", State.BLANK, None),
        ("/", State.NOT_APPLICABLE, None),
        ("－", State.NOT_APPLICABLE, None),
        ("—", State.NOT_APPLICABLE, None),
        ("１２", State.VALUE, 12),
        ("? 0", State.VALUE, 0),
        ("12.0", State.VALUE, 12),
    ],
)
def test_what_a_cell_may_hold(text, state, value):
    report = read(grid(HEADS_2021, ["规章", text, "0", "5"], ["行政规范性文件", "1", "0", "5"]))
    cell = report.cells["proactive.rules.made"]
    assert (cell.state, cell.value) == (state, value)


def test_a_remark_in_a_cell_is_kept():
    report = read(grid(HEADS_2021, ["规章", "22（其中修订 16 件）", "0", "235"], ["行政规范性文件", "1", "0", "5"]))
    cell = report.cells["proactive.rules.made"]
    assert (cell.value, cell.remark, cell.where.row, cell.where.column) == (22, "其中修订 16 件", 2, 2)


@pytest.mark.parametrize("text", ["约五", "第3批"])
def test_words_among_values_are_not_read(text):
    report = read(grid(HEADS_2021, ["规章", "0", text, "5"], ["行政规范性文件", "1", "0", "5"]))
    assert "proactive.rules.repealed" not in report.cells
    assert report.value("proactive.normative_documents.in_force") == 5


@pytest.mark.parametrize(("text", "value"), [("-5", -5), ("1.5", Decimal("1.5"))])
def test_what_a_cell_of_its_own_holds_is_what_was_printed_though_a_count_cannot_be_that(text, value):
    report = read(grid(HEADS_2021, ["规章", "0", text, "5"]))
    assert report.value("proactive.rules.repealed") == value


@pytest.mark.parametrize("row", ["0 -5 5", "0 1.5 5"])
def test_in_running_text_the_same_shows_that_cells_ran_together(row):
    report = read("信息内容 本年制发件数 本年废止件数 现行有效件数", f"规章 {row}", "行政规范性文件 1 0 5")
    assert report.unreadable["proactive.rules"].printed == row
    assert report.value("proactive.normative_documents.in_force") == 5


def test_merged_value_cells_count_by_their_order():
    cells = [GridCell(text, 0, c) for c, text in enumerate(HEADS_2021)]
    cells += [GridCell("规章", 1, 0), GridCell("1", 1, 1, 1, 2), GridCell("2", 1, 3), GridCell("3", 1, 4)]
    assert values(read(Grid(tuple(cells)))) == {"rules.made": 1, "rules.repealed": 2, "rules.in_force": 3}


def test_a_cell_per_line():
    lines = [
        *HEADS_2021,
        "规章",
        "0",
        "0",
        "0",
        "行政规范性文件",
        "6",
        "1",
        "32",
        "信息内容",
        "本年处理决定数量",
        "行政许可",
        "517",
    ]
    report = read(ITEM.format("一"), *lines)
    assert values(report)["normative_documents.in_force"] == 32
    assert values(report)["permits.decisions"] == 517


def test_a_missing_cell_is_not_made_up_by_cutting_its_neighbours():
    lines = ["信息内容 本年制发件数 本年废止件数 现行有效件数", "规章 0 0 0", "行政规范性文件 6 132"]
    entry = read(*lines).unreadable["proactive.normative_documents"]
    assert (6, 132, None) in entry.candidates
    assert (6, 1, 32) in entry.candidates


def test_digits_that_ran_together_are_decided_by_prose_only_if_it_says_enough():
    lines = ["信息内容本年制发件数本年废止件数现行有效件数规章000行政规范性文件693665"]
    open_ = read("全年制发规范性文件6件。", *lines)
    assert len(open_.unreadable["proactive.normative_documents"].candidates) == 10
    decided = read("全年制发规范性文件69件，废止3件。", *lines)
    assert decided.value("proactive.normative_documents.in_force") == 665
    contradicted = read("全年制发规范性文件69件，现行有效600件。", *lines)
    assert (69, 3, 665) in contradicted.unreadable["proactive.normative_documents"].candidates


def test_a_row_does_not_swallow_the_digits_of_a_row_whose_label_is_lost():
    head = "信息内容本年制发件数本年废止件数现行有效件数规章000行政规范性文件111信息内容本年处理决定数量"
    report = read(head + "行政许可5信息内容本年处理决定数量行政处罚1282942")
    assert report.value("proactive.permits.decisions") == 5
    assert report.unreadable["proactive.penalties"].printed == "1282942"


def test_rows_without_values_are_named():
    report = read(*HEADS_2021[:1], "信息内容 本年制发件数 本年废止件数 现行有效件数", "规章", "行政规范性文件 1 2 3")
    missing = {d.where for d in report.diagnostics if d.code == "row-not-found"}
    assert missing == {f"proactive.{row}" for row in ("rules", "permits", "penalties", "coercion", "charges")}


def test_further_rows_of_a_city_lend_their_values_to_nobody():
    report = read(
        "信息内容 本年制发件数 本年废止件数 现行有效件数",
        "规章 0 0 0",
        "行政规范性文件",
        "其他主动公开文件（含通知、公告）",
        "5 6 7",
        "信息内容 本年处理决定数量",
        "行政许可 9",
    )
    assert values(report) == {"rules.made": 0, "rules.repealed": 0, "rules.in_force": 0, "permits.decisions": 9}


def test_lines_of_several_numbers_below_a_row_are_not_its_cells():
    report = read("信息内容 本年制发件数 本年废止件数 现行有效件数", "规章 1", "2 3 4", "5", "行政规范性文件 1 2 3")
    assert "proactive.rules" in report.unreadable
    assert report.value("proactive.normative_documents.in_force") == 3


def test_a_remark_without_a_number_before_it_is_dropped():
    report = read(
        "第二十条第（一）项", "（其中修订 16 件）", "信息内容 本年制发件数 本年废止件数 现行有效件数", "规章 1 2 3"
    )
    assert report.value("proactive.rules.made") == 1


def test_a_note_in_the_caption_is_no_strange_label():
    report = read(
        "信息内容 本年制发件数 本年废止件数 现行有效件数", "规章（设区的市、自治州人民政府应提供相关数据） 1 2 3"
    )
    assert values(report) == {"rules.made": 1, "rules.repealed": 2, "rules.in_force": 3}


class TestFallenCells:
    """Cells of two lines that a converter printed above the table, with their remark."""

    def restored(self, *fallen, rules=("22", "235"), documents=("34", "189")):
        return read(
            ITEM.format("一"),
            *fallen,
            grid(HEADS_2021),
            grid(["规章", *rules]),
            grid(["行政规范性文件", *documents]),
        )

    def test_remark_and_order_say_where_they_belong(self):
        report = self.restored("22", "（其中修订 16 件）", "55", "（含自然失效 29 件）")
        assert values(report) == {
            "rules.made": 22,
            "rules.in_force": 235,
            "normative_documents.made": 34,
            "normative_documents.repealed": 55,
            "normative_documents.in_force": 189,
        }
        assert report.cells["proactive.normative_documents.repealed"].remark == "含自然失效 29 件"
        assert report.unreadable["proactive.rules.repealed"].candidates == ()

    @pytest.mark.parametrize(
        "fallen",
        [
            (),
            ("55",),
            ("55", "（含若干 2 件）"),
            ("55 56", "（含自然失效 29 件）"),
            ("22", "（其中修订 16 件）", "34", "（其中修订 1 件）", "55", "（含自然失效 29 件）"),
        ],
    )
    def test_without_them_every_place_stays_possible(self, fallen):
        report = self.restored(*fallen)
        assert report.unreadable["proactive.rules"].candidates == ((22, 235, None), (22, None, 235), (None, 22, 235))
        assert report.unreadable["proactive.normative_documents"].printed == "34 189"

    def test_a_row_that_lacks_more_stays_open(self):
        report = self.restored("22", "（其中修订 16 件）", "55", "（含自然失效 29 件）", rules=("22",))
        assert report.value("proactive.normative_documents.repealed") == 55
        assert "proactive.rules" in report.unreadable

    def test_a_fallen_cell_that_does_not_complete_its_row_is_not_used(self):
        report = self.restored("55", "（含自然失效 29 件）", rules=("22",), documents=("34", "1", "189"))
        assert "proactive.rules" in report.unreadable

    def test_a_damaged_fallen_cell_stays_unread(self):
        report = self.restored("22", "（其中修订 16 件）", "055", "（含自然失效 29 件）")
        assert "proactive.normative_documents.repealed" in report.unreadable
        assert report.value("proactive.normative_documents.in_force") == 189
