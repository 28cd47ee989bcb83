import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from builders import office
from gongkai.annual.errors import DamagedFileError, HostileFileError
from gongkai.annual.reader.grids import Box, lay_out, place
from gongkai.annual.reader.source import Line
from gongkai.annual.reader.xlsx import load


def read(*sheets, **parts):
    return load(office.xlsx(*sheets, **parts), file="报告.xlsx")


def shape(source):
    return [
        block.text if isinstance(block, Line) else [[cell and cell.text for cell in row] for row in block.rows()]
        for block in source.blocks
    ]


def text(value, reference=""):
    return f'<c r="{reference}" t="inlineStr"><is><t>{value}</t></is></c>'


def number(value, style=""):
    return f'<c s="{style}"><v>{value}</v></c>'


def row(*cells, attributes=""):
    return f"<row {attributes}>{''.join(cells)}</row>"


def data(*rows, merged=()):
    ranges = "".join(f'<mergeCell ref="{reference}"/>' for reference in merged)
    return f"<sheetData>{''.join(rows)}</sheetData><mergeCells>{ranges}</mergeCells>"


def test_every_visible_sheet_is_read_in_order():
    sheet = data(row(text("规章"), number(1)), row(text("文件"), number(2)))
    source = read(sheet, sheet)
    assert shape(source) == [[["规章", "1"], ["文件", "2"]]] * 2
    assert (source.kind, source.file, source.diagnostics) == ("xlsx", "报告.xlsx", ())
    assert read(sheet, attributes='state="hidden"').blocks == ()


def test_a_workbook_written_by_a_common_library_is_read():
    book = Workbook()
    sheet = book.active
    for line in (["海岚市2024年报告", None, None], [None], ["规章", 203.0, 18651.059999999998], ["合计", None, "7"]):
        sheet.append(line)
    sheet.merge_cells("A1:C1")
    buffer = io.BytesIO()
    book.save(buffer)
    assert shape(load(buffer.getvalue(), file="")) == [
        "海岚市2024年报告",
        [["规章", "203", "18651.06"], ["合计", "", "7"]],
    ]


def test_cells_of_every_type_are_shown_as_a_sheet_shows_them():
    strings = "<si><t>规 章</t><rPh><t>guī</t></rPh></si><si><r><t>文</t></r><r><t>件</t></r></si>"
    cells = (
        '<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="b"><v>1</v></c><c t="b"><v>0</v></c>'
        '<c t="e"><v>#N/A</v></c><c t="str"><f>A1</f><v>结果 </v></c><c t="str"><f>A1</f></c><c/>'
    )
    source = read(data(row(cells, number("203.0"))), strings=strings)
    assert shape(source) == [[["规 章", "文件", "TRUE", "FALSE", "#N/A", "结果", "", "", "203"]]]
    assert source.diagnostics == ()


def test_a_formula_without_a_stored_result_is_blank_and_said():
    source = read(data(row(text("合计", "A1"), number(1), '<c r="C1"><f>A1+B1</f></c><c r="D1"><f>1</f><v/></c>')))
    assert shape(source) == [[["合计", "1", "", ""]]]
    (diagnostic,) = source.diagnostics
    assert (diagnostic.code, diagnostic.where) == ("formula-without-value", "表1 C1、D1")


def test_merged_cells_are_spans_and_what_lies_under_them_is_unseen():
    sheet = data(
        row(text("头"), text("x"), text("a")),
        row(text("y"), text("z"), number(1)),
        row(number(2), number(3), number(4)),
        merged=["A1:B2", "B1:B2", "A3:A3", "C3:A1", "x:y"],
    )
    assert shape(read(sheet)) == [[["头", "头", "a"], ["头", "头", "1"], ["2", "3", "4"]]]


def test_a_merge_over_a_whole_row_or_column_is_cut_to_what_is_filled():
    sheet = data(row(text("标题一"), text("二")), row(text("规章"), number(1)), merged=["B1:XFD1", "A2:A1048576"])
    assert shape(read(sheet)) == [[["标题一", "二"], ["规章", "1"]]]


def test_a_blank_row_ends_a_table_unless_a_merge_reaches_over_it():
    sheet = data(
        row(text("规章"), number(1), attributes='r="2"'),
        row(text("文件", "A4"), number(2), attributes='r="4"'),
        row(text("组", "A6"), number(3), attributes='r="6"'),
        row('<c r="B8"><v>4</v></c>', attributes='r="8"'),
        merged=["A6:A8"],
    )
    assert shape(read(sheet)) == [[["规章", "1"]], [["文件", "2"]], [["组", "3"], ["组", ""], ["组", "4"]]]


