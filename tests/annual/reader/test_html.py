import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual.errors import DamagedFileError, HostileFileError
from gongkai.annual.reader.grids import Box, lay_out
from gongkai.annual.reader.html import load
from gongkai.annual.reader.source import Grid, Line

WIDE = "<table><tr><td>规章<td>1<td>2</table>"


def read(text):
    return load(text.encode(), file="报告.html")


def shape(source):
    """Return the blocks as plain values: the text of a line, the rows of a grid."""
    return [
        block.text if isinstance(block, Line) else [[cell and cell.text for cell in row] for row in block.rows()]
        for block in source.blocks
    ]


def test_paragraphs_and_headings_are_lines_in_order():
    source = read("<h2>一、总体<b>情况</b></h2>引言<p>第一段<br>第二段</p><ul><li>甲</li><li>乙</li></ul>尾")
    assert source.blocks == (
        Line("一、总体情况", heading=True),
        *map(Line, ["引言", "第一段", "第二段", "甲", "乙", "尾"]),
    )


def test_white_space_and_invisible_characters_are_cleaned():
    assert shape(read("<p>&nbsp;&nbsp;规\u200b章 &#12288; \n 三</p><p>\ufeff</p>")) == ["规章 三"]


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title>海岚市报告</title><h1>门户网站</h1>", "海岚市报告"),
        ("<meta name=ArticleTitle content='海岚市 年报'><title>首页</title>", "海岚市 年报"),
        (
            "<title>首页</title><meta name=x content=y><h1>海岚市2024年<br>报告</h1><h1>另一报告</h1>",
            "海岚市2024年报告",
        ),
        ("<meta name=articletitle><title>首页</title>", "首页"),
        ("<p>正文</p>", ""),
    ],
)
def test_the_title_is_that_of_the_article_before_that_of_the_page(page, title):
    assert read(page).title == title


def test_what_is_not_content_is_left_out():
    page = (
        "<nav>导航</nav><script>x</script><style>y</style>正<!-- 注 -->文"
        "<select><option>2024</select><footer>页脚</footer>末"
    )
    assert shape(read(page)) == ["正文末"]


def test_hidden_text_is_left_out():
    page = "<p hidden>甲</p><div style='DISPLAY : none'>乙</div>丙<span style='color:red'>丁</span>"
    source = read(page)
    assert shape(source) == ["丙丁"]
    assert source.alternatives == ()


def test_a_hidden_table_is_kept_as_an_alternative_reading():
    source = read(f"<p>正文</p><div style='display:none'>{WIDE}</div><p>尾</p>")
    assert shape(source) == ["正文", "尾"]
    assert [shape(other) for other in source.alternatives] == [["正文", [["规章", "1", "2"]], "尾"]]


def test_a_table_hidden_row_by_row_shows_only_the_rows_that_are_seen():
    page = (
        "<table><tbody><tr style='display:none'><td>a<td>b</tr><tr><td>规章<td hidden>9<td>1<td>2</tr></tbody>"
        "<tbody hidden><tr><td>x<td>y</tbody></table>"
    )
    assert shape(read(page)) == [[["规章", "1", "2"]]]


def test_words_and_digits_split_over_elements_join_in_a_cell():
    page = (
        "<table><tr><td><p>商业</p><p>企业</p><td>科研<br/>机构<td><span>1</span><span>2</span>"
        "<td>&nbsp;<o:p>&nbsp;</o:p><td><p>公益 </p><td>甲<p>乙</p>丙<td><div>3</div><td>一<script>x</script>二</table>"
    )
    assert shape(read(page)) == [[["商业企业", "科研机构", "12", "", "公益", "甲乙丙", "3", "一二"]]]


def test_spans_are_laid_out_and_bogus_ones_are_bounded():
    page = (
        "<table><thead><tr><td colspan=2 rowspan=65535>头<td>自然人</tr><tr><th></tr></thead>"
        "<tr><td colspan=0>a<td rowspan=0>b<td>c</tr><tr><td>d<td>e</tr></table>"
    )
    assert shape(read(page)) == [[["头", "头", "自然人"], ["头", "头", ""], ["a", "b", "c"], ["d", "b", "e"]]]


def test_layout_tables_dissolve_into_what_they_hold():
    page = f"<table><tr><td>菜单<td><h1>年报</h1><p>一、总体</p>{WIDE}<p>尾</p></td></tr><tr><td><td>页脚</table>"
    assert shape(read(page)) == ["菜单", "年报", "一、总体", [["规章", "1", "2"]], "尾", "页脚"]


