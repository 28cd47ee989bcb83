from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.annual.audit import audit, audit_series
from gongkai.annual.audit.similarity import copied_part, similarity

LAST_YEAR = {"requests.carried_out.natural_person": 4, "requests.carried_out.total": 4}
SHORT = {"总体情况": "", "存在的主要问题及改进情况": ""}  # texts alike would be a finding of their own
STOCK = {"proactive.normative_documents.in_force": 81, "proactive.normative_documents.made": 5}


def years(report, before=None, now=None, *, edition=("2021", "2021"), year=(2023, 2024), **changes):
    """Return what two years that agree, but for ``before`` and ``now``, say of the later one."""
    first = {**LAST_YEAR, **(STOCK if edition[0] == "2021" else {}), **(before or {})}
    cells = first if edition[0] != "2008" else before or {}
    earlier = report(edition[0], year=year[0], cells=cells, texts=SHORT)
    later = report(edition[1], year=year[1], cells=now or {}, **changes)
    alone = {f.fingerprint for f in audit(later)}
    return [f for f in audit_series([earlier, later])[1] if f.fingerprint not in alone]


def codes(findings):
    return [(f.code, f.severity) for f in findings]


def test_years_that_agree_say_nothing_of_each_other(report):
    assert codes(years(report)) == []


def test_the_carry_over_is_compared_column_by_column(report):
    found = years(report, {"requests.carried_out.commercial": 1, "requests.carried_out.total": 5})

    assert [(f.code, f.cells, f.expected, f.found, f.against) for f in found] == [
        ("carry-over", ("requests.carried_in.commercial",), 1, 0, "2023.html"),
        ("carry-over", ("requests.carried_in.total",), 5, 4, "2023.html"),
    ]
    assert {f.severity for f in found} == {"error"}


def test_stock_is_last_year_s_stock_and_this_year_s_flow(report):
    (found,) = years(report, {"proactive.normative_documents.in_force": 91})

    assert (found.code, found.severity, found.expected, found.found) == ("stock-flow", "error", 100, 90)
    assert "按上年91+制发12-废止3应为100" in found.message


def test_the_trial_form_counted_stock_otherwise(report):
    found = years(report, edition=("2019", "2021"), year=(2020, 2021))

    assert codes(found) == [("stock-flow", "warning")]
    assert "口径可能不同" in found[0].message


def test_in_the_trial_form_the_total_grows_by_what_was_published_and_items_follow_on(report):
    before = {"proactive.normative_documents.total": 70, "proactive.permits.change": -9}

    found = years(report, before, edition=("2019", "2019"), year=(2019, 2020))

    assert [(f.rule, f.severity, f.expected, f.found) for f in found] == [
        ("B3t", "warning", 82, 90),
        ("B3p", "warning", 201, 210),
        ("B3p", "warning", 912, 900),
    ]


def test_last_year_s_stock_settles_digits_that_ran_together(report, unread):
    keys = tuple(f"proactive.normative_documents.{column}" for column in ("made", "repealed", "in_force"))

    def narrowed(*candidates, stock=True):
        earlier = report(year=2023, cells={**LAST_YEAR, **STOCK} if stock else dict.fromkeys(STOCK, "absent"))
        later = unread(report(), "12390", keys, *candidates)
        return [f for f in audit_series([earlier, later])[1] if f.code == "narrowed"]

    (found,) = narrowed((12, 3, 90), (1, 23, 90), (None, 3, 90))
    assert (found.severity, found.expected, found.against) == ("info", "12|3|90", "2023.html")
    assert narrowed((12, 3, 90)) == []
    assert narrowed((1, 2, 390), (1, 23, 90)) == []
    assert narrowed((12, 3, 90), (1, 23, 90), stock=False) == []


def test_a_cumulative_number_is_last_year_s_and_this_year_s(report):
    before = {}
    rows = [key for key in report("2008").cells if key.endswith(".cumulative")]
    for key in rows:
        year = report("2008").value(key.replace("cumulative", "year"))
        before[key] = report("2008").value(key) - year
    pair = {"edition": ("2008", "2008"), "year": (2014, 2015)}

    assert codes(years(report, before, **pair)) == []
    fallen = years(report, {**before, "summary_2008.complaints.cumulative": 7}, **pair)
    assert [(f.code, f.severity, f.expected, f.found) for f in fallen] == [("cumulative", "error", 7, 1)]
    lone = years(
        report, {**before, "summary_2008.complaints.cumulative": 7}, {"summary_2008.complaints.year": None}, **pair
    )
    assert [(f.code, f.expected) for f in lone if f.code == "cumulative"] == [("cumulative", 7)]
    grown = years(
        report, {**before, "summary_2008.complaints.cumulative": 0}, {"summary_2008.complaints.year": None}, **pair
    )
    assert [f for f in grown if f.code == "cumulative"] == []
    absent = years(report, {**before, "summary_2008.complaints.cumulative": "absent"}, **pair)
    assert codes(absent) == []


def test_over_a_gap_only_a_fall_is_named_and_only_as_a_warning(report):
    before = dict.fromkeys([key for key in report("2008").cells if key.endswith(".cumulative")], 0)

    found = years(
        report,
        {**before, "summary_2008.complaints.cumulative": 7, "requests.carried_out.total": 99},
        edition=("2008", "2008"),
        year=(2012, 2015),
    )

    assert [(f.code, f.severity, f.expected, f.found) for f in found] == [("cumulative", "warning", 7, 1)]


