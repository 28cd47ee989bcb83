from datetime import date

import pytest

from gongkai.annual.forms import table
from gongkai.law.editions import BeforeRegulationError
from gongkai.law.outcomes import (
    NoRowError,
    UnknownOutcomeError,
    leaves,
    missing,
    outcome,
    outcomes,
    outcomes_on,
    principal,
    row_for,
)


@pytest.mark.parametrize(("edition", "count"), [("2021", 21), ("2019", 19)])
def test_the_leaves_are_the_leaves_of_the_printed_form(edition, count):
    printed = tuple(row.key for row in table(edition, "requests").rows if row.leaf)
    assert leaves(edition) == printed
    assert len(printed) == count


@pytest.mark.parametrize(
    ("edition", "key"), [("2014", "statistics_2014"), ("2008", "summary_2008"), ("2019", "requests")]
)
def test_every_row_of_the_older_regulation_exists_in_the_form_that_counts_it(edition, key):
    printed = {row.key for row in table(edition, key).rows}
    assert set(leaves(edition, "2008")) - printed == set()


@pytest.mark.parametrize(
    ("code", "edition", "row"),
    [
        ("A1", "2021", "granted"),
        ("A2", "2021", "granted"),
        ("P", "2021", "partial"),
        ("N8", "2021", "administrative_inquiry"),
        ("U1b", "2021", "not_held"),
        ("O1", "2021", "not_corrected"),
        ("O1", "2019", "other"),
        ("O2", "2021", "fee_unpaid"),
        ("O2", "2019", "other"),
        ("O3", "2021", "other"),
    ],
)
def test_an_outcome_is_counted_in_one_row_of_the_edition(code, edition, row):
    assert row_for(outcome(code), edition) == row


def test_an_answer_under_the_regulation_of_2019_has_no_row_in_the_form_of_2014():
    with pytest.raises(NoRowError, match="2014版年度报告中没有对应的行") as caught:
        row_for(outcome("N1"), "2014")
    assert caught.value.as_dict() == {"code": "no-row", "article": "", "message": str(caught.value)}


def test_an_answer_under_the_regulation_of_2008_can_be_counted_in_the_report_of_2019():
    assert row_for(outcome("S1", "2008"), "2019") == "other"
    assert row_for(outcome("U3", "2008"), "2014") == "corrected"


def test_an_unknown_code_is_refused_with_the_codes_that_exist():
    with pytest.raises(UnknownOutcomeError, match="没有办理结果“D4”；可用的代码：A1、A2、P"):
        outcome("D4", "2008")
    with pytest.raises(UnknownOutcomeError, match="可用的代码：无"):
        outcome("A1", "1999")


@pytest.mark.parametrize(
    ("received", "regulation"),
    [(date(2008, 5, 1), "2008"), (date(2019, 5, 14), "2008"), (date(2019, 5, 15), "2019"), (date(2030, 1, 1), "2019")],
)
def test_the_day_of_receipt_chooses_the_catalogue(received, regulation):
    assert outcomes_on(received) == outcomes(regulation)


def test_there_is_no_catalogue_before_the_first_regulation():
    with pytest.raises(BeforeRegulationError):
        outcomes_on(date(2008, 4, 30))


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        (["N4", "A2", "P"], "P"),
        (["N4", "A2"], "A2"),
        (["U1a", "N4"], "U1a"),
        (["N4", "U1a"], "N4"),
    ],
)
def test_an_answer_of_several_parts_is_counted_once(codes, code):
    assert principal(codes).code == code


def test_what_wins_beyond_partial_is_a_setting():
    assert principal(["A2", "U1"], order=["partial", "not_held"]).code == "U1"


def test_an_answer_without_parts_cannot_be_counted():
    with pytest.raises(UnknownOutcomeError, match="没有任何办理结果"):
        principal([])


@pytest.mark.parametrize(
    ("code", "evidence", "lacking"),
    [
        ("U3", set(), ["correction_notice", "correction_answer"]),
        ("O1", {"correction_notice"}, ["correction_period_expired"]),
        ("O2", {"fee_notice"}, ["fee_period_expired"]),
        ("D2", set(), ["earlier_answer_number"]),
        ("D4", set(), ["reasons_requested"]),
        ("N4", {"third_party_consultation"}, []),
        ("N1", {"classification_level"}, ["classification_period"]),
        ("U1", set(), ["search_log"]),
        ("A2", set(), []),
    ],
)
def test_what_is_not_on_file_is_named(code, evidence, lacking):
    assert [need.key for need in missing(outcome(code), evidence)] == lacking


def test_refusals_under_articles_14_to_16_and_no_others_open_review_first():
    assert [entry.code for entry in outcomes() if entry.remedy == "review_first"] == [f"N{n}" for n in range(1, 8)]


def test_refusals_under_the_older_regulation_follow_the_day_of_the_answer_too():
    assert [entry.code for entry in outcomes("2008") if entry.remedy == "review_first"] == [
        "N1",
        "N2",
        "N3",
        "N4",
        "N4a",
        "N4b",
        "N5",
        "N6",
    ]


@pytest.mark.parametrize("regulation", ["2019", "2008"])
def test_codes_are_unique_and_refinements_belong_to_an_outcome_of_the_same_row(regulation):
    codes = [entry.code for entry in outcomes(regulation)]
    assert len(codes) == len(set(codes))
    for entry in outcomes(regulation):
        if entry.part_of:
            assert dict(outcome(entry.part_of, regulation).rows)["2019"] == dict(entry.rows)["2019"]
