from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.annual import forms
from gongkai.annual.audit import audit
from gongkai.annual.audit.captions import caption
from gongkai.annual.report import Cell, State

SUMS = {"row-sum", "column-sum", "balance", "remedy-sum"}


def sums(report):
    return [finding for finding in audit(report) if finding.code in SUMS]


@pytest.mark.parametrize("edition", ["2021", "2019", "2008"])
def test_a_report_whose_figures_agree_has_no_finding_at_all(report, edition):
    assert [f for f in audit(report(edition)) if f.severity == "error"] == []


def test_a_wrong_total_is_named_with_what_it_should_be(report):
    found = sums(report(cells={"requests.outcome_total.total": 42}))

    assert [(f.code, f.cells[0], f.expected, f.found) for f in found] == [
        ("row-sum", "requests.outcome_total.total", 41, 42),
        ("column-sum", "requests.outcome_total.total", 41, 42),
        ("balance", "requests.received.total", 44, 45),
    ]
    assert "若表三“（七）总计”总计由42改为41（一位数字之差），各项勾稽全部成立" in found[0].message
    assert found[0].evidence == "42"


def test_a_wrong_part_is_pointed_at_beside_the_totals_it_breaks(report):
    found = sums(report(cells={"requests.granted.natural_person": 41}))

    assert sorted((f.code, f.cells) for f in found) == [
        ("column-sum", ("requests.outcome_total.natural_person", "requests.granted.natural_person")),
        ("row-sum", ("requests.granted.total", "requests.granted.natural_person")),
    ]
    assert "由41改为14（两位数字颠倒）" in found[0].message


@pytest.mark.parametrize(
    ("wrong", "words"),
    [(144, "由144改为14（多印或漏印一位数字）"), (1, "由1改为14（多印或漏印一位数字）"), (90, "由90改为14，")],
)
def test_the_kind_of_slip_is_said(report, wrong, words):
    found = sums(report(cells={"requests.granted.natural_person": wrong}))

    assert words in found[0].message


def test_two_cells_of_a_row_that_changed_places_are_recognised(report):
    cells = {"requests.received.natural_person": 3, "requests.received.commercial": 36}

    found = sums(report(cells=cells))

    assert {f.code for f in found} == {"balance"}
    assert "两格的数字互换，各项勾稽全部成立" in found[0].message


def test_a_number_printed_one_row_too_low_is_recognised(report):
    cells = {"requests.enforcement_file.natural_person": 0, "requests.administrative_inquiry.natural_person": 3}

    found = sums(report(cells=cells))

    assert {f.code for f in found} == {"row-sum"}
    assert "“7.属于行政执法案卷”自然人" in found[0].message
    assert "“8.属于行政查询事项”自然人两格的数字互换，各项勾稽全部成立" in found[0].message


def test_a_column_shifted_by_one_row_is_recognised(report):
    rows = [row.key for row in forms.table("2021", "requests").rows if row.leaf]
    figures = report().cells
    column = [figures[f"requests.{row}.natural_person"].value for row in rows]
    lower = column[-1:] + column[:-1]

    found = sums(report(cells={f"requests.{row}.natural_person": n for row, n in zip(rows, lower, strict=True)}))

    assert "所在一列各项结果的数字整体上移一行，各项勾稽全部成立" in found[0].message


def test_without_the_cells_of_a_column_nothing_moves_in_it(report):
    rows = [row.key for row in forms.table("2021", "requests").rows if row.leaf]
    lost = {f"requests.{row}.{column}": "absent" for row in rows for column in ("natural_person", "commercial")}
    wrong = {"requests.received.natural_person": 30, "requests.received.commercial": 1}

    found = sums(report(cells=lost | wrong))

    assert not any("移一行" in one.message for one in found)


def test_a_row_shifted_by_one_column_is_recognised(report):
    cells = {
        "requests.received.natural_person": 0,
        "requests.received.commercial": 36,
        "requests.received.research": 3,
        "requests.received.legal_service": 0,
        "requests.received.other_org": 1,
    }

    found = sums(report(cells=cells))

    assert "所在一行的数字整体左移一列，各项勾稽全部成立" in found[0].message


def test_where_several_single_changes_would_do_the_first_are_listed(report):
    found = sums(report(cells={"remedies.litigation_direct.total": 4}))

    assert [(f.code, f.expected, f.found) for f in found] == [("remedy-sum", 3, 4)]
    assert "只改动一格即可使各项勾稽全部成立的有" in found[0].message


