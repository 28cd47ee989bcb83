from __future__ import annotations

from gongkai.annual.narrow import Narrowed, narrow
from gongkai.annual.report import Cell, Report, State, Unreadable

ROW = "proactive.normative_documents"
KEYS = (f"{ROW}.made", f"{ROW}.repealed", f"{ROW}.in_force")
CARRIED_IN, CARRIED_OUT = "requests.carried_in.total", "requests.carried_out.total"


def report(year, values, *unreadable, edition="2021"):
    cells = {key: Cell(key, State.VALUE, value, str(value)) for key, value in values.items()}
    return Report(
        edition=edition,
        cells=cells,
        file=f"{year}.txt",
        body="云溪县",
        year=year,
        unreadable={entry.key: entry for entry in unreadable},
    )


def row(printed, *candidates):
    return Unreadable(ROW, KEYS, printed, candidates)


def test_last_years_stock_decides_between_the_splits_of_this_year():
    before = report(2020, {f"{ROW}.in_force": 599})
    now = report(2021, {}, row("693665", (69, 3, 665), (6, 93, 665)))
    reports, notes = narrow([before, now])
    assert notes == [Narrowed("2021.txt", ROW, "693665", (69, 3, 665), "2020.txt")]
    assert [reports[1].value(key) for key in KEYS] == [69, 3, 665]
    assert reports[1].cells[KEYS[0]].printed == "693665"
    assert reports[1].unreadable == {}
    assert now.unreadable != {}


def test_a_year_decided_helps_its_neighbours_in_both_directions():
    oldest = report(2020, {}, row("1020", (1, 0, 20), (10, 2, 0)))
    middle = report(2021, {}, row("5124", (5, 1, 24), (5, 12, 4)))
    newest = report(2022, {f"{ROW}.made": 1, f"{ROW}.repealed": 0, f"{ROW}.in_force": 25})
    reports, notes = narrow([oldest, middle, newest])
    assert [(note.file, note.values) for note in notes] == [("2021.txt", (5, 1, 24)), ("2020.txt", (1, 0, 20))]
    assert [found.value(f"{ROW}.in_force") for found in reports] == [20, 24, 25]


def test_what_was_carried_out_is_what_is_carried_in():
    entry = Unreadable(
        "requests.carried_in", (CARRIED_IN, "requests.carried_in.commercial"), "12", ((1, 2), (12, None))
    )
    reports, _ = narrow([report(2020, {CARRIED_OUT: 12}), report(2021, {}, entry)])
    assert reports[1].value(CARRIED_IN) == 12
    assert reports[1].cells["requests.carried_in.commercial"].state is State.BLANK


def test_what_stays_open_stays_unread():
    splits = row("693665", (69, 3, 665), (6, 93, 665))
    nothing_known = [report(2020, {}), report(2021, {}, splits)]
    none_fits = [report(2020, {f"{ROW}.in_force": 1}), report(2021, {}, splits)]
    years_between = [report(2019, {f"{ROW}.in_force": 599}), report(2021, {}, splits)]
    other_form = [report(2020, {f"{ROW}.in_force": 599}, edition="2019"), report(2021, {}, splits)]
    for years in (nothing_known, none_fits, years_between, other_form):
        assert narrow(years) == (years, [])


def test_a_single_candidate_is_no_choice():
    years = [report(2020, {f"{ROW}.in_force": 599}), report(2021, {}, row("693665", (69, 3, 665)))]
    assert narrow(years) == (years, [])
