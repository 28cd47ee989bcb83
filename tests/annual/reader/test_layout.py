"""Pages as they lie on paper: characters, lines of text, paragraphs, tables over page breaks."""

from __future__ import annotations

import pytest

from gongkai.annual.reader.layout import Glyph, Rule, Sheet, type_size
from gongkai.annual.reader.layout_pages import arrange, in_rows
from gongkai.annual.reader.layout_text import cell_text, fills, line_text, lines
from gongkai.annual.reader.source import Block, Grid, Line


def written(text: str, x: float, y: float, *, size: float = 10, gap: float = 0.0) -> list[Glyph]:
    """Characters beside each other, the top of the line at ``y``."""
    glyphs = []
    for character in text:
        width = size if character >= "\u2e80" else size / 2
        if character != " ":
            glyphs.append(Glyph(character, x, y, x + width, y + size))
        x += width + gap
    return glyphs


def sheet(*texts: tuple[str, float, float], number: int = 1, height: float = 800) -> Sheet:
    glyphs = [glyph for text, x, y in texts for glyph in written(text, x, y)]
    return Sheet(number, 600, height, glyphs)


def ruled(page: Sheet, xs: list[float], ys: list[float]) -> Sheet:
    page.across += [Rule(y, xs[0], xs[-1]) for y in ys]
    page.down += [Rule(x, ys[0], ys[-1]) for x in xs]
    return page


def table(rows: list[list[str]], *, xs: list[float], top: float, number: int, pitch: float = 20) -> Sheet:
    """A page with one ruled table; an empty text leaves its cell empty."""
    page = Sheet(number, 600, 800)
    for index, row in enumerate(rows):
        for x, text in zip(xs, row, strict=False):
            page.glyphs += written(text, x + 4, top + pitch * index + 5)
    return ruled(page, xs, [top + pitch * index for index in range(len(rows) + 1)])


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Line)]


def cells(blocks: tuple[Block, ...]) -> list[list[str]]:
    (grid,) = [block for block in blocks if isinstance(block, Grid)]
    return [[cell.text if cell else "" for cell in row] for row in grid.rows()]


# Characters


def test_the_middle_of_a_character_is_the_middle_of_its_box():
    assert (Glyph("一", 0, 10, 10, 30).x, Glyph("一", 0, 10, 10, 30).y) == (5, 20)


def test_chinese_characters_say_how_large_the_type_is():
    assert type_size([*written("一二", 0, 0, size=12), Glyph("1", 0, 0, 6, 30)]) == 12


def test_a_tall_box_of_a_chinese_character_is_not_its_size():
    assert type_size([Glyph("一", 0, 0, 10, 17)]) == 10


def test_without_chinese_characters_the_height_is_the_size():
    assert type_size(written("12", 0, 0, size=9)) == 9


def test_an_empty_page_has_a_usual_size():
    assert Sheet(1, 600, 800).em == 10


@pytest.mark.parametrize(
    ("box", "across", "down"),
    [
        ((0, 10, 100, 10.5), [Rule(10.25, 0, 100)], []),
        ((100, 10.5, 0, 10), [Rule(10.25, 0, 100)], []),
        ((5, 0, 6, 50), [], [Rule(5.5, 0, 50)]),
        ((0, 0, 2, 2), [Rule(1, 0, 2)], [Rule(1, 0, 2)]),
        ((0, 0, 50, 50), [], []),
    ],
)
def test_a_thin_box_is_a_line_and_a_dot_is_both(box, across, down):
    page = Sheet(1, 600, 800)
    page.rule(*box)
    assert (page.across, page.down) == (across, down)


@pytest.mark.parametrize(
    ("how", "lines_found"),
    [
        ({"straight": True, "stroked": True, "filled": False}, (2, 2)),
        ({"straight": True, "stroked": False, "filled": True}, (0, 0)),
        ({"straight": False, "stroked": True, "filled": True}, (0, 0)),
        ({"straight": True, "stroked": False, "filled": False}, (0, 0)),
    ],
)
def test_a_stroked_box_is_four_lines_and_a_shade_is_none(how, lines_found):
    page = Sheet(1, 600, 800)
    page.draw([(0, 0), (50, 0), (50, 30), (0, 30), (0, 0)], **how)
    assert (len(page.across), len(page.down)) == lines_found


