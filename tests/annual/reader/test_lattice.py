"""Tables from ruled lines, as clean and as broken as printers draw them."""

from __future__ import annotations

import pytest

from gongkai.annual.reader.lattice import Box, Lattice, cluster, find, join, nearest
from gongkai.annual.reader.layout import Rule

XS, YS = [10.0, 60.0, 110.0], [20.0, 40.0, 60.0]


def full(xs: list[float] = XS, ys: list[float] = YS) -> tuple[list[Rule], list[Rule]]:
    """A complete grid: (across, down)."""
    return [Rule(y, xs[0], xs[-1]) for y in ys], [Rule(x, ys[0], ys[-1]) for x in xs]


def only(across: list[Rule], down: list[Rule]) -> Lattice:
    (lattice,) = find(across, down, snap=2.5)
    return lattice


def test_a_full_grid_gives_every_cell_in_reading_order():
    assert only(*full()).boxes == (Box(0, 0, 1, 1), Box(0, 1, 1, 2), Box(1, 0, 2, 1), Box(1, 1, 2, 2))


def test_its_edges_are_where_the_lines_are():
    lattice = only(*full())
    assert (lattice.xs, lattice.ys, lattice.area) == ((10, 60, 110), (20, 40, 60), 4000)


@pytest.mark.parametrize(("x", "y", "inside"), [(50, 30, True), (5, 30, False), (50, 61, False)])
def test_it_knows_what_lies_in_it(x, y, inside):
    assert only(*full()).holds(x, y) is inside


def test_a_missing_wall_merges_two_columns():
    across, down = full()
    down[1] = Rule(60, 40, 60)
    assert only(across, down).boxes == (Box(0, 0, 1, 2), Box(1, 0, 2, 1), Box(1, 1, 2, 2))


def test_a_missing_floor_merges_two_rows():
    across, down = full()
    across[1] = Rule(40, 60, 110)
    assert only(across, down).boxes == (Box(0, 0, 2, 1), Box(0, 1, 1, 2), Box(1, 1, 2, 2))


def test_a_cell_may_span_rows_and_columns_at_once():
    across, down = full([0.0, 30.0, 60.0, 90.0], [0.0, 20.0, 40.0, 60.0])
    across[1], down[1] = Rule(20, 60, 90), Rule(30, 40, 60)
    assert only(across, down).boxes[0] == Box(0, 0, 2, 2)


def test_a_region_that_is_no_rectangle_falls_apart_row_by_row():
    across, down = full()
    across[1], down[1] = Rule(40, 60, 110), Rule(60, 40, 60)
    assert only(across, down).boxes == (Box(0, 0, 1, 2), Box(1, 0, 2, 1), Box(1, 1, 2, 2))


def test_a_cell_stops_where_another_already_is():
    across, down = full([0.0, 30.0, 60.0], [0.0, 20.0, 40.0, 60.0])
    across[1] = Rule(20, 0, 30)  # the right column is one cell over two rows
    down[1] = Rule(30, 0, 20)  # and the wall beside it is missing below
    assert only(across, down).boxes[:2] == (Box(0, 0, 1, 1), Box(0, 1, 1, 2))


def test_a_table_open_at_its_sides_ends_where_its_lines_end():
    across, down = full()
    assert only(across, down[1:2]).xs == (10, 60, 110)


def test_a_table_open_above_and_below_ends_where_its_lines_end():
    across, down = full()
    assert only(across[1:2], down).ys == (20, 40, 60)


def test_a_border_drawn_twice_is_one_border():
    across, down = full()
    assert len(only([*across, Rule(22, 10, 110)], [*down, Rule(111.5, 20, 60)]).boxes) == 4


def test_a_dashed_border_is_one_border():
    across, down = full()
    across[1:2] = [Rule(40, x, x + 3) for x in range(10, 110, 6)]
    assert len(only(across, down).boxes) == 4


def test_a_frame_of_one_cell_is_no_table():
    assert find(*full([0, 100], [0, 50]), snap=2.5) == []


def test_underlines_and_separators_are_no_table():
    assert find([Rule(10, 0, 100)], [Rule(300, 0, 100)], snap=2.5) == []


def test_two_lines_that_only_cross_enclose_their_four_open_corners():
    assert len(only([Rule(50, 0, 100)], [Rule(50, 0, 100)]).boxes) == 4


def test_two_lines_that_meet_in_a_corner_enclose_nothing():
    assert find([Rule(50, 0, 100)], [Rule(0, 49, 51)], snap=0.5) == []


def test_tables_come_from_the_top_of_the_page_down():
    low, high = full(ys=[200.0, 220.0, 240.0]), full()
    assert [lattice.ys[0] for lattice in find(low[0] + high[0], low[1] + high[1], snap=2.5)] == [20, 200]


def test_two_tables_at_nearly_the_same_place_keep_their_own_edges():
    low, high = full([12.0, 62.0, 112.0], [200.0, 220.0, 240.0]), full()
    assert [lattice.xs[0] for lattice in find(low[0] + high[0], low[1] + high[1], snap=2.5)] == [10, 12]


def test_more_lines_than_a_page_of_tables_has_are_a_drawing():
    rules = [Rule(index * 10, 0, 20_000) for index in range(1_300)]
    assert find(rules, [Rule(0, 0, 20_000)], snap=2.5) == []


def test_more_cells_than_a_table_has_are_a_drawing():
    rules = [Rule(index * 10, 0, 2_000) for index in range(200)]
    assert find(rules, rules, snap=2.5) == []


def test_crumbs_are_no_lines():
    assert join([Rule(10, 0, 4), Rule(20, 0, 6)], snap=2.5) == [Rule(20, 0, 6)]


def test_the_longest_piece_says_where_a_line_runs():
    assert join([Rule(10, 0, 2), Rule(11, 2, 50), Rule(10, 50, 52)], snap=2.5) == [Rule(11, 0, 52)]


def test_no_lines_join_to_none():
    assert join([], snap=2.5) == []


def test_places_gather_within_the_snap_of_their_first():
    assert cluster([30.0, 10.0, 12.0, 13.0], snap=2.5) == [11, 13, 30]


def test_the_nearest_place_is_found():
    assert nearest([0.0, 10.0, 20.0], 14) == 1
