from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.annual.audit import audit
from gongkai.annual.report import Cell, Diagnostic, State

RULES = {
    "proactive.rules.made": 6,
    "proactive.rules.repealed": 0,
    "proactive.rules.in_force": 31,
}


def named(report, *codes):
    return [finding for finding in audit(report) if finding.code in codes]


def test_a_blank_in_a_statutory_table_is_an_error_that_lists_the_cells(report):
    (found,) = named(report(cells={"requests.granted.research": None, "requests.other.total": None}), "blank-cell")

    assert (found.severity, found.cells) == ("error", ("requests.granted.research", "requests.other.total"))
    assert "表三有2格为空白" in found.message


def test_a_stroke_is_a_blank_and_is_quoted(report):
    stroke = Cell("proactive.permits.decisions", State.NOT_APPLICABLE, None, "/")

    (found,) = named(report(cells={"proactive.permits.decisions": stroke}), "blank-cell")

    assert (found.severity, found.evidence, found.found) == ("error", "/", "/")


def test_a_blank_for_rules_may_be_meant_as_none(report):
    (found,) = named(report(cells={"proactive.rules.made": None}), "blank-cell")

    assert found.severity == "warning"


@pytest.mark.parametrize(
    ("blank", "severity"),
    [
        (["summary_2008.disclosed_in_gazette.year"], "error"),
        (["summary_2008.complaints.year", "summary_2008.complaints.cumulative"], "warning"),
    ],
)
def test_in_the_older_forms_a_hole_is_graver_than_an_empty_row(report, blank, severity):
    (found,) = named(report("2008", cells=dict.fromkeys(blank)), "blank-cell")

    assert found.severity == severity


def test_a_blank_form_is_called_that_and_nothing_else(report):
    cells = {key: Cell(key, State.BLANK, None, "") for key in report().cells}

    (found,) = audit(replace(report(cells=cells), year=None))

    assert (found.code, found.severity) == ("blank-form", "warning")


@pytest.mark.parametrize(
    ("key", "number", "severity"),
    [
        ("requests.granted.research", -1, "error"),
        ("proactive.permits.decisions", Decimal("5200.5"), "warning"),
        ("proactive.charges.amount_wan", Decimal("-3.5"), "error"),
    ],
)
def test_counts_are_whole_and_not_negative(report, key, number, severity):
    (found,) = named(report(cells={key: number}), "not-a-count")

    assert (found.cells, found.found, found.severity) == ((key,), number, severity)


def test_a_change_may_be_negative_an_amount_may_have_a_fraction_and_unknown_rows_are_left_alone(report):
    assert named(report("2019"), "not-a-count") == []
    assert named(report(cells={"proactive.charges.amount_wan": Decimal("0.38")}), "not-a-count") == []
    assert named(report(cells={"proactive.strange.made": -3}), "not-a-count") == []
    assert named(report(cells={"proactive.rules.strange": -3}), "not-a-count") == []


def test_rules_at_a_county_are_impossible(report):
    (found,) = named(report(cells=RULES), "level")

    assert (found.severity, found.expected, found.found) == ("error", 0, 6)
    assert found.cells == ("proactive.rules.made", "proactive.rules.in_force")
    assert "云岚县人民政府是县级政府，无权制定规章" in found.message


@pytest.mark.parametrize("body", ["淮安市人民政府", "某某综合实验区管委会", None])
def test_rules_are_no_finding_where_the_body_makes_them_or_its_level_is_unknown(report, body):
    assert named(report(cells=RULES, body=body), "level") == []


def test_a_level_given_wins_over_the_name(report):
    assert [f.code for f in audit(report(cells=RULES), level="prefecture") if f.code == "level"] == []
    assert [f.code for f in audit(report(cells=RULES, body=None), level="town") if f.code == "level"] == ["level"]


def test_a_year_that_made_all_documents_is_suspicious(report):
    (found,) = named(report(cells={"proactive.normative_documents.made": 90}), "flow-equals-stock")

    assert (found.severity, found.found) == ("warning", 90)


def test_it_is_wrong_where_the_prose_calls_the_number_the_stock(report):
    words = "对仍然有效的90份规范性文件进行清理。"

    (found,) = named(report(say=words, cells={"proactive.normative_documents.made": 90}), "flow-equals-stock")

    assert (found.severity, found.evidence) == ("error", "对仍然有效的90份规范性文件进行清理")


def test_it_is_a_warning_where_the_prose_tells_both_apart(report):
    words = "制发行政规范性文件90件，废止0件，现行有效90件。"

    (found,) = named(report(say=words, cells={"proactive.normative_documents.made": 90}), "flow-equals-stock")

    assert found.severity == "warning"


def test_more_made_than_in_force_is_a_warning(report):
    (found,) = named(report(cells={"proactive.normative_documents.made": 95}), "stock-flow")

    assert (found.severity, found.expected, found.found) == ("warning", 95, 90)


