import pytest

from gongkai.annual.errors import HostileFileError
from gongkai.annual.reader.grids import Box, join, lay_out, place, span
from gongkai.annual.reader.source import GridCell


def texts(grid):
    return [[None if cell is None else cell.text for cell in row] for row in grid.rows()]


def test_a_cell_goes_to_the_first_free_position_of_its_row():
    grid = lay_out([[Box("a", rowspan=2), Box("b")], [Box("c")]])
    assert texts(grid) == [["a", "b"], ["a", "c"]]


def test_a_span_of_zero_reaches_to_the_end_of_its_row_group():
    grid = lay_out([[Box("a", rowspan=0), Box("b")], [Box("c")], [Box("d"), Box("e")]], [2, 2, 3])
    assert texts(grid) == [["a", "b"], ["a", "c"], ["d", "e"]]


def test_a_span_longer_than_the_table_is_cut():
    assert lay_out([[Box("a", rowspan=65_534), Box("b")]]).cells[0] == GridCell("a", 0, 0, 1, 1)


def test_a_span_over_a_taken_position_is_cut_there():
    grid = lay_out([[Box("a"), Box("b", rowspan=2)], [Box("c", colspan=3), Box("d")]])
    assert texts(grid) == [["a", "b", None], ["c", "b", "d"]]


def test_columns_in_which_no_cell_begins_are_left_out():
    grid = lay_out([[Box("title", colspan=1000)], [Box("a", colspan=3), Box("b")]])
    assert texts(grid) == [["title", "title"], ["a", "b"]]


def test_a_table_without_rows_is_an_empty_grid():
    assert lay_out([]).cells == ()


def test_spans_that_reach_too_far_are_refused():
    with pytest.raises(HostileFileError):
        lay_out([[Box("x", 1, 1000)] * 20 for _ in range(60)])
    with pytest.raises(HostileFileError):
        place([("x", row, row, 1, 1) for row in range(2000)], 2000)


@pytest.mark.parametrize(
    ("value", "number"),
    [(None, 1), ("3", 3), (" 3 ", 3), ("0", 0), ("-2", 1), ("2.5", 1), ("x", 1), ("９", 9), ("99999999999999", 65_534)],
)
def test_a_span_attribute_is_a_bounded_number(value, number):
    assert span(value, 65_534) == number


@pytest.mark.parametrize(
    ("paragraphs", "text"),
    [
        (["商业", "企业"], "商业企业"),
        (["12", "34"], "12 34"),
        (["22", "（其中修订 16 件）"], "22 （其中修订 16 件）"),
        (["危及", "“三安全”"], "危及“三安全”"),
        ([" \u3000", "三、\xa0 本"], "三、 本"),
        ([], ""),
    ],
)
def test_paragraphs_of_a_cell_join_without_a_space_where_chinese_meets_chinese(paragraphs, text):
    assert join(paragraphs) == text
