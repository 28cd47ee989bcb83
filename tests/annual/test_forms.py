"""The forms say what the national documents say, and nothing unknown is ever made up."""

import pytest

from gongkai.annual import forms


@pytest.mark.parametrize(
    ("edition", "cells"),
    [
        ("2021", {"proactive": 10, "requests": 175, "remedies": 15}),
        ("2019", {"proactive": 22, "requests": 161, "remedies": 15}),
        ("2014", {"statistics_2014": 58}),
        ("2008", {"summary_2008": 40}),
    ],
)
def test_every_edition_has_its_tables_and_cells(edition, cells):
    assert {table.key: len(list(table.keys())) for table in forms.form(edition).tables} == cells


@pytest.mark.parametrize(("edition", "leaves"), [("2021", 21), ("2019", 19)])
def test_an_application_ends_in_one_of_the_leaves(edition, leaves):
    rows = forms.table(edition, "requests").rows
    assert [row.key for row in rows if row.leaf] == list(forms.table(edition, "requests").row("outcome_total").total_of)
    assert sum(row.leaf for row in rows) == leaves


@pytest.mark.parametrize(
    ("edition", "year", "covered"),
    [("2021", 2021, True), ("2021", 2030, True), ("2021", 2020, False), ("2019", 2020, True), ("2019", 2021, False)],
)
def test_a_form_covers_its_report_years(edition, year, covered):
    assert forms.form(edition).covers(year) is covered


def test_the_balance_holds_for_every_column():
    balances = [identity for identity in forms.identities("2021", "requests") if identity.code == "balance"]
    assert balances[0] == forms.Identity(
        "balance",
        ("requests.received.natural_person", "requests.carried_in.natural_person"),
        ("requests.outcome_total.natural_person", "requests.carried_out.natural_person"),
    )
    assert len(balances) == 7


def test_a_local_column_is_no_cell_of_the_national_form():
    table = forms.table("2019", "proactive")
    assert "proactive.permits.current" not in set(table.keys())
    assert [column.key for column in table.block_of("permits").columns if column.replaces] == ["current"]


@pytest.mark.parametrize(
    ("look_up", "words"),
    [
        (lambda: forms.form("2020"), "2020"),
        (lambda: forms.form("2021").table("summary_2008"), "summary_2008"),
        (lambda: forms.table("2021", "requests").row("transferred"), "transferred"),
        (lambda: forms.table("2021", "proactive").block_of("procurement"), "procurement"),
    ],
)
def test_what_a_form_does_not_have_is_an_error(look_up, words):
    with pytest.raises(KeyError, match=words):
        look_up()
