from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import html

from gongkai.annual.compare import Change, Kind, UnnamedReportError, compare
from gongkai.annual.compare_tables import as_csv, as_html, as_json, as_object, growth_words, notes
from gongkai.annual.indicators import Entry, Known
from gongkai.annual.report import Cell, Report, State, Unreadable

RECEIVED, GRANTED = "requests.received.total", "requests.granted.total"
PARTIAL, CONCLUDED = "requests.partial.total", "requests.outcome_total.total"
FEES = "proactive.charges.amount_wan"


def report(year, values, *, body="云溪县人民政府", edition="2021", unreadable=(), file=None, **extra):
    cells = {
        key: Cell(key, State.BLANK if value is None else State.VALUE, value, str(value))
        for key, value in values.items()
    }
    unread = {key: Unreadable(key, (key,), "11") for key in unreadable}
    return Report(
        edition=edition,
        cells=cells,
        body=body,
        year=year,
        file=file or f"{body}{year}.html",
        unreadable=unread,
        **extra,
    )


def test_years_of_one_body_are_put_in_order_with_their_changes():
    found = compare([report(2024, {RECEIVED: 219}), report(2023, {RECEIVED: 200})])
    assert found.kind is Kind.YEARS
    assert [head.label for head in found.heads] == ["2023年", "2024年"]
    line = found.line("received")
    assert [entry.value for entry in line.entries] == [200, 219]
    assert line.changes == (None, Change(19, Decimal("9.5"), form_changed=False, years=1))
    assert found.title == "云溪县人民政府2023—2024年政府信息公开情况对比"


def test_bodies_of_one_year_stand_side_by_side_without_changes():
    found = compare([report(2024, {RECEIVED: 219}), report(2024, {RECEIVED: 20}, body="石桥镇人民政府")])
    assert found.kind is Kind.BODIES
    assert [head.label for head in found.heads] == ["云溪县人民政府", "石桥镇人民政府"]
    assert found.line("received").changes == (None, None)
    assert found.title == "2个机构2024年政府信息公开情况对比"


def test_several_bodies_over_several_years_stay_together_by_body():
    reports = [report(2024, {RECEIVED: 2}), report(2024, {RECEIVED: 1}, body="石桥镇"), report(2023, {RECEIVED: 1})]
    found = compare(reports)
    assert found.kind is Kind.MIXED
    labels = ["云溪县人民政府 2023年", "云溪县人民政府 2024年", "石桥镇 2024年"]
    assert [head.label for head in found.heads] == labels
    assert [change is None for change in found.line("received").changes] == [True, False, True]


def test_growth_from_zero_is_no_number():
    found = compare([report(2023, {RECEIVED: 0}), report(2024, {RECEIVED: 5})])
    assert found.line("received").changes[1] == Change(5, None, form_changed=False, years=1)


def test_a_change_from_or_to_what_is_not_known_is_no_change():
    found = compare([report(2022, {RECEIVED: 1}), report(2023, {}, unreadable=[RECEIVED]), report(2024, {RECEIVED: 3})])
    assert found.line("received").entries[1] == Entry(Known.UNREADABLE)
    assert found.line("received").changes == (None, None, None)


def test_a_change_over_two_forms_says_so():
    older = report(
        2018, {"summary_2008.requests_received.year": 100}, edition="2008", table_editions={"summary_2008": "2008"}
    )
    newer = report(2021, {RECEIVED: 110}, table_editions={"requests": "2021"})
    found = compare([older, newer])
    assert found.line("received").changes[1] == Change(10, Decimal("10.0"), form_changed=True, years=3)
    assert notes(found) == (
        "† 前后两年的报表格式不同，统计口径有变化，增减仅供参考。",
        "增减是与所给报告中的上一份相比，中间可能隔有年份。",
    )


def test_a_rate_changes_by_percentage_points():
    values = {GRANTED: 5, PARTIAL: 0, CONCLUDED: 10}
    found = compare([report(2023, values), report(2024, values | {GRANTED: 6})])
    assert found.line("disclosure_rate").changes[1] == Change(Decimal("10.0"), None, form_changed=False, years=1)
    assert growth_words(found.line("disclosure_rate").changes[1], "%") == "+10.0 个百分点"


def test_of_two_reports_of_one_body_and_year_the_first_counts_and_the_other_is_named():
    found = compare([report(2024, {RECEIVED: 1}, file="a.html"), report(2024, {RECEIVED: 2}, file="b.pdf")])
    assert found.line("received").entries == (Entry(Known.VALUE, 1),)
    assert found.remarks == ("b.pdf：与 a.html 是同一机构同一年度的报告，未重复列入",)


def test_a_body_is_the_same_with_and_without_the_word_government():
    found = compare([report(2023, {RECEIVED: 1}, body="云溪县"), report(2024, {RECEIVED: 2}, body="云溪县人民政府")])
    assert found.kind is Kind.YEARS
    assert found.line("received").changes[1] == Change(1, Decimal("100.0"), form_changed=False, years=1)


def test_a_cell_that_another_year_decides_is_filled_in_and_named():
    row = "proactive.normative_documents"
    keys = (f"{row}.made", f"{row}.repealed", f"{row}.in_force")
    unread = Unreadable(row, keys, "693665", ((69, 3, 665), (6, 93, 665)))
    now = replace(report(2021, {}), unreadable={row: unread}, file="b.txt")
    found = compare([report(2020, {keys[2]: 599}, file="a.txt"), now])
    assert found.line("normative_documents_made").entries[1] == Entry(Known.VALUE, 69)
    assert found.remarks == (
        "b.txt：proactive.normative_documents 印为“693665”，单凭本报告有多种拆法，按 a.txt 的数取 69、3、665",
    )