def test_breaches_without_a_common_cause_get_no_diagnosis(report):
    cells = {"requests.granted.total": 99, "requests.repeated.total": 55, "requests.received.total": 7}

    found = sums(report(cells=cells))

    assert {f.code for f in found} == SUMS - {"remedy-sum"}
    assert not any("各项勾稽全部成立" in f.message for f in found)


def test_a_suggestion_is_never_a_negative_number(report):
    found = sums(report(cells={"requests.granted.total": 0, "remedies.reconsideration.total": 0}))

    assert not any("改为-" in f.message for f in found)


def test_an_unread_or_absent_cell_silences_its_identities(report, unread):
    wrong = report(cells={"requests.granted.total": 99})
    row = tuple(key for key in wrong.cells if key.startswith("requests.granted."))

    assert sums(unread(wrong, "?", row)) == []
    assert sums(report(cells={"requests.granted.total": "absent"})) == []


def test_blank_parts_add_nothing_and_a_blank_total_is_not_judged(report):
    assert sums(report(cells={"requests.received.research": None})) == []
    assert sums(report(cells={"requests.granted.total": None, "requests.other.total": 99})) != []
    assert sorted(f.found for f in sums(report(cells={"requests.granted.commercial": None}))) == [3, 16]


def test_a_row_of_which_nothing_is_printed_is_not_judged(report):
    blank = {f"remedies.reconsideration.{column}": None for column in ("upheld", "corrected", "other", "pending")}

    assert sums(report(cells=blank)) == []


def test_the_older_form_adds_the_parts_that_it_prints(report):
    found = sums(report("2008", cells={"summary_2008.requests_online.year": 7}))

    assert [(f.code, f.expected, f.found) for f in found] == [("column-sum", 10, 9)]
    channels = ("in_person", "online", "letter_fax")
    alone = report("2008", cells={f"summary_2008.requests_{name}.year": "absent" for name in channels})
    assert sums(alone) == []


def test_a_table_is_judged_by_the_edition_it_was_read_by(report):
    cells = {key: cell for key, cell in report("2019").cells.items() if key.startswith(("requests.", "remedies."))}
    mixed = report(cells={key: "absent" for key in report().cells if key.startswith("requests.")})
    mixed = replace(mixed, cells={**mixed.cells, **cells}, table_editions={"requests": "2019", "remedies": "2019"})

    assert sums(mixed) == []
    foreign = replace(mixed, cells={**mixed.cells, "summary_2008.complaints.year": mixed.cells["requests.other.total"]})
    assert sums(foreign) == []


def test_money_is_added_without_rounding(report):
    amount = Cell("proactive.charges.amount_wan", State.VALUE, Decimal("0.1"), "0.1")

    assert sums(report(cells={"proactive.charges.amount_wan": amount})) == []


def test_digits_that_ran_together_are_wrong_where_no_split_fits(report, unread):
    keys = ("summary_2008.disclosed_on_website.year", "summary_2008.disclosed_on_website.cumulative")

    def splits(*candidates):
        return sums(unread(report("2008"), "5953304", keys, *candidates))

    found = splits((595, 3304), (5953, 304))
    assert [(f.code, f.cells, f.expected, f.found) for f in found] == [
        ("column-sum", ("summary_2008.disclosed_documents.year", keys[0]), "615或5973", 620),
        ("column-sum", ("summary_2008.disclosed_documents.cumulative", keys[1]), "404或3404", 4100),
    ]
    assert splits((600, 4000)) == []
    assert splits() == []
    headless = report("2008", cells=dict.fromkeys(("summary_2008.disclosed_documents.year",), "absent"))
    assert [f.cells[0] for f in sums(unread(headless, "5953304", keys, (595, 3304)))] == [
        "summary_2008.disclosed_documents.cumulative"
    ]


def test_captions_name_what_the_form_has_and_keep_the_key_of_what_it_has_not():
    assert caption("2021", "requests.granted.total") == "表三“（一）予以公开”总计"
    assert caption("2014", "statistics_2014.refused") == "统计表“4.不同意公开答复数”"
    assert caption("2021", "requests.nothing.total") == "requests.nothing.total"
    assert caption("2021", "requests.granted.nothing") == "requests.granted.nothing"
