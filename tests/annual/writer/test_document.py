"""The order of a report: title, preamble, sections, and the table each section holds."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from builders.reports import valid_report
from gongkai.annual.report import Report, Section
from gongkai.annual.writer.boxes import TableLayout
from gongkai.annual.writer.document import Heading, Paragraph, Title, chinese, items, title_lines, title_of


def order(report):
    """Return headings and table keys in the order they are written."""
    return [
        item.key if isinstance(item, TableLayout) else item.text
        for item in items(report)
        if isinstance(item, Heading | TableLayout)
    ]


def test_every_table_stands_in_its_section():
    report = valid_report(random.Random(1), "2021").report
    assert order(report) == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "proactive",
        "三、收到和处理政府信息公开申请情况",
        "requests",
        f"四、{report.sections[3].title}",
        "remedies",
        f"五、{report.sections[4].title}",
        "六、其他需要报告的事项",
    ]


def test_the_old_table_is_appended_to_the_section_that_names_it():
    assert order(valid_report(random.Random(1), "2008").report)[-2:] == ["六、需要说明的事项与附表", "summary_2008"]


def test_the_old_table_goes_to_the_last_section_where_none_names_it():
    report = valid_report(random.Random(1), "2014").report
    unnamed = tuple(Section(None, f"第{index}部分", "") for index in (1, 2))
    assert order(replace(report, sections=unnamed)) == ["第1部分", "第2部分", "statistics_2014"]


def test_without_sections_every_table_has_its_own_heading():
    report = replace(valid_report(random.Random(1), "2021").report, sections=())
    assert order(report) == [
        "二、主动公开政府信息情况",
        "proactive",
        "三、收到和处理政府信息公开申请情况",
        "requests",
        "四、政府信息公开行政复议、行政诉讼情况",
        "remedies",
    ]


def test_a_section_is_known_by_its_number_where_its_title_says_nothing():
    report = valid_report(random.Random(1), "2021").report
    sections = tuple(replace(section, title="情况") for section in report.sections)
    assert [name for name in order(replace(report, sections=sections)) if name.isascii()] == [
        "proactive",
        "requests",
        "remedies",
    ]
    assert order(replace(report, sections=sections))[2] == "proactive"


def test_a_title_that_names_the_table_counts_more_than_a_number():
    report = valid_report(random.Random(1), "2021").report
    titles = (
        "一、概述",
        "主动公开政府信息情况",
        "收到和处理政府信息公开申请情况",
        "因申请公开被提起行政复议、行政诉讼情况",
    )
    sections = tuple(Section(None, title, "") for title in titles)
    assert order(replace(report, sections=sections))[-2:] == [titles[-1], "remedies"]


def test_a_report_may_have_no_table_at_all():
    report = Report("2021", {}, body="岚溪县民政局", year=2022, sections=(Section(1, "总体情况", "一切正常。"),))
    assert items(report) == (
        Title(("岚溪县民政局", "2022年政府信息公开工作年度报告")),
        Heading("一、总体情况", 0),
        Paragraph("一切正常。"),
    )


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (6, "六"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九")]
)
def test_ordinals_are_chinese(number, words):
    assert chinese(number) == words


@pytest.mark.parametrize(
    ("line", "level", "lead"),
    [
        ("（一）主动公开情况。全年发布信息10条。", 2, "（一）主动公开情况。"),
        ("（十二）监督保障", 2, "（十二）监督保障"),
        ("1.加强培训。举办两期。", 3, "1.加强培训。"),
        ("2023年，全市收到申请10件。", 0, ""),
        ("1.5万人次参加。", 0, ""),
        ("（一）全年收到申请10件；办结9件。", 0, ""),
        ("政府信息公开。", 0, ""),
    ],
)
def test_a_paragraph_may_begin_with_a_heading(line, level, lead):
    report = Report("2021", {}, sections=(Section(1, "总体情况", f"\n {line}\n\n"),))
    paragraph = items(report)[-1]
    assert (paragraph.text, paragraph.level, paragraph.text[: paragraph.lead]) == (line, level, lead)


@pytest.mark.parametrize(
    ("title", "body", "lines"),
    [
        ("岚溪县2021年年报", "岚溪县", ("岚溪县2021年年报",)),
        (
            "岚溪县人民政府 2021年政府信息公开工作年度报告",
            "岚溪县人民政府",
            ("岚溪县人民政府", "2021年政府信息公开工作年度报告"),
        ),
        (
            "岚溪县2021年政府信息公开工作年度报告（汇总）",
            None,
            ("岚溪县", "2021年政府信息公开工作年度报告（汇总）"),
        ),
        (
            "2021年岚溪县人民政府政府信息公开工作年度报告",
            "岚溪县人民政府",
            ("2021年岚溪县人民政府政府信息公开工作年度报告",),
        ),
    ],
)
def test_a_long_title_breaks_where_its_words_do(title, body, lines):
    assert title_lines(Report("2021", {}, title=title, body=body)) == lines


def test_a_report_without_a_title_is_called_after_its_body_and_year():
    assert title_of(Report("2021", {}, body="岚溪县", year=2022)) == "岚溪县2022年政府信息公开工作年度报告"
    assert title_of(Report("2021", {})) == "政府信息公开工作年度报告"