def test_a_slanted_stroke_is_no_line():
    page = Sheet(1, 600, 800)
    page.draw([(0, 0), (50, 30)], straight=True, stroked=True, filled=False)
    assert (page.across, page.down) == ([], [])


# Lines of text


def test_characters_stand_on_lines_from_the_top_and_the_left():
    glyphs = [*written("下", 0, 40), *written("右", 30, 10), *written("左", 0, 11)]
    assert [line_text(line) for line in lines(glyphs)] == ["左右", "下"]


@pytest.mark.parametrize(
    ("text", "gap", "printed"),
    [
        ("商业", 8, "商业"),
        ("商业", 25, "商\t业"),
        ("12", 0, "12"),
        ("12", 3, "1 2"),
        ("12", 12, "1\t2"),
        ("共5", 2, "共5"),
        ("共5", 5, "共 5"),
        ("共5", 12, "共\t5"),
    ],
)
def test_a_gap_is_kept_where_it_parts_something(text, gap, printed):
    assert line_text(written(text, 0, 0, gap=gap)) == printed


def test_in_a_ruled_cell_a_spread_label_is_one_word():
    assert line_text(written("规章", 0, 0, gap=40), cell=True) == "规章"


# Cells


def test_a_label_wrapped_in_its_cell_is_one_text():
    assert cell_text([*written("属于国家", 0, 0), *written("秘密", 0, 12)], width=45) == "属于国家秘密"


def test_a_label_of_one_character_a_line_is_one_text():
    glyphs = [glyph for index, text in enumerate("三、本年度") for glyph in written(text, 0, 12 * index)]
    assert cell_text(glyphs, width=20) == "三、本年度"


def test_a_number_wrapped_in_a_narrow_cell_is_one_number():
    assert cell_text([*written("39857", 0, 0), *written("58", 0, 12)], width=36) == "3985758"


def test_two_short_numbers_in_a_wide_cell_stay_two():
    assert cell_text([*written("72", 0, 0), *written("64", 0, 12)], width=80) == "72\n64"


def test_a_number_and_its_remark_are_one_text():
    assert cell_text([*written("22", 0, 0), *written("（其中修订16件）", 0, 12)], width=200) == "22（其中修订16件）"


def test_latin_words_wrapped_in_a_cell_are_parted_by_a_space():
    assert cell_text([*written("PDF", 0, 0), *written("OFD", 0, 12)], width=20) == "PDF OFD"


def test_an_empty_cell_is_empty():
    assert cell_text([], width=20) == ""


def test_a_line_is_full_when_no_further_character_fits():
    assert [fills(written("属于国家", 0, 0), width=width) for width in (45, 80)] == [True, False]


# Tables on a page


XS = [50.0, 200.0, 260.0, 320.0]


def test_a_table_and_the_lines_around_it_keep_their_order():
    page = table([["信息内容", "制发", "废止"], ["规章", "12", "0"]], xs=XS, top=200, number=1)
    page.glyphs += written("上文", 50, 100) + written("下文", 50, 300)
    above, grid, below = arrange([page])
    assert (above, below) == (Line("上文", 1), Line("下文", 1))
    assert cells((grid,)) == [["信息内容", "制发", "废止"], ["规章", "12", "0"]]


def test_digits_printed_over_a_border_stay_one_number():
    page = table([["规章", "", ""]], xs=XS, top=200, number=1)
    page.glyphs += written("3985758", 228, 205)  # 35 wide in the cell from 200 to 260, over its right border
    assert cells(arrange([page])) == [["规章", "3985758", ""]]


def test_numbers_in_cells_that_touch_a_border_stay_two():
    page = table([["规章", "", ""]], xs=XS, top=200, number=1)
    page.glyphs += written("12", 249, 205) + written("34", 262, 205)
    assert cells(arrange([page])) == [["规章", "12", "34"]]


def test_a_cell_of_several_numbers_is_parted_at_the_columns_of_the_other_rows():
    page = table([["规章", "12", "34"], ["文件", "5", "6"]], xs=XS, top=200, number=1)
    page.down[2] = Rule(260, 220, 240)
    assert cells(arrange([page])) == [["规章", "12", "34"], ["文件", "5", "6"]]


