"""PDF: characters, ruled lines and pages by PDFium; what is refused and what is said about it."""

from __future__ import annotations

import json
import re
import zlib
from itertools import pairwise
from pathlib import Path

import pytest

from builders.pdf import HEIGHT, WIDTH, Page, pdf, table
from gongkai.annual.errors import (
    DamagedFileError,
    HostileFileError,
    NotAReportError,
    ProtectedFileError,
    TooLargeError,
)
from gongkai.annual.reader import pdf as reader
from gongkai.annual.reader import pdf_limits, pdf_pages
from gongkai.annual.reader.source import Block, Grid, GridCell, Line, Source

CORPUS = Path(__file__).resolve().parents[3] / ".." / "shared" / "corpus"
XS = [70.0, 200.0, 300.0, 400.0]
ROWS = [["信息内容", "本年制发件数", "现行有效"], ["规章", "12", "0"]]
FILLER = "海岚市人民政府编制本报告，统计期限为一年。"


def load(data: bytes) -> Source:
    return reader.load(data, file="x.pdf")


def cells(blocks: tuple[Block, ...]) -> list[list[str]]:
    (grid,) = [block for block in blocks if isinstance(block, Grid)]
    return [[cell.text if cell else "" for cell in row] for row in grid.rows()]


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Line)]


def shown(page: Page, **options) -> tuple[Block, ...]:
    return load(pdf(page, **options)).blocks


# What is read


def test_a_table_and_the_text_around_it():
    page = table(Page().text(70, 50, "二、主动公开政府信息情况"), XS, 100, ROWS).text(70, 200, "三、其他")
    heading, grid, below = shown(page)
    assert (heading, below) == (Line("二、主动公开政府信息情况", 1), Line("三、其他", 1))
    assert cells((grid,)) == ROWS


def test_it_says_what_it_was_read_from():
    source = load(pdf(table(Page(), XS, 100, ROWS)))
    assert (source.file, source.kind, source.diagnostics) == ("x.pdf", "pdf", ())


def test_the_other_readings_are_its_rows_and_the_text_as_written():
    page = Page().text(70, 100, "后来写在下面的一行").text(70, 50, "先写")
    rows, written = load(pdf(page)).alternatives
    assert (texts(rows.blocks), texts(written.blocks)) == (
        ["先写", "后来写在下面的一行"],
        ["后来写在下面的一行", "先写"],
    )


def test_borders_drawn_as_thin_filled_boxes():
    page = Page()
    for index, texts_ in enumerate(ROWS):
        page.row(XS, 114 + 20 * index, texts_)
    for x in XS:
        page.box_filled(x, 100, x + 0.5, 140)
    for y in (100, 120, 140):
        page.box_filled(70, y, 400, y + 0.5)
    assert cells(shown(page)) == ROWS


def test_borders_drawn_as_one_path():
    page = Page()
    for index, texts_ in enumerate(ROWS):
        page.row(XS, 114 + 20 * index, texts_)
    parts = [f"{x} {HEIGHT - 100} m {x} {HEIGHT - 140} l" for x in XS]
    parts += [f"70 {HEIGHT - y} m 400 {HEIGHT - y} l" for y in (100, 120, 140)]
    assert cells(shown(page.raw(" ".join(parts) + " S"))) == ROWS


def test_cells_drawn_as_stroked_boxes():
    page = Page()
    for index, texts_ in enumerate(ROWS):
        page.row(XS, 114 + 20 * index, texts_)
        for left, right in pairwise(XS):
            page.raw(f"{left} {HEIGHT - 120 - 20 * index} {right - left} 20 re S")
    assert cells(shown(page)) == ROWS


def test_borders_drawn_as_stretched_pictures():
    page = Page()
    for index, texts_ in enumerate(ROWS):
        page.row(XS, 114 + 20 * index, texts_)
    for x in XS:
        page.raw(f"q 0.5 0 0 40 {x} {HEIGHT - 140} cm /Dot Do Q")
    for y in (100, 120, 140):
        page.raw(f"q 330 0 0 0.5 70 {HEIGHT - y} cm /Dot Do Q")
    assert cells(shown(page, images={"Dot": (1, 1)})) == ROWS


def test_shades_and_curves_are_no_borders():
    page = table(Page(), XS, 100, ROWS).box_filled(70, 300, 400, 400)
    page.raw("0.9 g 70 400 330 20 re f 100 100 m 200 300 300 300 400 100 c S")
    assert cells(shown(page)) == ROWS


