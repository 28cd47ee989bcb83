from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual.reader import splits
from gongkai.annual.reader.splits import digits_of, ways, ways_in_groups, ways_with_total, with_blanks

COUNTS = ["count"] * 3


def test_every_cut_is_found_and_no_number_has_a_leading_zero():
    assert ways(["1023"], COUNTS) == [(1, 0, 23), (10, 2, 3)]
    assert (69, 3, 665) in ways(["693665"], COUNTS)
    assert len(ways(["693665"], COUNTS)) == 10


def test_printed_boundaries_are_kept():
    assert ways(["12", "3", "4"], COUNTS) == [(12, 3, 4)]
    assert ways(["12", "34"], COUNTS) == [(1, 2, 34), (12, 3, 4)]
    assert ways(["1", "2", "3", "4"], COUNTS) == []
    assert ways(["12"], COUNTS) == []
    assert ways([], COUNTS) == []


def test_signs_begin_a_change_and_fractions_belong_to_amounts():
    assert ways(["2648", "-18538"], ["count", "change", "count"]) == [
        (2648, -1, 8538),
        (2648, -18, 538),
        (2648, -185, 38),
        (2648, -1853, 8),
    ]
    assert ways(["612.5"], ["count", "amount"]) == [(6, Decimal("12.5")), (61, Decimal("2.5"))]


def test_too_many_cuts_are_not_listed():
    assert len(ways(["1" * 30], ["count"] * 7)) == splits.LIMIT + 1


def test_the_sum_of_a_row_decides_between_cuts():
    assert ways_with_total(["270020130"], 6) == [(2, 7, 0, 0, 20, 1, 30), (27, 0, 0, 2, 0, 1, 30)]
    assert ways_with_total(["5000005"], 6) == [(5, 0, 0, 0, 0, 0, 5)]
    assert ways_with_total(["230", "000023"], 6) == [(23, 0, 0, 0, 0, 0, 23)]
    assert ways_with_total(["0", "0", "0", "0", "0", "0", "0"], 6) == [(0,) * 7]


def test_digits_that_cannot_be_a_row_give_nothing():
    assert ways_with_total([], 6) == []
    assert ways_with_total(["1.5000"], 6) == []
    assert ways_with_total(["1234567"], 6) == []
    assert ways_with_total(["1", "1", "1", "1", "1", "1", "1", "7"], 6) == []
    assert ways_with_total(["123"], 6) == []


def test_a_search_without_end_is_stopped(monkeypatch):
    monkeypatch.setattr(splits, "_WORK", 50)
    assert ways_with_total(["1111111111111111111119"], 6) == []


def test_fifteen_numbers_are_cut_by_their_three_sums():
    assert ways_in_groups(["10203120001200000"], 3, 4) == [(1, 0, 2, 0, 3, 12, 0, 0, 0, 12, 0, 0, 0, 0, 0)]
    assert ways_in_groups(["1 0".replace(" ", ""), "203"], 1, 4) == [(1, 0, 2, 0, 3)]
    assert ways_in_groups(["10204"], 1, 4) == []
    assert ways_in_groups(["102"], 1, 4) == []
    assert ways_in_groups([], 3, 4) == []
    assert ways_in_groups(["1.5"], 1, 4) == []


def test_blanks_may_stand_anywhere():
    assert with_blanks([0], 2) == [(0, None), (None, 0)]
    assert with_blanks([22, 235], 3) == [(22, 235, None), (22, None, 235), (None, 22, 235)]
    assert with_blanks([1, 2], 1) == []


def test_units_and_words_for_signs_are_no_digits():
    assert [digits_of(run) for run in ("减 3", "减少3", "增206", "增加5", "+1", "251000元", "8 (元)")] == [
        "-3",
        "-3",
        "206",
        "5",
        "1",
        "251000",
        "8",
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 400), min_size=6, max_size=6))
def test_the_true_row_is_always_among_the_cuts(parts):
    row = (*parts, sum(parts))
    found = ways_with_total(["".join(map(str, row))], 6)
    assert row in found or len(found) > splits.LIMIT
    assert all(sum(cut[:-1]) == cut[-1] for cut in found)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 90), min_size=12, max_size=12))
def test_the_true_fifteen_are_always_among_the_cuts(parts):
    groups = [(*parts[at : at + 4], sum(parts[at : at + 4])) for at in (0, 4, 8)]
    row = tuple(number for group in groups for number in group)
    assert row in ways_in_groups(["".join(map(str, row))], 3, 4)