def test_a_table_that_holds_prose_or_a_single_column_is_no_table():
    assert shape(read(f"<table><tr><td>左<td>{'文' * 401}</table>")) == ["左", "文" * 401]
    assert shape(read("<table><tr><td><p>甲</p><p>乙</p></tr><tr><td>丙</table>")) == ["甲", "乙", "丙"]


def test_a_cell_that_holds_pages_of_prose_makes_its_table_a_layout():
    prose = "<p>" + "</p><p>".join(["文" * 3000] * 3) + "</p>"
    assert shape(read(f"<table><tr><td>左<td>{prose}<tr><td>{prose}<td>右</table>")) == [
        "左",
        *["文" * 3000] * 6,
        "右",
    ]


def test_an_empty_table_is_left_out():
    assert shape(read("<table></table><table><tr></tr></table><table><tr><td>&nbsp;<td></table>尾")) == ["尾"]


def test_a_large_table_keeps_a_small_one_inside_a_cell_as_text():
    row = "<tr><td>规章<td>1<td>2<td>3<td>4"
    small = "<table><tr><td>信访<td>类</table>"
    page = (
        f"<table>{row * 4}<tr><td>{small}<h3>申请</h3><td>1<td>2<td>3<td><div class=tr><i>5</i><i>6</i></div></table>"
    )
    assert shape(read(page)) == [[["规章", "1", "2", "3", "4"]] * 4 + [["信访类申请", "1", "2", "3", "5 6"]]]


def test_text_between_the_parts_of_a_table_comes_before_it():
    page = "<table><caption>表一</caption><form><tr><td>规章<td>1</tr></form></table>"
    assert shape(read(page)) == ["表一", [["规章", "1"]]]


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td>a<td>b</tr><form></form><tr><td>c<td>d</tr></table>",
        "<table><tbody><tr><td>a<td>b</tr><form></form></tbody><tr><td>c<td>d</tr></table>",
        "<table><tr><td>a<td>b</tr><tr><form></form><td>c<td>d</tr></table>",
        "<table><colgroup><col></colgroup><tr><td>a<td><h4>b</h4></tr><tr><td>c<td>d</tr></table>",
        "<table><caption></caption><td>a</td><td>b</td><tr><td>c<td>d</tr></table>",
        "<table><tr><td>a<td>" + "<i>" * 60 + "b" + "</i>" * 60 + "</tr><tr><td>c<td>d</tr></table>",
    ],
)
def test_a_table_with_strange_parts_is_still_a_table(page):
    assert shape(read(page)) == [[["a", "b"], ["c", "d"]]]


def test_rows_and_cells_outside_a_table_are_text():
    assert shape(read("<div>a<tr><td>b</td></tr><tbody>c</tbody></div>")) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "page",
    [
        "<div role=rowgroup><div role=row><i role=cell>a</i><i>b</i></div></div><div role=row><i>c</i><i>d</i></div>",
        "<p style='display: table-row'><i>a</i><i>b</i></p><p style='display:table-row'><i>c</i><i>d</i></p>",
        "<ul class='divTableRow'><li>a</li><li>b</li></ul><ul class='div-tr'><li>c</li><li><h5>d</h5></li></ul>",
        "<div style='display:flex;'><p>a</p><p>b</p></div><div style='display:flex'><p>c</p><p>d</p></div>",
    ],
)
def test_rows_drawn_without_a_table_make_a_grid(page):
    assert shape(read(f"前{page}后")) == ["前", [["a", "b"], ["c", "d"]], "后"]


def test_drawn_rows_inside_a_drawn_cell_widen_the_row():
    row = "<div class=row><b>{}</b><i>{}</i></div>"
    inner = row.format("（一）", 1) + row.format("（二）", 2)
    page = f"<div class=row><b>三、</b><div>{inner}</div><section><p>x</p></section></div>"
    assert shape(read(page)) == [[["三、", "（一）", "1", "x"], ["三、", "（二）", "2", "x"]]]


def test_a_cell_that_is_itself_a_row_counts_as_both():
    first = "<div class=row><b>a</b><div class=row><i>b</i><i>c</i></div></div>"
    page = f"{first}<div class=row><b>d</b><b>e</b><b>f</b></div>"
    assert shape(read(page)) == [[["a", "b", "c"], ["d", "e", "f"]]]


def test_spans_of_drawn_cells_are_kept():
    page = (
        "<div role=row><i aria-colspan=2>头</i></div>"
        "<div role=row><i aria-rowspan=2>a</i><i>b</i></div><div role=row><i></i><i>c</i></div>"
    )
    assert shape(read(page)) == [[["头", "头", None], ["a", "b", None], ["a", "", "c"]]]


