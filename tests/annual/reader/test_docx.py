from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import office
from gongkai.annual.errors import DamagedFileError
from gongkai.annual.reader.docx import load
from gongkai.annual.reader.grids import Box, lay_out, place
from gongkai.annual.reader.source import Line

ROOT = Path(__file__).resolve().parents[3]
BLANK_FORM = ROOT.parent / "shared" / "corpus" / "blank_template_2021.docx"


def read(body, **parts):
    return load(office.docx(body, **parts), file="报告.docx")


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def par(text, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def tc(content, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if '<' in content else par(content)}</w:tc>"


def tr(*cells, properties=""):
    inner = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def tbl(*rows):
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def style(name, content, attributes=""):
    return f'<w:style w:type="paragraph" w:styleId="{name}" {attributes}>{content}</w:style>'


def span(number):
    return f'<w:gridSpan w:val="{number}"/>'


RESTART = '<w:vMerge w:val="restart"/>'
GOES_ON = "<w:vMerge/>"


def shape(source):
    return [
        block.text if isinstance(block, Line) else [[cell and cell.text for cell in row] for row in block.rows()]
        for block in source.blocks
    ]


def test_paragraphs_and_tables_come_in_the_order_of_the_body():
    source = read(par("一、总体情况") + tbl(tr("规章", "1")) + par("尾") + "<w:sectPr/>")
    assert shape(source) == ["一、总体情况", [["规章", "1"]], "尾"]
    assert (source.kind, source.file) == ("docx", "报告.docx")


def test_content_controls_links_and_insertions_are_part_of_the_text():
    body = (
        f"<w:sdt><w:sdtPr><w:t>提示</w:t></w:sdtPr><w:sdtContent>{par('甲')}</w:sdtContent></w:sdt>"
        f"<w:p><w:ins>{run('乙')}</w:ins><w:hyperlink>{run('丙')}</w:hyperlink><w:sdt><w:sdtContent>{run('丁')}</w:sdtContent>"
        "</w:sdt></w:p>"
    )
    assert shape(read(body)) == ["甲", "乙丙丁"]


def test_deleted_moved_and_hidden_text_and_the_code_of_fields_are_left_out():
    body = (
        f"<w:p>{run('第')}<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:moveFrom>{run('移')}</w:moveFrom>"
        + run("藏", "<w:vanish/>")
        + run("显", '<w:vanish w:val="false"/>')
        + f"<w:r><w:instrText>PAGE</w:instrText></w:r>{run('3')}"
        f"<w:r><w:ruby><w:rt>{run('pin')}</w:rt><w:rubyBase>{run('条')}</w:rubyBase></w:ruby></w:r></w:p>"
        f"<w:del>{par('删')}</w:del>"
    )
    assert shape(read(body)) == ["第显3条"]


def test_breaks_split_lines_and_tabs_are_spaces():
    runs = "<w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/><w:t>丁</w:t>"
    assert shape(read(f"<w:p><w:r>{runs}</w:r></w:p><w:p/>")) == ["甲 乙", "丙-丁"]


def test_text_boxes_follow_their_paragraph_once():
    box = f"<w:txbxContent>{par('框')}{tbl(tr('规章', '1'))}</w:txbxContent>"
    choice = f'<mc:Choice><x:shape xmlns:x="x"><x:t>形</x:t>{box}</x:shape></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    drawn = f'<w:r><mc:AlternateContent xmlns:mc="m">{choice}{fallback}</mc:AlternateContent></w:r>'
    assert shape(read(f"<w:p>{run('段')}{drawn}</w:p>")) == ["段", "框", [["规章", "1"]]]


def test_headings_are_known_by_outline_level_through_their_styles():
    styles = (
        style("a", '<w:name w:val="Normal"/>', 'w:default="1"')
        + style("1", '<w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
        + style("x", '<w:basedOn w:val="1"/>')
        + style("loop", '<w:basedOn w:val="loop"/>')
        + style("t", '<w:name w:val="Title"/>')
    )
    body = (
        par("海岚市报告", '<w:pStyle w:val="t"/>')
        + par("一", '<w:pStyle w:val="x"/>')
        + par("二", '<w:outlineLvl w:val="1"/>')
        + par("三", '<w:outlineLvl w:val="9"/>')
        + par("四", '<w:pStyle w:val="loop"/>')
        + tbl(tr(tc(par("五", '<w:pStyle w:val="1"/>')), "1"))
    )
    source = read(body, styles=styles)
    assert source.blocks[:5] == (
        Line("海岚市报告"),
        Line("一", heading=True),
        Line("二", heading=True),
        Line("三"),
        Line("四"),
    )
    assert (source.title, shape(source)[5]) == ("海岚市报告", [["五", "1"]])


def test_numbers_that_word_prints_are_put_back():
    first = '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    second = '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="7">{first}{second}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )
    styles = style("h", '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr>')
    sub = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>'
    body = (
        par("总体情况", '<w:pStyle w:val="h"/>')
        + par("甲", sub)
        + par("乙", sub)
        + par("其他", '<w:pStyle w:val="h"/>')
        + par("无号", '<w:pStyle w:val="h"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + par("丙", '<w:pStyle w:val="h"/><w:numPr><w:ilvl w:val="1"/></w:numPr>')
        + par("丁", "<w:numPr/>")
    )
    assert shape(read(body, styles=styles, numbering=numbering)) == [
        "一、总体情况",
        "1.甲",
        "2.乙",
        "二、其他",
        "无号",
        "1.丙",
        "丁",
    ]


def test_merged_cells_are_spans_as_word_writes_them():
    table = tbl(
        tr(tc("头", span(2) + RESTART), "自然人"),
        tr(tc("藏", span(2) + GOES_ON), ""),
        tr(tc("三、", RESTART), tc("（一）", RESTART), "1"),
        tr(tc("", GOES_ON), tc("", '<w:vMerge w:val="continue"/>'), "2"),
        tr(tc("", GOES_ON), tc("（二）", GOES_ON + span(2))),
    )
    assert shape(read(table)) == [
        [
            ["头", "头", "自然人"],
            ["头", "头", ""],
            ["三、", "（一）", "1"],
            ["三、", "（一）", "2"],
            ["三、", "（二）", "（二）"],
        ]
    ]


def test_a_merge_that_continues_nothing_is_a_cell():
    table = tbl(tr(tc("a", GOES_ON), tc("b")), tr(tc("c", GOES_ON), tc("d", GOES_ON)))
    assert shape(read(table)) == [[["a", "b"], ["a", "d"]]]


def test_old_horizontal_merges_and_grid_gaps_are_kept():
    table = tbl(
        tr(tc("a", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("b")),
        tr(tc("c"), tc("d"), properties='<w:gridBefore w:val="1"/>'),
        tr(tc("e", "<w:hMerge/>"), tc("f"), tc("g")),
    )
    assert shape(read(table)) == [[["a", "a", "b"], [None, "c", "d"], ["e", "f", "g"]]]


def test_rows_and_cells_in_content_controls_count_and_deleted_rows_do_not():
    table = tbl(
        f"<w:sdt><w:sdtContent>{tr('a', '1')}</w:sdtContent></w:sdt>",
        tr("b", f"<w:sdt><w:sdtContent>{tc('2')}</w:sdtContent></w:sdt>"),
        tr("c", "3", properties="<w:del/>"),
        f"<w:del>{tr('d', '4')}</w:del>",
    )
    assert shape(read(table)) == [[["a", "1"], ["b", "2"]]]


def test_a_layout_table_dissolves_and_an_empty_one_is_left_out():
    inner = tbl(tr("规章", "1"))
    assert shape(read(tbl(tr(tc(par("左")), tc(par("右") + inner))) + tbl() + tbl(tr("")))) == [
        "左",
        "右",
        [["规章", "1"]],
    ]


def test_a_file_in_the_strict_form_is_read_too():
    body = "<d:body><d:p><d:r><d:t>一</d:t></d:r></d:p></d:body>"
    data = f'<d:document xmlns:d="http://purl.oclc.org/ooxml/wordprocessingml/main">{body}</d:document>'
    assert shape(load(office.archive({"word/document.xml": data}), file="")) == ["一"]


@pytest.mark.parametrize("document", ['<w:document xmlns:w="x"/>', "<document/>"])
def test_a_file_without_a_body_is_damaged(document):
    with pytest.raises(DamagedFileError, match="正文"):
        load(office.archive({"word/document.xml": document}), file="")


@pytest.mark.skipif(not BLANK_FORM.exists(), reason="../shared is not beside the project")
def test_the_blank_national_form_has_its_three_tables():
    source = load(BLANK_FORM.read_bytes(), file=BLANK_FORM.name)
    grids = [block.rows() for block in source.blocks if not isinstance(block, Line)]
    assert [(len(rows), len(rows[0])) for rows in grids] == [(14, 4), (28, 10), (4, 15)]
    assert all(cell is not None for rows in grids for row in rows for cell in row)
    assert [[cell.text for cell in row[3:] if cell] for row in grids[1][3:]] == [[""] * 7] * 25


texts = st.text(alphabet="规章文件0123456789（）", min_size=1, max_size=4)
sizes = st.integers(1, 3)
tables = st.lists(st.lists(st.builds(Box, texts, sizes, sizes), min_size=2, max_size=4), min_size=1, max_size=5)


@given(tables)
@settings(max_examples=40, deadline=None)
def test_any_grid_written_as_word_merges_is_read_back(rows):
    loose = lay_out(rows)
    holes = [("空", r, c, 1, 1) for r, row in enumerate(loose.rows()) for c, cell in enumerate(row) if cell is None]
    cells = [(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan) for cell in loose.cells]
    grid = place(sorted([*cells, *holes], key=lambda cell: cell[1:3]), len(rows))
    lines = []
    for number, row in enumerate(grid.rows()):
        printed = []
        for column, cell in enumerate(row):
            if cell.column == column:
                merge = "" if cell.rowspan == 1 else RESTART if cell.row == number else GOES_ON
                printed.append(tc(cell.text if cell.row == number else "", span(cell.colspan) + merge))
        lines.append(tr(*printed))
    assert read(tbl(*lines)).blocks == (grid,)