def test_a_unit_other_than_the_form_s_is_named(report):
    yuan = Cell("proactive.charges.amount_wan", State.VALUE, 8_120_000, "8120000元", unit="元")

    (found,) = named(report(cells={"proactive.charges.amount_wan": yuan}), "unit")

    assert (found.expected, found.found, found.evidence) == ("万元", "元", "8120000元")


@pytest.mark.parametrize(("amount", "codes"), [(450, ["unit"]), (4_500_000, [])])
def test_purchases_of_a_few_yuan_each_were_reported_in_wan(report, amount, codes):
    bought = report("2019", cells={"proactive.procurement.amount_yuan": amount})

    assert [f.code for f in named(bought, "unit")] == codes


def test_unusual_shares_of_outcomes_are_only_information(report):
    cells = {"requests.not_held.total": 30, "requests.petition_or_complaint.total": 9}

    found = named(report(cells=cells), "outlier")

    assert [(f.severity, f.found, f.expected) for f in found] == [("info", 31, 41), ("info", 9, 41)]
    assert named(report(cells={"requests.outcome_total.total": 12, **cells}), "outlier") == []


def test_unread_rows_make_no_shares(report, unread):
    keys = ("requests.not_held.total",)

    assert named(unread(report(), "8", keys), "outlier") == []
    assert named(report(cells={"requests.petition_or_complaint.total": "absent"}), "outlier") == []


def test_a_row_equal_to_its_neighbour_is_information(report):
    row = {f"requests.repeated.{column}": number for column, number in (("natural_person", 2), ("commercial", 1))}
    other = {f"requests.petition_or_complaint.{column}": number for column, number in (("commercial", 1),)}

    (found,) = named(
        report(cells={**row, **other, "requests.repeated.total": 3, "requests.petition_or_complaint.total": 3}),
        "copied-row",
    )

    assert found.cells == ("requests.petition_or_complaint.total", "requests.repeated.total")


def test_more_suits_after_review_than_reviews_is_information(report):
    (found,) = named(report(cells={"remedies.litigation_after_reconsideration.total": 9}), "remedies-order")

    assert (found.severity, found.expected, found.found) == ("info", 8, 9)


def test_corrected_cases_are_spoken_of_among_the_problems(report):
    silent = {"存在的主要问题及改进情况": "主动公开的及时性不够，下一步加强培训，完善栏目更新机制。"}

    (found,) = named(report(texts=silent), "issues-silent")

    assert (found.severity, found.found) == ("warning", 2)
    assert found.cells == (
        "remedies.reconsideration.corrected",
        "remedies.litigation_after_reconsideration.corrected",
    )
    assert named(report(), "issues-silent") == []
    assert named(report(texts=silent, cells=dict.fromkeys(found.cells, 0)), "issues-silent") == []


@pytest.mark.parametrize(
    ("body", "permits", "found"),
    [
        ("海岚市自然资源局", 0, True),
        ("海岚市自然资源和规划局", 0, True),
        ("海岚市 卫生健康委员会", 0, True),
        ("海岚市自然资源局", 12, False),
        ("海岚市统计局", 0, False),
        ("海岚市", 0, False),
        (None, 0, False),
    ],
)
def test_a_department_that_grants_permits_has_some(report, body, permits, found):
    made = replace(report(cells={"proactive.permits.decisions": permits}), body=body)

    assert [(one.severity, one.found) for one in named(made, "no-permits")] == ([("info", 0)] if found else [])


def test_among_very_many_applications_not_all_are_of_natural_persons(report):
    organisations = ("commercial", "research", "public_welfare", "legal_service", "other_org")
    rows = {f"requests.{row}.{column}": 0 for row in ("received", "outcome_total") for column in organisations}
    many = {"requests.received.natural_person": 260, "requests.received.total": 260}

    (found,) = named(report(cells=rows | many), "outlier")
    assert (found.severity, found.rule, found.found) == ("info", "C14", 260)
    assert named(report(cells=rows | many | {"requests.received.commercial": 1}), "outlier") == []
    assert named(report(cells=rows), "outlier") == []


def test_what_was_not_read_is_said_and_never_a_pass(report, unread):
    keys = tuple(f"proactive.normative_documents.{column}" for column in ("made", "repealed", "in_force"))
    made = unread(report(), "693665", keys, (69, 3, 665), (6, 93, 665))
    (found,) = named(made, "not-read")
    assert (found.severity, found.cells) == ("info", tuple(sorted(keys)))
    assert "等3格没有读出" in found.message
    lost = replace(report(), diagnostics=(Diagnostic("error", "table-not-found", "没有找到表三", "requests"),))
    assert "表三没有读出" in named(lost, "not-read")[0].message
    assert named(report(), "not-read") == []
