"""The tables before 2019: 附表 with 历年累计, and the national statistics table."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.annual import forms
from gongkai.annual.errors import NotAReportError, SeveralReportsError
from gongkai.annual.reader.recognise import recognise
from gongkai.annual.reader.source import Grid, GridCell, Line, Source
from gongkai.annual.report import State

STATISTICS = forms.table("2014", "statistics_2014")
ROWS = [
    ("主动公开文件数", "条", 2543, 78967),
    ("其中：1、政府网站公开数", "条", 2540, 78960),
    ("2、政府公报公开数", "条", 3, 7),
    ("受理依申请公开信息总数", "条", 1, 1),
    ("其中：1、当面申请数", "条", 0, 0),
    ("2、网上申请数", "条", 0, 0),
    ("3、信函、传真申请数", "条", 1, 1),
    ("对申请的答复总数", "条", 1, 1),
    ("其中：1、同意公开答复数", "条", 1, 1),
    ("2、同意部分公开答复数", "条", 0, 0),
    ("3、不予公开答复数", "条", 0, 0),
    ("4、其他类型答复数", "条", 0, 0),
    ("政府信息公开收费减免金额", "元", 0, 0),
    ("接受行政诉讼、举报数", "件", 0, 0),
    ("行政复议数", "件", 0, 0),
    ("行政诉讼数", "件", 0, 0),
]
KEYS = [
    "disclosed_documents", "disclosed_on_website", "disclosed_in_gazette", "requests_received", "requests_in_person",
    "requests_online", "requests_letter_fax", "answers_total", "answers_granted", "answers_partial", "answers_refused",
    "answers_other", "fee_waived_yuan", "complaints", "reconsiderations", "litigations",
]  # fmt: skip
HEAD = "指标名称 计量单位 2014年度 历年累计"


def read(*blocks, title="海岚市2014年政府信息公开工作年度报告"):
    made = [Line(block) if isinstance(block, str) else block for block in blocks]
    return recognise(Source(file="f", kind="text", blocks=tuple(made), title=title))


def grid(*rows):
    return Grid(tuple(GridCell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row)))


def pairs(report):
    return [(report.value(f"summary_2008.{key}.year"), report.value(f"summary_2008.{key}.cumulative")) for key in KEYS]


def spaced(rows=ROWS):
    return [" ".join(map(str, row)) for row in rows]


EXPECTED = [(year, cumulative) for _, _, year, cumulative in ROWS]


@pytest.mark.parametrize(
    "blocks",
    [
        [HEAD, *spaced()],
        [" ".join([HEAD, *spaced(), "附件下载"])],
        [grid(["指标名称", "计量单位", "2014年度", "历年累计"], *([str(cell) for cell in row] for row in ROWS))],
        [grid(["指标名称", "计量单位", "2014年度", "历年累计", ""], *([*map(str, row), ""] for row in ROWS))],
        ["指标名称 计量单位", "2014年度", "历年累计", *(str(cell) for row in ROWS for cell in row)],
        [HEAD.replace(" ", "\t"), *("\t".join(map(str, row)) for row in ROWS)],
    ],
)
def test_every_layout_gives_the_same_cells(blocks):
    report = read(*blocks)
    assert (report.edition, dict(report.table_editions)) == ("2008", {"summary_2008": "2008"})
    assert pairs(report) == EXPECTED


def test_the_sums_decide_what_ran_together():
    rows = [(label, unit, f"{year}{cumulative}") for label, unit, year, cumulative in ROWS]
    text = HEAD.replace(" ", "") + "".join("".join(row) for row in rows)
    assert pairs(read(text)) == EXPECTED


def test_where_sums_allow_several_the_prose_decides():
    rows = [
        ("主动公开文件数", "条", "294981916"),
        ("其中：1、政府网站公开数", "条", "294981916"),
        ("2、政府公报公开数", "条", "00"),
    ]
    text = HEAD.replace(" ", "") + "".join("".join(row) for row in rows)
    report = read("2014年主动公开政府信息2949条。其中各乡镇主动公开政府信息674条。", text)
    assert pairs(report)[:3] == [(2949, 81916), (2949, 81916), (0, 0)]
    silent = read(text)
    assert (2949, 81916) in silent.unreadable["summary_2008.disclosed_documents"].candidates
    assert len(silent.unreadable) == 2


def test_one_number_for_two_columns_is_the_cumulative_one():
    rows = [row if "公报" not in row[0] else (*row[:2], 7) for row in ROWS]
    report = read(HEAD, *spaced(rows))
    assert pairs(report)[2] == (None, 7)
    assert report.cells["summary_2008.disclosed_in_gazette.year"].state is State.BLANK
    assert [(d.code, d.where) for d in report.diagnostics] == [("missing-cell", "summary_2008.disclosed_in_gazette")]


def test_one_number_of_several_digits_among_numbers_that_ran_together_is_not_taken_for_one():
    text = HEAD.replace(" ", "") + "主动公开文件数条12受理依申请公开信息总数条340"
    report = read(text)
    assert pairs(report)[0] == (1, 2)
    assert report.unreadable["summary_2008.requests_received"].candidates == ((3, 40), (34, 0))


def test_without_a_cumulative_column_there_is_one_number():
    report = read("指标名称 计量单位 2014年度", "主动公开文件数 条 25", "行政复议数 件 0")
    assert {key: cell.value for key, cell in report.cells.items()} == {
        "summary_2008.disclosed_documents.year": 25,
        "summary_2008.reconsiderations.year": 0,
    }


def test_notes_below_the_table_are_no_values():
    report = read(HEAD, *spaced()[:-1], "行政诉讼数 件", "注：本表自2010年开始统计。")
    assert "summary_2008.litigations.year" not in report.cells
    assert pairs(read(HEAD, *spaced(), "7")) == EXPECTED


def test_two_such_tables_are_two_reports():
    other = [(label, unit, year + 1, cumulative + 1) for label, unit, year, cumulative in ROWS]
    with pytest.raises(SeveralReportsError):
        read(HEAD, *spaced(), HEAD, *spaced(other))
    assert pairs(read(HEAD, *spaced(), HEAD, *spaced())) == EXPECTED


def test_heads_alone_are_no_table():
    with pytest.raises(NotAReportError):
        read(HEAD, "（表略）")


class TestStatistics:
    """国办发〔2014〕32号."""

    def lines(self, extra=()):
        rows = [["统计指标", "单位", "统计数"]]
        before = ()
        for number, row in enumerate(STATISTICS.rows, 1):
            captions = {other.caption for other in STATISTICS.rows}
            rows += [
                [group, "", ""]
                for depth, group in enumerate(row.group)
                if row.group[: depth + 1] != before[: depth + 1] and group not in captions
            ]
            before = row.group
            rows.append([row.caption, row.unit, str(number)])
        return [*rows, *extra]

    @pytest.mark.parametrize("layout", ["grid", "lines", "one line"])
    def test_every_row_of_the_form_is_read_and_further_ones_by_number(self, layout):
        rows = self.lines([["（四）网站访问量", "次", "999"]])
        blocks = {
            "grid": [grid(*rows)],
            "lines": [" ".join(filter(None, row)) for row in rows],
            "one line": ["".join(map("".join, rows))],
        }[layout]
        report = read(*blocks, title="海岚市2016年政府信息公开工作年度报告")
        assert report.edition == "2014"
        assert [report.value(f"statistics_2014.{row.key}") for row in STATISTICS.rows] == list(range(1, 59))
        assert report.value("statistics_2014.59") == 999
        assert "网站访问量" in report.labels["statistics_2014.59"]

    def test_rows_of_the_same_name_are_told_apart_by_their_order(self):
        report = read("统计指标 单位 统计数", "五、行政诉讼数量 件 9", "（二）被依法纠错数 件 4", "其他指标 件 1.5")
        assert report.value("statistics_2014.litigation_corrected") == 4
        assert report.value("statistics_2014.3") == Decimal("1.5")

    def test_a_row_met_again_gets_a_number(self):
        report = read("统计指标 单位 统计数", "（一）收到申请数 件 9", "（一）收到申请数 件 8")
        assert report.value("statistics_2014.requests_received") == 9
        assert report.value("statistics_2014.2") == 8

    def test_blank_and_missing_numbers(self):
        report = read(
            grid(["统计指标", "单位", "统计数"], ["（一）收到申请数", "件", ""], ["1.当面申请数", "件", "3", "4"])
        )
        assert report.cells["statistics_2014.requests_received"].state is State.BLANK
        assert "statistics_2014.requests_in_person" in report.unreadable

    def test_unknown_rows_alone_are_no_table(self):
        with pytest.raises(NotAReportError):
            read("统计指标 单位 统计数", "访问量 次 9")
