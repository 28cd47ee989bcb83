from dataclasses import replace
from datetime import date

import pytest

from gongkai.annual.audit import audit
from gongkai.annual.report import Section

FIFTH = "存在的主要问题及改进情况"
LAST = "其他需要报告的事项"


def named(report, *codes):
    return [finding for finding in audit(report) if finding.code in codes]


def without(report, title):
    return replace(report, sections=tuple(section for section in report.sections if section.title != title))


@pytest.mark.parametrize("title", ["总体情况", FIFTH, LAST])
def test_a_section_that_is_not_there_is_an_error(report, title):
    (found,) = named(without(report(), title), "missing-section")

    assert (found.severity, found.expected[2:]) == ("error", title)


def test_a_table_without_its_heading_is_a_warning(report):
    (found,) = named(without(report(), "收到和处理政府信息公开申请情况"), "missing-section")

    assert (found.severity, found.expected) == ("warning", "三、收到和处理政府信息公开申请情况")


@pytest.mark.parametrize(
    "fourth", ["因政府信息公开工作被申请行政复议、提起行政诉讼情况", "因政府信息公开申请行政复议、提起行政诉讼的情况"]
)
def test_a_remedies_heading_that_speaks_of_applying_is_not_the_third_section(report, fourth):
    bare = without(report(), "收到和处理政府信息公开申请情况")
    long = replace(
        bare,
        sections=tuple(replace(one, title=fourth) if "复议" in one.title else one for one in bare.sections),
        cells={key: cell for key, cell in bare.cells.items() if not key.startswith("requests.")},
    )

    assert [found.expected for found in named(long, "missing-section")] == ["三、收到和处理政府信息公开申请情况"]


def test_where_several_headings_were_lost_the_tables_speak_for_them(report):
    bare = without(without(report(), "收到和处理政府信息公开申请情况"), "政府信息公开行政复议、行政诉讼情况")

    assert named(bare, "missing-section") == []


def test_a_file_that_lost_most_headings_is_not_judged(report):
    bare = without(without(without(report(), "总体情况"), FIFTH), LAST)

    assert named(bare, "missing-section") == []


@pytest.mark.parametrize(
    ("title", "under", "words"),
    [
        (FIFTH, "政府信息公开行政复议、行政诉讼情况", "（一）上年工作中存在问题的改进情况\n已经整改。"),
        (LAST, FIFTH, "答复的规范性不够，将加强指导。其他需要报告的事项：无。"),
    ],
)
def test_a_lost_heading_is_no_missing_section(report, title, under, words):
    assert named(without(report(texts={under: words}), title), "missing-section") == []


def test_a_section_may_be_known_by_its_number_alone(report):
    first = report()
    odd = replace(first, sections=(Section(1, "今年工作", first.sections[0].text), *first.sections[1:]))

    assert named(odd, "missing-section") == []


def test_a_report_without_recognised_sections_and_one_of_an_older_form_are_not_judged(report):
    assert named(replace(report(), sections=()), "missing-section") == []
    assert named(report("2008"), "missing-section") == []


def test_the_first_section_may_stand_in_the_preamble(report):
    bare = without(report(), "总体情况")

    assert named(replace(bare, preamble=bare.preamble + "（一）主动公开情况。公开若干。"), "missing-section") == []


@pytest.mark.parametrize(("text", "count"), [("", 1), ("无。", 1), ("（一）无 （二）没有 （三）无", 1), ("〔略〕", 0)])
def test_an_empty_fifth_section_is_a_warning(report, text, count):
    assert [f.severity for f in named(report(texts={FIFTH: text}), "empty-section")] == ["warning"] * count


def test_ordinals_out_of_order_are_a_warning(report):
    first = report()
    swapped = [
        replace(section, number=number) for section, number in zip(first.sections, (1, 2, 4, 3, 5, 6), strict=True)
    ]

    (found,) = named(replace(first, sections=tuple(swapped)), "section-order")

    assert (found.expected, found.found) == (3, 4)
    assert named(without(first, FIFTH), "section-order") == []


def test_an_aspect_of_the_first_section_that_is_not_spoken_of_is_information(report):
    text = "（一）主动公开。（二）依申请公开。（三）目录管理。（四）网站。"

    (found,) = named(report(texts={"总体情况": text}), "missing-aspect")

    assert (found.severity, found.expected) == ("info", "监督保障")
    assert named(report("2019", texts={"总体情况": text}), "missing-aspect") == []
    assert named(report(texts={"总体情况": "〔略〕"}), "missing-aspect") == []
    assert named(report(texts={"总体情况": ""}), "missing-aspect") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("无其他需要报告的事项。", [("fee-statement", "info")]),
        ("本年度未发出收费通知。", [("fee-statement", "warning")]),
        ("本年度没有收取信息处理费。", []),
        ("〔略〕", []),
    ],
)
def test_the_last_section_reports_on_the_processing_fee(report, text, expected):
    told = report(texts={LAST: text}, cells={"requests.fee_unpaid.total": 2})

    assert [(f.code, f.severity) for f in named(told, "fee-statement")] == expected


