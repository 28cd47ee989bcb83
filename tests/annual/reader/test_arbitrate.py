from __future__ import annotations

from gongkai.annual.forms import Identity
from gongkai.annual.reader import arbitrate
from gongkai.annual.reader.arbitrate import Choice, narrow

SUM = Identity("column-sum", ("total",), ("a", "b"))


def choice(key, *numbers):
    return Choice((key,), [(number,) for number in numbers])


def test_a_sum_leaves_one_candidate():
    open_ = choice("a", 3, 30)
    assert narrow([open_], {"total": 35, "b": 5}, [SUM], loose=False) == []
    assert open_.candidates == [(30,)]


def test_two_open_rows_are_decided_together():
    a, b = choice("a", 1, 2), choice("b", 5, 7)
    other = Identity("column-sum", ("c",), ("b",))
    assert narrow([a, b], {"total": 7, "c": 5}, [SUM, other], loose=False) == []
    assert (a.candidates, b.candidates) == ([(2,)], [(5,)])


def test_what_the_sums_allow_stays():
    a, b = choice("a", 1, 2, 3), choice("b", 5, 6, 9)
    narrow([a, b], {"total": 7}, [SUM], loose=False)
    assert (a.candidates, b.candidates) == ([(1,), (2,)], [(5,), (6,)])


def test_where_nothing_fits_the_sums_decide_nothing_and_are_named():
    a = choice("a", 1, 2)
    assert narrow([a], {"total": 9, "b": 5}, [SUM], loose=False) == [SUM]
    assert a.candidates == [(1,), (2,)]


def test_bounds_may_hold_where_no_solution_is():
    a, b = choice("a", 1, 4), choice("b", 1, 4)
    assert narrow([a, b], {"total": 3}, [SUM], loose=False) == [SUM]
    assert (a.candidates, b.candidates) == ([(1,), (4,)], [(1,), (4,)])


def test_an_identity_with_an_unknown_cell_is_left_out():
    a = choice("a", 1, 2)
    assert narrow([a], {"total": 2}, [SUM], loose=False) == []
    assert a.candidates == [(1,), (2,)]


def test_forms_that_print_a_selection_of_their_rows_leave_out_the_cell():
    a = choice("a", 1, 2)
    assert narrow([a], {"total": 2}, [SUM], loose=True) == []
    assert a.candidates == [(2,)]
    b = choice("a", 1, 2)
    assert narrow([b], {}, [SUM], loose=True) == []
    assert b.candidates == [(1,), (2,)]


def test_a_blank_total_decides_nothing_and_a_blank_part_counts_as_nothing():
    a = choice("a", 1, 2)
    narrow([a], {"total": None, "b": 0}, [SUM], loose=False)
    assert a.candidates == [(1,), (2,)]
    narrow([a], {"total": 2, "b": None}, [SUM], loose=False)
    assert a.candidates == [(2,)]


def test_unconnected_rows_do_not_spoil_each_other():
    other = Identity("column-sum", ("t2",), ("x",))
    a, x = choice("a", 1, 2), choice("x", 7, 8)
    failed = narrow([a, x], {"total": 99, "b": 0, "t2": 8}, [SUM, other], loose=False)
    assert failed == [SUM]
    assert (a.candidates, x.candidates) == ([(1,), (2,)], [(8,)])


def test_a_row_ties_its_columns_together():
    row = Choice(("a", "x"), [(1, 2), (2, 1)])
    other = Identity("column-sum", ("t2",), ("x",))
    narrow([row], {"total": 2, "b": 0, "t2": 1}, [SUM, other], loose=False)
    assert row.candidates == [(2, 1)]


def test_a_search_that_takes_too_long_excludes_nothing(monkeypatch):
    monkeypatch.setattr(arbitrate, "_BUDGET", 3)
    keys = [f"k{number}" for number in range(6)]
    rows = [choice(key, 0, 1, 2, 3) for key in keys]
    identity = Identity("column-sum", ("total",), tuple(keys))
    narrow(rows, {"total": 9}, [identity], loose=False)
    assert [len(row.candidates) for row in rows[1:]] == [4] * 5


def test_candidates_that_bounds_exclude_go_first():
    a, b = choice("a", 1, 50), choice("b", 1, 2)
    narrow([a, b], {"total": 3}, [SUM], loose=False)
    assert (a.candidates, b.candidates) == ([(1,)], [(2,)])


def test_a_candidate_without_a_solution_goes_even_if_its_bounds_hold():
    a, b = choice("a", 0, 1, 2), choice("b", 0, 2)
    narrow([a, b], {"total": 2}, [SUM], loose=False)
    assert (a.candidates, b.candidates) == ([(0,), (2,)], [(0,), (2,)])


def test_no_solution_at_all_is_found_by_search_where_bounds_do_not_show_it():
    keys = ["a", "b", "c"]
    rows = [choice(key, 0, 2) for key in keys]
    identity = Identity("column-sum", ("total",), tuple(keys))
    assert narrow(rows, {"total": 3}, [identity], loose=False) == [identity]
    assert [row.candidates for row in rows] == [[(0,), (2,)]] * 3


def test_an_identity_without_an_open_cell_is_not_asked():
    a = choice("a", 1, 2)
    assert narrow([a], {"x": 1, "y": 2}, [Identity("row-sum", ("x",), ("y",))], loose=False) == []