def test_a_path_of_a_thousand_strokes_is_a_picture():
    page = table(Page(), XS, 100, ROWS)
    page.raw("70 500 m " + "400 500 l 70 500 l " * (pdf_pages.MAX_SEGMENTS // 2) + "S")
    assert cells(shown(page)) == ROWS


def test_tables_inside_forms_are_read_where_the_form_is_placed():
    inner = table(Page(), XS, 100, ROWS)
    forms = {"Inner": b"\n".join(inner.commands).decode("latin-1"), "Outer": "q 1 0 0 1 20 0 cm /Inner Do Q"}
    assert cells(shown(Page().raw("q 1 0 0 1 0 -50 cm /Outer Do Q"), forms=forms)) == ROWS


def test_forms_nested_deeper_than_any_document_are_left_alone():
    inner = table(Page(), XS, 100, ROWS)
    forms = {"F0": b"\n".join(inner.commands).decode("latin-1")}
    forms |= {f"F{level}": f"/F{level - 1} Do" for level in range(1, pdf_pages.MAX_DEPTH + 2)}
    blocks = shown(Page().raw(f"/F{pdf_pages.MAX_DEPTH + 1} Do"), forms=forms)
    assert [type(block) for block in blocks] == [Line, Line]


@pytest.mark.parametrize(
    ("matrix", "first", "second"),
    [
        ("1 0 0 1", (100, 100), (100, 150)),
        ("0 1 -1 0", (100, 600), (150, 600)),
        ("-1 0 0 -1", (500, 150), (500, 100)),
        ("0 -1 1 0", (150, 100), (100, 100)),
    ],
)
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_is_read_the_way_its_text_stands(matrix, first, second, rotate):
    page = Page(rotate=rotate).text(*first, "自然人", matrix=matrix).text(*second, "总计", matrix=matrix)
    assert texts(shown(page)) == ["自然人", "总计"]


def test_a_sideways_table_is_a_table():
    page = Page(rotate=90)
    # Turned by a quarter, what is thought of as (x, y) stands at (y, x) from the foot of the page.
    for y in (100, 120, 140):
        page.raw(f"{y} 70 m {y} 400 l S")
    for x in XS:
        page.raw(f"100 {x} m 140 {x} l S")
    for index, row in enumerate(ROWS):
        for x, text in zip(XS, row, strict=False):
            page.text(114 + 20 * index, HEIGHT - x - 3, text, matrix="0 1 -1 0")
    assert cells(shown(page)) == ROWS


def test_a_page_whose_corner_is_elsewhere():
    page = table(Page(box=(-100, 50, WIDTH - 100, HEIGHT + 50)), XS, 100, ROWS)
    assert cells(shown(page)) == ROWS


def test_characters_printed_twice_to_look_bold_are_printed_once():
    page = Page().text(70, 100, "自然人").text(70.2, 100, "自然人")
    assert texts(shown(page)) == ["自然人"]


def test_an_empty_page_among_others_is_no_harm():
    assert texts(load(pdf(Page(), Page().text(70, 100, FILLER))).blocks) == [FILLER]


# What is said about it


def test_text_laid_over_a_scan_by_another_program_is_doubted():
    page = Page().raw(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Scan Do Q")
    for index in range(5):
        page.text(70, 100 + 20 * index, FILLER, mode=3)
    source = load(pdf(page, images={"Scan": (4, 4)}))
    assert [(d.severity, d.code, d.where) for d in source.diagnostics] == [("warning", "pdf-ocr-layer", "第1页")]


def test_a_page_that_is_a_picture_among_pages_of_text_is_named():
    picture = Page().raw(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Scan Do Q")
    page = Page()
    for index in range(5):
        page.text(70, 100 + 20 * index, FILLER)
    source = load(pdf(page, picture, images={"Scan": (4, 4)}))
    assert [(d.code, d.where) for d in source.diagnostics] == [("pdf-image-page", "第2页")]


def test_a_picture_beside_the_text_is_nothing_to_mention():
    page = Page().raw(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Scan Do Q")
    for index in range(5):
        page.text(70, 100 + 20 * index, FILLER)
    assert load(pdf(page, images={"Scan": (4, 4)})).diagnostics == ()


def test_characters_that_mean_nothing_are_marked_and_named():
    source = load(pdf(Page().text(70, 100, FILLER).text(70, 150, "\x03\x041")))
    assert texts(source.blocks) == [FILLER, "��1"]
    assert [(d.code, d.where) for d in source.diagnostics] == [("pdf-unmapped-characters", "第1页")]


# What is refused


def test_a_scan_is_not_read_where_ocr_is_not_wanted():
    page = Page().raw(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Scan Do Q")
    with pytest.raises(NotAReportError, match="扫描件"):
        reader.load(pdf(page, images={"Scan": (4, 4)}), file="x.pdf", ocr=False)


def test_a_file_that_is_no_pdf_inside_is_damaged():
    with pytest.raises(DamagedFileError, match="PDF 结构不完整"):
        load(b"%PDF-1.4\nnothing of it")


def test_a_pdf_cut_short_is_damaged_or_read_never_wrong():
    data = pdf(table(Page(), XS, 100, ROWS))
    with pytest.raises(DamagedFileError):
        load(data[: len(data) // 3])


def test_a_pdf_of_no_page_that_opens_is_damaged():
    data = re.sub(rb"/Type /Page /Parent", rb"/Type /Nope/Parent", pdf(Page().text(70, 100, "文")))
    with pytest.raises(DamagedFileError, match="没有能够打开的页面"):
        load(data)


def test_a_pdf_with_a_password_is_protected():
    key = "<" + "00" * 32 + ">"
    extra = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -4 >> /ID [<00> <00>]"
    with pytest.raises(ProtectedFileError, match="密码"):
        load(pdf(Page().text(70, 100, "文"), extra=extra))


def test_more_pages_than_any_report_has_are_too_many(monkeypatch):
    monkeypatch.setattr(reader, "MAX_PAGES", 1)
    with pytest.raises(TooLargeError, match="2 页"):
        load(pdf(Page(), Page()))


def test_a_million_objects_are_refused_before_they_are_opened():
    page = Page().raw("0 0 5 5 re f\n" * 1_000_000)
    with pytest.raises(HostileFileError, match="图形对象"):
        load(pdf(page))


def test_uncompressed_contents_count_too():
    with pytest.raises(HostileFileError):
        load(pdf(Page().raw("0 0 5 5 re f\n" * 700_000), compress=False))


def test_many_pages_of_much_content_are_refused():
    page = Page().raw("0 0 5 5 re f\n" * 300_000)
    with pytest.raises(HostileFileError):
        load(pdf(page, page, page))


def test_forms_that_draw_forms_that_draw_forms_are_refused():
    forms = {"F0": "0 0 5 5 re f " * 100}
    forms |= {f"F{level}": f"/F{level - 1} Do " * 100 for level in range(1, 6)}
    with pytest.raises(HostileFileError):
        load(pdf(Page().raw("/F5 Do"), forms=forms))


def test_a_form_that_draws_itself_ends():
    def stream_of(number: int, content: bytes) -> bytes:
        return b"%d 0 obj << /XObject << /A 1 0 R /B 2 0 R /C 9 0 R >> >>\nstream\n" % number + content + b"\nendstream"

    pdf_limits.check(stream_of(1, b"/A Do /B Do /C Do /D Do") + stream_of(2, b"/A Do"))


def test_names_hidden_in_an_object_stream_are_found():
    hidden = zlib.compress(b"<< /A 1 0 R >>")
    data = b"1 0 obj << >>\nstream\n" + b"q Q " * 50_000 + b"\nendstream"
    data += b"2 0 obj << >>\nstream\n" + b"/A Do " * 100 + b"\nendstream"
    pdf_limits.check(data)
    with pytest.raises(HostileFileError):
        pdf_limits.check(data + b"3 0 obj << /Type /ObjStm /Filter /FlateDecode >>\nstream\n" + hidden + b"\nendstream")


def test_forms_nested_without_end_are_followed_only_so_far():
    data = b"".join(b"%d 0 obj << /F%d %d 0 R >>\nstream\n/F%d Do\nendstream" % (n, n, n + 1, n) for n in range(1, 40))
    pdf_limits.check(data)


@pytest.mark.parametrize("budget", [{"objects": 2}, {"characters": 2}])
def test_a_document_of_more_than_its_budget_is_refused(budget):
    with pytest.raises(HostileFileError, match="远超"):
        pdf_pages.Budget(**budget).spend(objects=3, characters=3)


# What the limits let through


def stream(dictionary: bytes, data: bytes) -> bytes:
    return b"1 0 obj << " + dictionary + b" >>\nstream\n" + data + b"\nendstream"


@pytest.mark.parametrize(
    "data",
    [
        stream(b"/Subtype /Image /Filter /FlateDecode", zlib.compress(b"q " * (8 << 20))),
        stream(b"/Filter /FlateDecode", zlib.compress(b"\x00\x01\x00\x00" * (4 << 20))),
        stream(b"/Filter /LZWDecode", b"no flate data"),
        stream(b"/Length 3", b"q Q"),
        stream(b"/Filter /FlateDecode", zlib.compress(b"q " * 1000)[:-4]),
        b"1 0 obj << /Length 9 >>\nstream\nq Q",
        b"<< /Length 3 >>\nstream\nq Q\nendstream",
        b"",
    ],
    ids=["picture", "font", "other filter", "plain", "cut short", "endless", "no number", "none"],
)
def test_pictures_fonts_and_small_contents_pass(data):
    pdf_limits.check(data)


# The real ones


@pytest.mark.parametrize("name", ["huaian_2024", "hongze_2024"])
def test_every_number_of_a_real_report_stands_in_its_cell(name):
    file = CORPUS / f"{name}.pdf"
    if not file.exists():
        pytest.skip("the corpus of real reports (../shared/corpus) is not here")
    truth = json.loads((CORPUS / "truth" / f"{name}.json").read_text(encoding="utf-8"))["cells"]
    proactive, requests, remedies = [b for b in load(file.read_bytes()).blocks if isinstance(b, Grid)]
    expected = {
        prefix: [str(value) for key, value in truth.items() if key.startswith(prefix)]
        for prefix in ("proactive", "requests", "remedies")
    }
    assert numbers(proactive.cells) == expected["proactive"]
    assert numbers(requests.cells) == expected["requests"]
    assert numbers(remedies.cells) == expected["remedies"]


def numbers(found: tuple[GridCell, ...]) -> list[str]:
    return [cell.text for cell in found if re.fullmatch(r"[\d.]+", cell.text)]