def test_the_trial_form_asked_for_no_fee_statement_and_a_lost_section_has_none(report):
    assert named(report("2019", texts={LAST: "无。"}), "fee-statement") == []
    assert named(without(report(), LAST), "fee-statement") == []


def test_words_broken_by_layout_are_no_exact_quotation(report):
    told = report(texts={LAST: "本年度未发出收费 通知。"}, cells={"requests.fee_unpaid.total": 2})

    assert [f.evidence for f in named(told, "fee-statement")] == [""]


def test_a_long_last_section_is_not_quoted(report):
    (found,) = named(report(texts={LAST: "本单位没有其他需要向社会报告的事项，" * 4}), "fee-statement")

    assert found.evidence == ""


@pytest.mark.parametrize(("edition", "year", "count"), [("2019", 2022, 1), ("2021", 2020, 1), ("2019", 2019, 0)])
def test_a_form_of_another_year_is_a_warning(report, edition, year, count):
    assert [f.severity for f in named(report(edition, year=year), "edition")] == ["warning"] * count


def test_a_year_before_any_form_names_none(report):
    (found,) = named(report("2008", year=2003), "edition")

    assert found.expected == "无"


def test_tables_of_two_editions_are_a_warning(report):
    mixed = replace(report("2021"), table_editions={"proactive": "2021", "requests": "2019"})

    (found,) = named(mixed, "edition")

    assert (found.expected, found.found) == ("2021", "2019")


def test_the_title_is_evidence_only_where_it_stands_in_the_prose(report):
    late = report("2019", year=2022)

    assert [f.evidence for f in named(replace(late, preamble=late.title), "edition")] == [late.title]
    assert [f.evidence for f in named(late, "edition")] == [""]


def test_a_period_that_is_not_the_year_is_an_error(report):
    (found,) = named(report(preamble="所列数据的统计期限自2024年1月1日起至2024年11月30日止。"), "period")

    assert (found.severity, found.expected, found.found) == (
        "error",
        "2024-01-01至2024-12-31",
        "2024-01-01至2024-11-30",
    )
    assert found.evidence == "统计期限自2024年1月1日起至2024年11月30日"


def test_a_day_that_no_calendar_has_is_an_error(report):
    (found,) = named(report(preamble="统计期限自2024年1月1日至2024年11月31日。"), "period")

    assert found.found == found.evidence == "统计期限自2024年1月1日至2024年11月31日"


def test_the_year_may_be_said_once(report):
    assert named(report(preamble="统计期限自2024年1月1日起至12月31日止。"), "period") == []


def test_the_period_read_counts_where_the_prose_has_none(report):
    first = replace(report(preamble=""), period=(date(2023, 1, 1), date(2023, 12, 31)))

    assert [f.found for f in named(first, "period")] == ["2023-01-01至2023-12-31"]
    assert named(replace(first, period=None), "period") == []
    assert named(replace(first, year=None), "period") == []


def test_digits_lost_from_the_period_are_a_warning(report):
    (found,) = named(report(preamble="统计期限从202411日至1231日止。", period=None), "period")

    assert (found.severity, found.evidence) == ("warning", "统计期限从202411日至1231日")


@pytest.mark.parametrize("words", ["截至2024年11月25日，发布信息800条。", "2024年1至11月，接听热线5000次。"])
def test_numbers_as_of_a_day_within_the_year_are_a_warning(report, words):
    assert [(f.severity, f.rule) for f in named(report(say=words), "period")] == [("warning", "A3p")]


@pytest.mark.parametrize(
    "words", ["截至2024年12月31日，发布信息800条。", "截至年底，发布信息800条。", "6月至今维护正常。"]
)
def test_numbers_as_of_the_end_of_the_year_are_none(report, words):
    assert named(report(say=words), "period") == []


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("如对本报告有疑问，请与县政府办公室联系（地址：和平路3号；邮编：400001；电话：023-1234567）。", []),
        ("如对本报告有疑问，请与县政府办公室联系（地址：和平路3号；电话：023-1234567）。", ["邮编"]),
        ("〔略〕如对本报告有疑问，请联系。", []),
    ],
)
def test_a_contact_that_is_offered_is_complete(report, words, missing):
    told = report(preamble="统计期限自2024年1月1日至2024年12月31日。" + words)

    assert [f.expected for f in named(told, "contact")] == missing