def test_a_cell_with_two_numbers_in_one_column_is_left_as_printed():
    page = table([["规章", "", ""], ["文件", "5", "6"]], xs=XS, top=200, number=1)
    page.glyphs += written("12", 210, 205) + written("34", 235, 205)
    page.down[2] = Rule(260, 220, 240)
    assert cells(arrange([page]))[0] == ["规章", "12\t34", "12\t34"]


def test_a_merged_cell_with_one_number_stays_merged():
    page = table([["规章", "", ""], ["文件", "5", "6"]], xs=XS, top=200, number=1)
    page.glyphs += written("12", 255, 205)
    page.down[2] = Rule(260, 220, 240)
    assert cells(arrange([page]))[0] == ["规章", "12", "12"]


def test_a_table_in_a_cell_of_another_takes_its_own_text():
    page = table([["甲", "乙"]], xs=[100, 150, 200], top=210, number=1)
    page.glyphs += written("外", 60, 205)
    ruled(page, [50, 250, 300], [200, 300, 320])
    inner, outer = sorted((b for b in arrange([page]) if isinstance(b, Grid)), key=lambda grid: len(grid.cells))
    assert ([c.text for c in inner.cells], outer.cells[0].text) == (["甲", "乙"], "外")


def test_lines_without_any_text_are_no_table():
    assert arrange([ruled(Sheet(1, 600, 800), [0, 50, 100], [0, 50, 100])]) == ()


def test_a_frame_around_paragraphs_is_no_table():
    page = sheet(*(("字" * 40, 60, 100 + 15 * index) for index in range(12)))
    ruled(page, [50, 500], [90, 300, 310])
    assert [type(block) for block in arrange([page])] == [Line]


# Paragraphs


def test_full_lines_go_on_in_the_next():
    page = sheet(("公开" * 20, 50, 100), ("公开" * 20, 50, 115), ("完毕。", 50, 130), ("二、其他", 70, 145))
    assert texts(arrange([page])) == ["公开" * 40 + "完毕。", "二、其他"]


def test_a_paragraph_goes_on_over_the_page_break():
    pages = [sheet(("公开" * 20, 50, 700)), sheet(("完毕。", 50, 60), number=2)]
    assert arrange(pages) == (Line("公开" * 20 + "完毕。", 1),)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("短", 50, 100), ("二", 50, 115)),
        (("公开" * 20, 50, 100), ("另起一段", 75, 115)),
        (("公开" * 20, 50, 100), ("远在下方", 50, 160)),
        (("公开" * 20, 50, 100), ("二、其他", 50, 115)),
        (("公开" * 20, 50, 100), ("甲      乙", 50, 115)),
        (("公" + " " * 60 + "开", 50, 100), ("乙", 50, 115)),
    ],
)
def test_what_is_short_indented_far_or_a_heading_begins_anew(first, second):
    page = sheet(first, second)
    page.glyphs += written("公开" * 20, 50, 300)
    assert len(texts(arrange([page]))) == 3


def test_larger_type_begins_anew():
    page = sheet(("公开" * 20, 50, 100))
    page.glyphs += written("大字", 50, 115, size=16)
    assert len(texts(arrange([page]))) == 2


def test_latin_text_goes_on_with_a_space():
    page = sheet(("A" * 80, 50, 100), ("B", 50, 115))
    assert texts(arrange([page])) == ["A" * 80 + " B"]


# Page furniture


@pytest.mark.parametrize("foot", ["- 1 -", "—1—", "第 1 页 共 3 页", "1/3", "1"])
def test_page_numbers_are_no_text(foot):
    assert texts(arrange([sheet(("正文", 50, 300), (foot, 280, 780))])) == ["正文"]


def test_a_lonely_number_that_is_not_the_page_stays():
    assert texts(arrange([sheet(("正文", 50, 300), ("17", 280, 780))])) == ["正文", "17"]


def test_numbers_that_count_up_with_the_pages_are_page_numbers():
    pages = [sheet(("正文", 50, 300), (str(16 + n), 280, 780), number=n) for n in (1, 2)]
    assert texts(arrange(pages)) == ["正文", "正文"]


