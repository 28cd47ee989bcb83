"""What is owed beyond the form: publication in time, the results of Art 50(4), a limit of length where one is set."""

from dataclasses import replace

import pytest

from gongkai.annual.audit import audit
from gongkai.annual.report import Section


def of(rules, audited, **options):
    return [found for found in audit(audited, **options) if found.rule in rules]


def told(before, title, text):
    sections = [replace(one, text=one.text + text) if one.title == title else one for one in before.sections]
    return replace(before, sections=tuple(sections))


@pytest.mark.parametrize(
    ("level", "words", "late"),
    [
        ("department", "发布日期：2025-02-03", "2025-02-03"),
        ("department", "发布日期：2025-01-31", None),
        ("county", "公开时间: 2025年3月31日", None),
        ("county", "公开时间: 2025年4月1日", "2025-04-01"),
        ("county", "发文日期：2025/13/40", None),  # no day
        ("county", "成文日期：2029-01-05", None),  # the page was moved, or the year is a slip
        ("county", "培训时间为2025年5月6日。", None),
    ],
)
def test_a_day_of_publication_after_the_last_day_is_a_warning(report, level, words, late):
    found = of({"A6"}, replace(report("2021", year=2024), preamble=words), level=level)
    assert [(one.severity, one.found, one.evidence) for one in found] == ([("warning", late, words)] if late else [])


def test_a_report_signed_after_the_last_day_was_not_published_before_it(report):
    late = told(report("2021", year=2024), "其他需要报告的事项", "\n海岚市自然资源局\n2025年 4月2日\n")
    (found,) = of({"A6"}, late, level="department")
    assert (found.found, found.expected, found.evidence) == ("2025-04-02", "2025-01-31", "2025年 4月2日")
    inside = told(report("2021", year=2024), "其他需要报告的事项", "计划完成时间为2025年4月2日")
    assert of({"A6"}, inside, level="department") == []


def test_nothing_is_late_where_nobody_knows_by_when_it_was_owed(report):
    late = replace(report("2021", year=2024), preamble="发布日期：2025-06-03")
    assert of({"A6"}, replace(late, body="海岚集团")) == []
    assert of({"A6"}, replace(late, year=None), level="county") == []
    assert of({"A6"}, replace(late, year=2005), level="county") == []


def test_the_report_of_a_government_tells_the_results_of_article_fifty(report):
    plain = report("2021")
    (found,) = of({"E8"}, plain, level="county")
    assert (found.severity, found.expected) == ("info", "工作考核、社会评议、责任追究")
    part = told(plain, "总体情况", "纳入绩效考核，社会满意度稳步提升。")
    assert of({"E8"}, part, level="county")[0].expected == "责任追究"
    assert of({"E8"}, told(part, "总体情况", "没有追责情形。"), level="county") == []


@pytest.mark.parametrize("level", ["department", None])
def test_a_department_need_not(report, level):
    assert of({"E8"}, replace(report("2021"), body="海岚市自然资源局"), level=level) == []


def test_what_was_cut_out_may_have_told_them(report):
    assert of({"E8"}, told(report("2021"), "总体情况", "〔略〕"), level="county") == []
    assert of({"E8"}, replace(report("2021"), sections=()), level="county") == []


def test_a_limit_of_length_holds_only_where_it_is_set(report):
    plain = report("2021")
    length = len(next(one.text for one in plain.sections if one.title == "总体情况"))
    assert of({"A8"}, plain) == []
    assert of({"A8"}, plain, overview_limit=length) == []
    (found,) = of({"A8"}, plain, overview_limit=length - 1)
    assert (found.severity, found.expected, found.found) == ("info", length - 1, length)


def test_a_section_of_another_name_has_no_limit(report):
    assert of({"A8"}, replace(report("2021"), sections=(Section(1, "概述", "字" * 50),)), overview_limit=10) == []