@pytest.mark.parametrize(("body", "year", "what"), [(None, 2024, "机构名称"), ("石桥镇", None, "年份")])
def test_a_report_without_a_name_or_year_cannot_be_put_anywhere(body, year, what):
    with pytest.raises(UnnamedReportError, match=f"x.html：报告里没有找到{what}"):
        compare([report(year, {RECEIVED: 1}, body=body, file="x.html")])


def test_lines_about_which_no_report_says_anything_are_left_out():
    assert [line.key for line in compare([report(2024, {RECEIVED: 1})]).lines] == ["received"]


def test_in_detail_every_printed_cell_is_a_line_in_the_order_of_the_form():
    first = report(2023, {RECEIVED: 1, FEES: Decimal("1.5")})
    second = report(2024, {FEES: None, "remedies.reconsideration.upheld": 2}, unreadable=[RECEIVED])
    found = compare([first, second], detail=True)
    assert [(line.key, line.caption, line.unit) for line in found.lines] == [
        (FEES, "行政事业性收费", "万元"),
        (RECEIVED, "一、本年新收政府信息公开申请数量 · 总计", "件"),
        ("remedies.reconsideration.upheld", "行政复议 · 结果维持", "件"),
    ]
    assert found.lines[0].entries == (Entry(Known.VALUE, Decimal("1.5")), Entry(Known.BLANK))
    assert found.lines[1].entries == (Entry(Known.VALUE, 1), Entry(Known.UNREADABLE))
    assert found.lines[0].group == "二、主动公开政府信息情况"


def test_in_detail_a_row_known_by_number_has_the_caption_it_was_printed_with():
    key = "statistics_2014.36"
    labels = {key: "（三）培训人次"}
    first = report(2016, {key: 9, "statistics_2014.meetings": 2}, edition="2014", labels=labels)
    second = report(2017, {key: 9, "statistics_2014.37": 1}, edition="2014", labels=labels)
    found = compare([first, second], detail=True)
    assert found.line(key).caption == "（三）培训人次"
    assert found.line("statistics_2014.37").caption == "statistics_2014.37"
    assert found.lines[0].key == "statistics_2014.meetings"


def test_in_detail_a_local_column_has_its_own_caption():
    key = "proactive.permits.current"
    found = compare([report(2019, {key: 4}, edition="2019")], detail=True)
    assert found.line(key).caption == "行政许可 · 本年项目数量"


def test_changes_are_said_with_sign_growth_and_a_dagger():
    assert growth_words(Change(1200, Decimal("12.5"), form_changed=False, years=1), "件") == "+1\u00a0200（+12.5%）"
    assert growth_words(Change(-3, Decimal("-1.0"), form_changed=True, years=1), "件") == "\u22123（\u22121.0%）†"
    assert growth_words(Change(5, None, form_changed=False, years=1), "件") == "+5"


@pytest.fixture
def two_years():
    values = {RECEIVED: 1, FEES: Decimal("1.5"), GRANTED: 2, PARTIAL: 1, CONCLUDED: 6}
    return compare([report(2023, values), report(2024, {RECEIVED: 3, GRANTED: 3}, unreadable=[PARTIAL])])


def test_as_json_is_one_line_with_numbers(two_years):
    data = json.loads(as_json(two_years))
    assert data == as_object(two_years)
    assert data["columns"][0] == {
        "file": "云溪县人民政府2023.html",
        "body": "云溪县人民政府",
        "year": 2023,
        "edition": "2021",
    }
    rows = {row["key"]: row for row in data["rows"]}
    assert rows["received"]["values"] == [1, 3]
    assert rows["received"]["changes"] == [
        None,
        {"difference": 2, "growth_percent": 200.0, "form_changed": False, "years": 1},
    ]
    assert rows["disclosure_rate"]["values"] == [50.0, None]
    assert rows["partial"]["known"] == ["value", "unreadable"]
    assert data["notes"] == ["“未能读出”的数没有按零计算，由它合成的数也不列出。"]


def test_as_csv_opens_in_a_spreadsheet_with_nothing_where_nothing_is_known(two_years):
    text = as_csv(two_years)
    assert text.startswith("\ufeff")
    rows = {row["key"]: row for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))}
    assert rows["partial"]["云溪县人民政府 2023"] == "1"
    assert rows["partial"]["云溪县人民政府 2024"] == ""


def test_as_html_has_the_chart_and_the_same_numbers_as_a_table(two_years):
    page = html.fromstring(as_html(two_years))
    assert page.xpath("string(//h1)") == two_years.title
    assert len(page.xpath("//figure/svg")) == 1
    assert page.xpath("//thead//th[@scope='col']/text()") == ["指标", "2023年", "2024年"]
    rows = {row.xpath("string(th)"): row.xpath("td") for row in page.xpath("//tbody/tr[td]")}
    assert [cell.text_content() for cell in rows["新收申请（件）"]] == ["1", "3+2（+200.0%）"]
    assert [cell.text_content() for cell in rows["部分公开（件）"]] == ["1", "未能读出"]
    assert page.xpath("string(//main/p)") == "“未能读出”的数没有按零计算，由它合成的数也不列出。"


def test_names_are_escaped_in_the_page():
    found = compare([report(2024, {RECEIVED: 1}, body="<b>县</b>")])
    assert "<b>" not in as_html(found)
