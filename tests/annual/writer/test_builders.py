"""The generator that tests and benchmarks share: what it makes is right, and says where every number stands."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings

from builders.figures import value_of
from builders.prose import COUNT_OF_ITEMS, NARRATIVE_SUM, NARRATIVE_TABLE, PERCENTAGE, PERIOD
from builders.reports import YEARS, series, valid_report
from builders.strategies import valid_reports, valid_series
from gongkai.annual import forms


def text_at(report, fact):
    return report.preamble if fact.section is None else report.sections[fact.section].text


@given(valid_reports())
@settings(max_examples=25, deadline=None)
def test_every_identity_of_the_form_holds(generated):
    report = generated.report
    for table in forms.form(report.edition).tables:
        for identity in forms.identities(report.edition, table.key):
            if all(key in report.cells for key in identity.left):
                parts = [report.value(key) for key in identity.right if key in report.cells]
                assert sum(report.value(key) for key in identity.left) == sum(parts), identity


@given(valid_reports())
@settings(max_examples=25, deadline=None)
def test_every_fact_stands_where_it_says_and_is_true_of_the_tables(generated):
    report = generated.report
    for fact in generated.facts:
        text = text_at(report, fact)
        assert text[fact.start : fact.end] == fact.text
        for slot in fact.slots:
            assert text[slot.start : slot.end] == slot.figure.printed
            if slot.figure.keys:
                assert slot.figure.value == sum(report.value(key) for key in slot.figure.keys)


@given(valid_reports())
@settings(max_examples=25, deadline=None)
def test_the_parts_of_a_stated_whole_add_up(generated):
    for fact in generated.facts:
        wholes = {slot.figure.group: slot.figure.value for slot in fact.slots if slot.name == "whole"}
        parts = Counter()
        for slot in fact.slots:
            if slot.figure.role == "part" and slot.figure.code == NARRATIVE_SUM:
                parts[slot.figure.group] += slot.figure.value
        assert {group: total for group, total in parts.items() if total} == {
            group: value for group, value in wholes.items() if group in parts and value
        }


@given(valid_series(2012, 2024))
@settings(max_examples=5, deadline=None)
def test_the_years_of_a_series_carry_on_from_each_other(made):
    reports = [generated.report for generated in made]
    assert [report.year for report in reports] == list(range(2012, 2025))
    for before, after in pairwise(reports):
        for column in ("natural_person", "commercial", "total"):
            if f"requests.carried_out.{column}" in before.cells:
                carried = before.value(f"requests.carried_out.{column}")
                assert after.value(f"requests.carried_in.{column}") == carried
        if before.edition == after.edition == "2021":
            row = "proactive.normative_documents"
            flow = after.value(f"{row}.made") - after.value(f"{row}.repealed")
            assert after.value(f"{row}.in_force") == before.value(f"{row}.in_force") + flow
        if before.edition == after.edition == "2008":
            row = "summary_2008.disclosed_documents"
            assert after.value(f"{row}.cumulative") == before.value(f"{row}.cumulative") + after.value(f"{row}.year")


def test_the_same_seed_makes_the_same_report():
    assert valid_report(random.Random(3), "2021") == valid_report(random.Random(3), "2021")


@pytest.mark.parametrize("edition", YEARS)
def test_every_kind_of_error_can_be_planted(edition):
    made = [valid_report(random.Random(seed), edition) for seed in range(12)]
    codes = {NARRATIVE_TABLE, NARRATIVE_SUM, PERCENTAGE, COUNT_OF_ITEMS, PERIOD}
    assert {code for code in codes if any(generated.slots(code) for generated in made)} == codes


def test_a_planted_figure_changes_its_place_alone():
    generated = valid_report(random.Random(1), "2021")
    for fact, slot in (*generated.slots(NARRATIVE_TABLE)[:1], *generated.slots(PERIOD)[:1]):
        changed = generated.with_slot(fact, slot, "88888")
        text = text_at(generated.report, fact)
        assert text_at(changed, fact) == text[: slot.start] + "88888" + text[slot.end :]
    assert generated.with_cells({"requests.received.total": "7"}).value("requests.received.total") == 7


@pytest.mark.parametrize(
    ("printed", "value"), [("增206", 206), ("增 206", 206), ("+3", 3), ("减4", -4), ("-35", -35), ("251000元", 251000)]
)
def test_printed_changes_are_signed_numbers(printed, value):
    assert value_of(printed) == value


def test_a_series_keeps_its_body():
    assert len({generated.report.body for generated in series(random.Random(2), range(2019, 2024))}) == 1
