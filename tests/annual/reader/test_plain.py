import pytest

from gongkai.annual.errors import DamagedFileError
from gongkai.annual.reader.plain import load
from gongkai.annual.reader.source import Line


def read(text):
    return load(text.encode(), file="报告.txt")


def shape(source):
    """Return the blocks as plain values: the text of a line, the rows of a grid."""
    return [
        block.text if isinstance(block, Line) else [[cell and cell.text for cell in row] for row in block.rows()]
        for block in source.blocks
    ]


def test_every_line_that_is_not_blank_is_a_line():
    source = read("一、总体情况\r\n\r\n  全年公开 3 件。\u3000\r\x0c二、其他\n")
    assert source.blocks == (Line("一、总体情况"), Line("全年公开 3 件。"), Line("二、其他"))
    assert (source.kind, source.title, source.file) == ("text", "", "报告.txt")


def test_the_header_of_a_crawled_page_gives_the_title():
    source = read("标题: 海岚市年报\n发布时间: 2025-01-20\n==== 正文 ====\n海岚市年报\n")
    assert source.title == "海岚市年报"
    assert shape(source) == [
        "标题: 海岚市年报",
        "发布时间: 2025-01-20",
        "海岚市年报",
    ]


def test_a_marker_without_a_title_leaves_none():
    source = read("来源: 海岚\n===== 正文 =====\n正文")
    assert (source.title, shape(source)) == ("", ["来源: 海岚", "正文"])


def test_tabbed_lines_are_a_grid_with_their_empty_cells():
    source = read("规章\t38\t38\n\n规范性文件\t65\t \n\t\t7\n行政许可")
    assert shape(source) == [[["规章", "38", "38"], ["规范性文件", "65", ""], ["", "", "7"]], "行政许可"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("\t一、总体情况\n\t全年平稳。", ["一、总体情况", "全年平稳。"]),
        ("一、\t总体情况", ["一、 总体情况"]),
        ("（一）\t" + "长" * 201 + "\n（二）\t短", ["（一） " + "长" * 201, "（二） 短"]),
    ],
)
def test_tabs_that_indent_prose_make_no_grid(text, lines):
    assert shape(read(text)) == lines


def test_one_tabbed_line_of_three_cells_is_a_grid():
    assert shape(read("规章\t1\t2")) == [[["规章", "1", "2"]]]


def test_piped_lines_are_a_grid_and_separators_are_dropped():
    source = read("| 信息内容 | 件数 |\n|---|:--:|\n| 规章 |  |\n\n| 行政许可 | 7 |\n|---|---|\n文字")
    assert shape(source) == [[["信息内容", "件数"], ["规章", ""]], [["行政许可", "7"]], "文字"]


def test_adjacent_pipes_widen_a_padded_cell_and_are_empty_cells_otherwise():
    assert shape(read("| 一、新收 ||| 2 |\n| a | b | c | d |")) == [
        [["一、新收", "一、新收", "一、新收", "2"], ["a", "b", "c", "d"]]
    ]
    assert shape(read("|规章||2|\n|||3|")) == [[["规章", "", "2"], ["", "", "3"]]]


def test_markup_in_a_piped_cell_is_resolved():
    assert shape(read(r"| **规章** | a\|b | 商业<br/>企业 | A&amp;B |" + "\n| 1 | 2 | 3 | 4 |")) == [
        [["规章", "a|b", "商业企业", "A&B"], ["1", "2", "3", "4"]]
    ]


def test_a_piped_table_without_text_is_left_out():
    assert shape(read("| | |\n|---|---|")) == []


def test_headings_of_markdown_are_marked():
    source = read("# 海岚市2024年报告 #\n## 一、总体情况\n**二、其他**\n正文**重点**。\n3*4")
    assert source.blocks == (
        Line("海岚市2024年报告", heading=True),
        Line("一、总体情况", heading=True),
        Line("二、其他", heading=True),
        Line("正文重点。"),
        Line("3*4"),
    )
    assert source.title == "海岚市2024年报告"


def test_a_piped_and_a_tabbed_table_side_by_side_stay_apart():
    assert shape(read("| a | b |\nc\td\te\n| f | g |")) == [[["a", "b"]], [["c", "d", "e"]], [["f", "g"]]]


def test_an_html_table_in_markdown_is_read_as_one():
    text = "# 报告\n正文\n<table><tr><td rowspan=2>规章</td>\n<td>1</td></tr>\n<tr><td>2</td></tr></table>\n尾\n"
    assert shape(read(text)) == ["报告", "正文", [["规章", "1"], ["规章", "2"]], "尾"]


def test_an_html_table_that_does_not_end_means_the_file_was_cut():
    with pytest.raises(DamagedFileError, match="表格中间"):
        read("# 报告\n正文\n<table><tr><td>规章</td>\n<td>1")


def test_a_piece_of_a_page_is_read_as_html():
    source = read("<p>一、总体情况</p><p>平稳。</p>")
    assert (source.kind, shape(source)) == ("html", ["一、总体情况", "平稳。"])