def test_lone_cells_before_a_table_and_titles_of_sections_are_lines():
    sheet = data(
        row(text("海岚市报告")),
        row(text("二、主动公开政府信息情况")),
        row(text("第二十条第（一）项"), "<c/>"),
        row(text("规章"), number(1)),
        row(text("五、存在的主要问题及改进情况")),
        row(text("公开不够主动。")),
        row(text("继续改进。")),
    )
    source = read(sheet)
    assert shape(source) == [
        "海岚市报告",
        "二、主动公开政府信息情况",
        [["第二十条第（一）项", ""], ["规章", "1"]],
        "五、存在的主要问题及改进情况",
        "公开不够主动。",
        "继续改进。",
    ]
    assert [block.heading for block in source.blocks if isinstance(block, Line)] == [False, True, True, False, False]


def test_hidden_rows_are_left_out_and_odd_references_are_counted_on():
    sheet = data(
        row(text("规章", "??"), number(1), attributes='r="x"'),
        row(text("藏"), number(9), attributes='hidden="1"'),
        row('<c r="A3"><v>2</v></c><c r="ZZZ1"><v>3</v></c>', attributes='r="99999999"'),
        row(text("文件"), number(3), attributes='r="2"'),
    )
    assert shape(read(sheet)) == [[["规章", "1"], ["文件", "3"], ["2", "3"]]]


def test_numbers_follow_the_format_of_their_cell():
    formats = '<numFmts><numFmt numFmtId="170" formatCode="0.000"/></numFmts>'
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="9"/><xf numFmtId="x"/></cellXfs>'
    sheet = data(row(number("1.5"), number("1.5", 1), number("0.5", 2), number("2.50", 3), number("7", 99)))
    assert shape(read(sheet, styles=formats + styles)) == [[["1.5", "1.500", "50%", "2.5", "7"]]]


@pytest.mark.parametrize("value", ["7", "-1", ""])
def test_a_text_that_is_not_in_the_table_of_texts_means_damage(value):
    sheet = data(row(f'<c t="s"><v>{value}</v></c>', text("x")))
    if value:
        with pytest.raises(DamagedFileError, match="文字表"):
            read(sheet)
    else:
        assert shape(read(sheet)) == ["x"]


def test_a_sheet_that_is_not_listed_means_damage():
    members = {"xl/workbook.xml": f'<workbook xmlns="{office.S}"><sheets><sheet name="a"/></sheets></workbook>'}
    with pytest.raises(DamagedFileError, match="目录"):
        load(office.archive(members), file="")


def test_sheets_of_charts_are_passed_over():
    namespaces = f'xmlns="{office.S}" xmlns:r="{office.R}"'
    relation = '<Relationship Id="a" Target="/xl/chartsheets/s.xml"/>'
    members = {
        "xl/workbook.xml": f'<workbook {namespaces}><sheets><sheet r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="r">{relation}</Relationships>',
    }
    assert load(office.archive(members), file="").blocks == ()


def test_cells_scattered_to_claim_a_huge_table_are_refused():
    rows = [row(f'<c r="A{n}"><v>1</v></c><c r="XFD{n}"><v>1</v></c>', attributes=f'r="{n}"') for n in range(1, 100)]
    with pytest.raises(HostileFileError, match="16384"):
        read(data(*rows))


def test_merges_that_cost_too_much_are_refused():
    cells = [row(*(number(1) for _ in range(100))) for _ in range(40)]
    with pytest.raises(HostileFileError, match="表格"):
        read(data(*cells, merged=["B2:XFD1048576"] * 300))


texts = st.text(alphabet="规章文件（）", min_size=1, max_size=4)
sizes = st.integers(1, 3)
tables = st.lists(st.lists(st.builds(Box, texts, sizes, sizes), min_size=2, max_size=4), min_size=2, max_size=5)


@given(tables)
@settings(max_examples=40, deadline=None)
def test_any_grid_written_with_merged_cells_is_read_back(rows):
    loose = lay_out(rows)
    holes = [("空", r, c, 1, 1) for r, line in enumerate(loose.rows()) for c, cell in enumerate(line) if cell is None]
    cells = [(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan) for cell in loose.cells]
    grid = place(sorted([*cells, *holes], key=lambda cell: cell[1:3]), len(rows))
    book = Workbook()
    sheet = book.active
    for cell in grid.cells:
        top, left = cell.row + 1, cell.column + 1
        sheet.cell(top, left, cell.text)
        if cell.rowspan * cell.colspan > 1:
            sheet.merge_cells(None, top, left, top + cell.rowspan - 1, left + cell.colspan - 1)
    buffer = io.BytesIO()
    book.save(buffer)
    blocks = load(buffer.getvalue(), file="").blocks
    if all(sum(cell.row == number for cell in grid.cells) > 1 for number in range(len(rows))):
        assert blocks == (grid,)
    else:
        texts_read = [cell.text for block in blocks for cell in ([block] if isinstance(block, Line) else block.cells)]
        assert [cell for cell in texts_read if cell] == [cell.text for cell in grid.cells]