@pytest.mark.parametrize(
    ("page", "blocks"),
    [
        ("<div class=row><p>a</p><p>b</p></div>尾", ["a", "b", "尾"]),
        ("<div class=row><p>a</p></div>", ["a"]),
        ("<div class=row>引<p>a</p><p>b</p></div><div class=row><p>c</p></div>", ["引", "a", "b", "c"]),
        (f"<div class=row><p>a</p><p>{'文' * 201}</p></div>", ["a", "文" * 201]),
        (f"<div class=row><p>a</p><div>{'<p>b</p>' * 101}</div></div>", ["a"] + ["b"] * 101),
        (f"<div class=row><p>菜单</p><div>{WIDE}</div></div>", ["菜单", [["规章", "1", "2"]]]),
        ("<div style='display:flex;flex-direction:column'><p>a</p><p>b</p></div>", ["a", "b"]),
        ("<div role=list class=row><p>a</p><p>b</p></div>", ["a", "b"]),
        ("<div class=row><p></p><p></p></div><div class=row><p></p><p></p></div>", []),
        ("<div class=narrow><p>a</p></div><div style='color:red'>b</div>", ["a", "b"]),
    ],
)
def test_columns_of_a_page_and_lone_rows_are_text(page, blocks):
    assert shape(read(page)) == blocks


def test_a_page_in_gbk_is_decoded():
    page = "<meta http-equiv=Content-Type content='text/html; charset=gb2312'><p>政府信息公开年报，规章。</p>"
    assert shape(load(page.encode("gbk"), file="x")) == ["政府信息公开年报，规章。"]


def test_a_page_without_any_element_is_empty():
    assert read("<!-- -->").blocks == ()
    assert read(" ").blocks == ()


def test_tags_nested_deeper_than_the_parser_likes_are_still_read():
    assert shape(read(f"<div>{'<font>' * 400}正文{WIDE}")) == ["正文", [["规章", "1", "2"]]]


def test_a_hundred_thousand_nested_tags_are_refused():
    with pytest.raises(HostileFileError, match="嵌套"):
        read("<div>" * 100_000 + "正文" + "</div>" * 100_000)


def test_a_page_with_too_many_tags_is_refused():
    with pytest.raises(HostileFileError, match="标签"):
        read("<p>" * 500_001)


@pytest.mark.parametrize("tail", ["", "</td>", "</td></tr><!-- <table></table> -->"])
def test_a_page_that_ends_inside_a_table_was_cut_off(tail):
    with pytest.raises(DamagedFileError, match="表格中间"):
        read(f"<html><body>{WIDE}<table><tr><td>规章<td>1{tail}")


@pytest.mark.parametrize(
    "tail", ["</body></html>", "</body>\n<!-- 生成时间 -->\n</html>", "</html><p>广告", "</table>"]
)
def test_a_sloppy_page_that_has_an_end_is_whole(tail):
    assert shape(read(f"<!-- <table> --><table><tr><td>规章<td>1{tail}"))[0][0][0] == "规章"


texts = st.text(alphabet="规章文件0123456789（）", min_size=1, max_size=4)
spans = st.integers(1, 4)
tables = st.lists(st.lists(st.builds(Box, texts, spans, spans), min_size=2, max_size=5), min_size=1, max_size=6)


@given(tables)
@settings(max_examples=60, deadline=None)
def test_any_table_with_spans_is_laid_out_as_declared(rows):
    cells = [
        "".join(f"<td rowspan={box.rowspan} colspan={box.colspan}><p>{box.text}</p></td>" for box in row)
        for row in rows
    ]
    page = "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
    (grid,) = read(page).blocks
    assert grid == lay_out(rows)
    covered = [
        (at, row) for cell in grid.cells for row in range(cell.rowspan) for at in [(cell.row + row, cell.column)]
    ]
    assert len(covered) == len(set(covered))


@given(tables)
@settings(max_examples=30, deadline=None)
def test_the_walk_and_the_short_way_read_the_same(rows):
    body = "".join(
        "<tr>" + "".join(f"<td rowspan={b.rowspan} colspan={b.colspan}>{b.text}</td>" for b in row) + "</tr>"
        for row in rows
    )
    assert read(f"<table><caption></caption>{body}</table>").blocks == read(f"<table>{body}</table>").blocks
    assert isinstance(read(f"<table>{body}</table>").blocks[0], Grid)
