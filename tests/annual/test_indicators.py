from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.annual import forms, indicators
from gongkai.annual.indicators import Entry, Known
from gongkai.annual.report import Cell, Report, State, Unreadable


def report(values, *, edition="2021", unreadable=(), **extra):
    cells = {}
    for key, value in values.items():
        state = {None: State.BLANK, "/": State.NOT_APPLICABLE}.get(value, State.VALUE)
        cells[key] = Cell(key, state, value if state is State.VALUE else None, str(value))
    unread = {key: Unreadable(key, (key,), "11") for key in unreadable}
    return Report(edition=edition, cells=cells, unreadable=unread, **extra)


GRANTED, PARTIAL = "requests.granted.total", "requests.partial.total"
CONCLUDED = "requests.outcome_total.total"


def test_every_cell_an_indicator_names_is_declared_in_the_form_it_is_for():
    for indicator in indicators.indicators():
        for edition, keys in indicator.cells.items():
            declared = {key for table in forms.form(edition).tables for key in table.keys()}  # noqa: SIM118
            assert set(keys) - declared == set(), indicator.key


def test_every_rate_and_group_names_indicators_that_exist():
    known = {indicator.key for indicator in indicators.indicators()}
    titled = {group.key for group in indicators.groups()}
    for rate in indicators.rates():
        assert {*rate.of, rate.over} - known == set()
        assert rate.group in titled
    assert {group.parts_of for group in indicators.groups()} - {None} - known == set()


def test_the_outcomes_divide_up_all_results_of_the_national_forms():
    parts = [indicator for indicator in indicators.indicators() if indicator.group == "outcomes"]
    for edition in ("2021", "2019"):
        leaves = {f"requests.{row.key}.total" for row in forms.table(edition, "requests").rows if row.leaf}
        assert {key for part in parts for key in part.cells[edition]} == leaves


def test_an_indicator_is_the_sum_of_its_cells():
    values = {"remedies.litigation_direct.total": 2, "remedies.litigation_after_reconsideration.total": 3}
    assert indicators.entries(report(values))["litigations"] == Entry(Known.VALUE, 5)


@pytest.mark.parametrize(
    ("values", "unreadable", "known"),
    [
        ({}, [], Known.ABSENT),
        ({GRANTED: None}, [], Known.BLANK),
        ({GRANTED: "/"}, [], Known.ABSENT),
        ({}, [GRANTED], Known.UNREADABLE),
    ],
)
def test_what_is_not_a_number_makes_an_indicator_unknown_and_says_why(values, unreadable, known):
    assert indicators.entries(report(values, unreadable=unreadable))["granted"] == Entry(known)


def test_an_older_report_is_followed_by_its_own_rows():
    values = {"summary_2008.requests_received.year": 7, "summary_2008.requests_received.cumulative": 70}
    entries = indicators.entries(report(values, edition="2008"))
    assert entries["received"] == Entry(Known.VALUE, 7)
    assert entries["carried_in"] == Entry(Known.ABSENT)


def test_a_report_that_mixes_forms_is_followed_table_by_table():
    values = {f"requests.{row}.total": 1 for row in ("not_corrected", "fee_unpaid", "other")}
    mixed = report(values, table_editions={"proactive": "2021", "requests": "2019"})
    assert indicators.entries(mixed)["other"] == Entry(Known.VALUE, 1)
    assert indicators.entries(report(values))["other"] == Entry(Known.VALUE, 3)


def test_a_rate_is_rounded_half_up_to_one_decimal():
    values = {GRANTED: 98, PARTIAL: 35, CONCLUDED: 221}
    assert indicators.entries(report(values))["disclosure_rate"] == Entry(Known.VALUE, Decimal("60.2"))
    assert indicators.percent(1, 800) == Decimal("0.1")
    assert indicators.percent(1, 2000) == Decimal("0.1")


def test_a_rate_over_nothing_is_no_rate():
    values = {GRANTED: 0, PARTIAL: 0, CONCLUDED: 0}
    assert indicators.entries(report(values))["disclosure_rate"] == Entry(Known.NO_BASE)


def test_a_rate_of_what_was_not_read_is_unknown_for_the_same_reason():
    values = {GRANTED: 98, CONCLUDED: 221}
    assert indicators.entries(report(values, unreadable=[PARTIAL]))["disclosure_rate"] == Entry(Known.UNREADABLE)