def test_a_number_in_the_middle_of_the_page_is_text():
    assert texts(arrange([sheet(("1", 50, 300))])) == ["1"]


def test_a_running_head_is_no_text():
    pages = [sheet(("海岚市公报", 50, 20), (f"第{n}段", 90, 300), number=n) for n in (1, 2, 3)]
    assert texts(arrange(pages)) == ["第1段", "第2段", "第3段"]


def test_a_line_on_two_pages_is_no_running_head():
    pages = [sheet(("海岚市", 50, 20), number=n) for n in (1, 2)]
    assert texts(arrange(pages)) == ["海岚市", "海岚市"]


def test_a_page_without_anything_gives_nothing():
    assert arrange([Sheet(1, 600, 800)]) == ()


# Tables over page breaks

HEAD = ["信息内容", "制发", "废止"]


def over_pages(first: list[list[str]], second: list[list[str]], *, shift: float = 0.0) -> tuple[Block, ...]:
    upper = table(first, xs=XS, top=780 - 20 * len(first), number=1)
    return arrange([upper, table(second, xs=[x + shift for x in XS], top=60, number=2)])


def test_a_table_goes_on_over_the_page_break():
    assert cells(over_pages([HEAD, ["规章", "1", "2"]], [["文件", "3", "4"]])) == [
        HEAD,
        ["规章", "1", "2"],
        ["文件", "3", "4"],
    ]


def test_a_table_of_very_many_rows_is_not_put_together_for_ever():
    pages = [
        table([["文件", str(page), str(row)] for row in range(36)], xs=XS, top=60, number=page) for page in range(1, 31)
    ]
    blocks = arrange(pages)
    assert [len({cell.row for cell in block.cells}) for block in blocks if isinstance(block, Grid)] == [1008, 72]


def test_its_columns_may_stand_a_little_aside_on_the_next_page():
    assert len(cells(over_pages([HEAD], [["规章", "1", "2"]], shift=3))) == 2


def test_a_table_elsewhere_on_the_next_page_is_another():
    assert len(over_pages([HEAD], [["规章", "1", "2"]], shift=40)) == 2


def test_a_table_that_ends_high_on_its_page_does_not_go_on():
    pages = [table([HEAD], xs=XS, top=100, number=1), table([["规章", "1", "2"]], xs=XS, top=60, number=2)]
    assert len(arrange(pages)) == 2


def test_a_line_between_parts_two_tables():
    upper = table([HEAD], xs=XS, top=700, number=1)
    lower = table([HEAD], xs=XS, top=100, number=2)
    lower.glyphs += written("四、复议情况", 50, 80)
    assert [type(block) for block in arrange([upper, lower])] == [Grid, Line, Grid]


def test_a_second_table_on_the_same_page_is_another():
    upper = table([HEAD], xs=XS, top=100, number=1)
    lower = table([HEAD], xs=XS, top=300, number=1)
    page = Sheet(1, 600, 800, upper.glyphs + lower.glyphs, upper.across + lower.across, upper.down + lower.down)
    assert [type(block) for block in arrange([page])] == [Grid, Grid]


def test_a_page_number_between_does_not_part_them():
    upper = table([HEAD], xs=XS, top=700, number=1)
    upper.glyphs += written("- 1 -", 280, 780)
    assert len(arrange([upper, table([["规章", "1", "2"]], xs=XS, top=60, number=2)])) == 1


def test_a_repeated_head_is_dropped():
    assert cells(over_pages([HEAD, ["规章", "1", "2"]], [HEAD, ["文件", "3", "4"]])) == [
        HEAD,
        ["规章", "1", "2"],
        ["文件", "3", "4"],
    ]


def test_a_head_that_differs_is_kept():
    assert len(cells(over_pages([HEAD, ["规章", "1", "2"]], [["信息内容", "制发", "有效"], ["文件", "3", "4"]]))) == 4


def test_rows_of_the_same_numbers_are_no_head():
    assert len(cells(over_pages([["", "0", "0"], ["", "0", "1"]], [["", "0", "0"], ["", "2", "0"]]))) == 4


def test_a_head_is_not_all_there_is():
    assert len(cells(over_pages([HEAD], [HEAD]))) == 2