@pytest.mark.parametrize(
    ("last", "words"), [(9, "相差90倍"), (Decimal("0.08"), "疑为元与万元混填"), (8_120_000, "疑为元与万元混填")]
)
def test_an_amount_more_than_ten_times_last_year_s_is_a_warning(report, last, words):
    (found,) = years(report, {"proactive.charges.amount_wan": last})

    assert (found.code, found.severity) == ("unit", "warning")
    assert words in found.message


def test_cases_pending_last_year_are_not_lost(report):
    (found,) = years(report, {"remedies.litigation_direct.pending": 6, "remedies.litigation_direct.total": 8})

    assert (found.code, found.severity, found.expected, found.found) == ("pending-lost", "warning", 6, 3)


def test_suits_after_review_need_reviews_this_year_or_last(report):
    now = {"remedies.litigation_after_reconsideration.total": 20, "remedies.litigation_after_reconsideration.other": 18}

    (found,) = [f for f in years(report, now=now) if f.rule == "D3p"]

    assert (found.severity, found.expected, found.found) == ("warning", 16, 20)
    assert [f for f in years(report, {"remedies.reconsideration.total": None}, now) if f.rule == "D3p"] == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("新收政府信息公开申请40件，较去年增长25%。", []),
        ("新收政府信息公开申请40件，比上年下降12.3%。", [("error", 25)]),
        ("新收政府信息公开申请40件，同比增长15.0%。", [("error", Decimal("25.0"))]),
        ("新收政府信息公开申请40件，较去年增长约15%。", []),
        ("新收政府信息公开申请40件。较去年增长15%。", []),
        ("推送信息40条，较去年增长15%。", []),
        ("办结率较去年增长15%。", []),
        ("新收政府信息公开申请40件，占去年的80%。", []),
    ],
)
def test_growth_is_recomputed_from_last_year_s_report(report, words, expected):
    before = {"requests.received.natural_person": 28, "requests.received.total": 32}

    found = [f for f in years(report, before, say=words) if f.rule == "E1y"]

    assert [(f.severity, f.expected) for f in found] == expected


def test_growth_is_not_recomputed_where_last_year_s_cell_is_missing_or_nothing(report):
    words = "新收政府信息公开申请40件，较去年增长15%。"

    for before in ({"requests.received.total": 0}, {"requests.received.total": "absent"}):
        assert [f for f in years(report, before, say=words) if f.rule == "E1y"] == []


def test_a_table_copied_from_last_year_is_a_warning(report):
    same = {key: report().value(key) for key in report().cells if key.startswith("requests.")}
    found = [f for f in years(report, same) if f.code == "copied-table"]

    assert [(f.severity, f.found) for f in found] == [("warning", 40)]
    nothing = dict.fromkeys(same, 0)
    assert [f for f in years(report, nothing, nothing) if f.code == "copied-table"] == []


SENTENCES = "".join(
    f"本县第{char}项工作围绕{char}类事项展开，由{char}个单位牵头落实并按季度通报进展情况。"
    for char in "甲乙丙丁戊己庚辛壬癸"
)


def test_a_text_much_like_last_year_s_is_a_warning_that_quotes_it(report):
    earlier = report(year=2023, cells={**LAST_YEAR, **STOCK}, say=SENTENCES)
    later = report(say=SENTENCES)

    (found,) = [f for f in audit_series([earlier, later])[1] if f.code == "similar-to-last-year"]

    assert (found.severity, found.against) == ("warning", "2023.html")
    assert found.evidence in later.prose
    assert len(found.evidence) > 20


def test_texts_too_short_to_judge_are_not_alike_and_nothing_may_be_quoted():
    assert similarity("公开", "公开") == 0.0
    assert similarity(SENTENCES, SENTENCES) == 1.0
    assert copied_part("甲" * 30 + "。", "乙" * 30 + "。") == ""


def test_a_second_file_of_the_same_year_is_information(report):
    first, second = report(), replace(report(), file="copy.html")

    found = audit_series([second, first])

    assert [f.code for f in found[0] if f.code == "duplicate-report"] == []
    (duplicate,) = [f for f in found[1] if f.code == "duplicate-report"]
    assert (duplicate.severity, duplicate.against) == ("info", "copy.html")


def test_findings_come_in_the_order_of_the_files_and_bodies_are_kept_apart(report):
    earlier = report(year=2023, cells={**LAST_YEAR, **STOCK, "requests.carried_out.total": 9}, texts=SHORT)
    other = replace(earlier, body="白溪县人民政府")
    nameless = replace(earlier, body=None)
    office = replace(report(), body="云岚县")

    found = audit_series([office, other, nameless, earlier, replace(report(), year=None)])

    assert [[f.code for f in one if f.against] for one in found] == [["carry-over"], [], [], [], []]


def test_the_level_is_passed_on(report):
    rules = {"proactive.rules.made": 6, "proactive.rules.in_force": 31}

    (found,) = audit_series([report(cells=rules, body=None)], level="county")

    assert [f.code for f in found if f.code == "level"] == ["level"]
