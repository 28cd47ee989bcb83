from __future__ import annotations

import io
from datetime import date

from rich.console import Console

from gongkai.annual import forms
from gongkai.annual.finding import Finding
from gongkai.annual.report import Cell, Diagnostic, Report, State, Unreadable
from gongkai.cli.tables import report_view

YEAR = "summary_2008.disclosed_documents.year"


def seen(report, findings=(), width=110):
    screen = Console(file=io.StringIO(), width=width)
    screen.print(report_view(report, findings))
    return [line.strip() for line in screen.file.getvalue().splitlines()]


def cells(values):
    made = {}
    for key, value in values.items():
        state = {None: State.BLANK, "/": State.NOT_APPLICABLE}.get(value, State.VALUE)
        made[key] = Cell(key, state, value if state is State.VALUE else None, str(value))
    return made


def test_older_tables_show_units_and_every_kind_of_cell():
    values = {YEAR: 3, "summary_2008.disclosed_documents.cumulative": None, "summary_2008.complaints.cumulative": "/"}
    unread = Unreadable("summary_2008.complaints.year", ("summary_2008.complaints.year",), "?", ())
    lines = seen(Report(edition="2008", cells=cells(values), unreadable={unread.key: unread}))
    assert ["主动公开文件数", "条", "3", "空白"] in [line.split() for line in lines]
    assert ["未读出", "/"] in [line.split()[-2:] for line in lines]
    assert "summary_2008.complaints.year　印为“?”：没有一种拆法能使各项合计成立" in lines
    assert "2008 版格式，读出 3 个单元格，1 个未能读出" in lines


def test_a_row_that_lacks_a_cell_says_that_the_form_has_none():
    values = {YEAR: 3, "summary_2008.disclosed_documents.cumulative": 4, "summary_2008.complaints.cumulative": 1}
    lines = seen(Report(edition="2008", cells=cells(values)))
    assert any("无此格" in line for line in lines)


def test_rows_known_by_number_are_shown_with_their_captions():
    labels = {"statistics_2014.36": "（三）培训人次"}
    values = {"statistics_2014.36": 9, "statistics_2014.meetings": 1}
    rows = [line.split() for line in seen(Report(edition="2014", cells=cells(values), labels=labels))]
    assert ["表中其他各项", "数"] in rows
    assert ["（三）培训人次", "9"] in rows


def test_what_the_reader_has_to_say_is_shown_with_its_place():
    notes = (Diagnostic("warning", "x", "格式与扩展名不符", "第1页"), Diagnostic("info", "y", "略过附件"))
    report = Report(edition="2021", cells=cells({"proactive.rules.made": 0}), diagnostics=notes)
    lines = seen(report)
    assert "▲ 格式与扩展名不符（第1页）" in lines
    assert "· 略过附件" in lines


def test_mixed_forms_are_named_and_what_is_unknown_is_said():
    editions = {"proactive": "2021", "requests": "2019"}
    report = Report(edition="2021", cells=cells({"proactive.rules.made": 0}), table_editions=editions)
    lines = seen(report)
    assert "2021+2019 版格式，读出 1 个单元格" in lines
    assert any("机构不明　年份不明" in line for line in lines)
    period = (date(2024, 1, 1), date(2024, 12, 31))
    lines = seen(Report(edition="2021", cells={}, body="示例县", year=2024, period=period))
    assert "2021 版格式，统计期限 2024-01-01 至 2024-12-31，读出 0 个单元格" in lines


def test_a_cell_with_an_error_has_a_sign_as_well_as_a_colour():
    report = Report(edition="2021", cells=cells({"proactive.permits.decisions": 7, "proactive.penalties.decisions": 8}))
    findings = [
        Finding("a", "error", "", ("proactive.permits.decisions",)),
        Finding("b", "warning", "", ("proactive.permits.decisions", "proactive.penalties.decisions")),
    ]
    lines = seen(report, findings)
    assert [line.split()[1:] for line in lines if line.startswith("行政许可")] == [["✗", "7"]]
    assert [line.split()[1:] for line in lines if line.startswith("行政处罚")] == [["8"]]


def test_on_a_narrow_terminal_heads_have_two_characters_a_line_and_numbers_stay_whole():
    form = forms.table("2021", "requests")
    values = {form.key_of(row.key, column.key): 12345 for row in form.rows for column in form.blocks[0].columns}
    report = Report(edition="2021", cells=cells(values), table_editions={"requests": "2021"})
    lines = seen(report, width=80)
    head = [line.split() for line in lines[:12]]
    assert ["人", "企业", "机构", "组织", "机构", "其他", "总计"] in head
    assert ["一、本年新收政府信息公开申请数量", *["12345"] * 7] in [line.split() for line in lines]
    assert any("社会公益" in line for line in seen(report))