def test_a_column_missing_on_one_page_is_matched_by_place():
    upper = table([HEAD], xs=XS, top=700, number=1)
    lower = table([["规章", "1"]], xs=[50, 200, 320], top=60, number=2)
    assert cells(arrange([upper, lower])) == [HEAD, ["规章", "1", "1"]]


def test_a_column_only_on_the_second_page_is_new():
    upper = table([["信息内容", "制发"]], xs=[50, 200, 320], top=700, number=1)
    lower = table([["规章", "1", "2"]], xs=XS, top=60, number=2)
    assert cells(arrange([upper, lower])) == [["信息内容", "制发", "制发"], ["规章", "1", "2"]]


def test_columns_narrower_than_the_tolerance_keep_their_count():
    upper = table([HEAD], xs=XS, top=700, number=1)
    lower = table([["规", "", "", "2"]], xs=[50, 200, 204, 260, 320], top=60, number=2)
    assert cells(arrange([upper, lower]))[1][0] == "规"


def group(page: int, top: float, label: str, leaves: list[tuple[str, str]]) -> Sheet:
    """Rows of a group: its label merged over all of them in a narrow first column."""
    xs = [50.0, 85.0, 200.0, 260.0]
    sheet_ = Sheet(page, 600, 800)
    bottom = top + 20 * len(leaves)
    for index, (leaf, number) in enumerate(leaves):
        sheet_.glyphs += written(leaf, 88, top + 20 * index + 5) + written(number, 204, top + 20 * index + 5)
    sheet_.glyphs += written(label, 53, top + 4)
    sheet_.across += [Rule(top, 50, 260), Rule(bottom, 50, 260)]
    sheet_.across += [Rule(top + 20 * index, 85, 260) for index in range(1, len(leaves))]
    sheet_.down += [Rule(x, top, bottom) for x in xs]
    return sheet_


def test_a_group_label_cut_by_the_page_is_one_cell():
    pages = [group(1, 700, "四无", [("1.甲", "1")]), group(2, 60, "法提供", [("2.乙", "2"), ("3.丙", "3")])]
    assert cells(arrange(pages)) == [
        ["四无法提供", "1.甲", "1"],
        ["四无法提供", "2.乙", "2"],
        ["四无法提供", "3.丙", "3"],
    ]


def test_a_merged_cell_without_text_on_the_second_page_goes_on():
    pages = [group(1, 700, "四", [("1.甲", "1")]), group(2, 60, "", [("2.乙", "2"), ("3.丙", "3")])]
    assert [row[0] for row in cells(arrange(pages))] == ["四", "四", "四"]


def test_a_new_group_on_the_second_page_is_a_new_cell():
    pages = [group(1, 700, "四无", [("1.甲", "1")]), group(2, 60, "（五）", [("1.乙", "2"), ("2.丙", "3")])]
    assert [row[0] for row in cells(arrange(pages))] == ["四无", "（五）", "（五）"]


LONG = "2.没有现成信息需要另行制作"  # fills the first column


def test_a_row_cut_by_the_page_is_one_row():
    found = cells(over_pages([HEAD, [LONG, "11", "0"]], [["的情形", "", ""], ["文件", "3", "4"]]))
    assert found == [HEAD, [LONG + "的情形", "11", "0"], ["文件", "3", "4"]]


def test_a_full_label_before_a_row_with_its_own_numbers_is_its_own_row():
    assert len(cells(over_pages([HEAD, [LONG, "11", "0"]], [["的情形", "2", "1"]]))) == 3


def test_a_short_label_without_numbers_does_not_swallow_the_next_row():
    assert len(cells(over_pages([HEAD, ["规章", "", ""]], [["文件", "3", "4"]]))) == 3


# The other reading


def test_without_its_lines_a_table_is_rows_of_text():
    page = table([["信息内容", "制发", "废止"], ["规章", "12", "0"]], xs=XS, top=200, number=1)
    assert in_rows([page]) == (Line("信息内容\t制发\t废止", 1), Line("规章\t12\t0", 1))


def test_the_rows_have_no_page_numbers():
    assert in_rows([sheet(("正文", 50, 300), ("- 1 -", 280, 780))]) == (Line("正文", 1),)
