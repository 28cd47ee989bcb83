"""PDF: its text, its profile, its attachment, its font."""

from __future__ import annotations

import io
import json
import random
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from builders.reports import valid_report
from gongkai.annual.report import Report, Section
from gongkai.annual.writer import MissingGlyphError, Publication, missing_glyphs, pdf, write
from gongkai.annual.writer.boxes import TableLayout
from gongkai.annual.writer.document import items
from gongkai.annual.writer.glyphs import texts
from gongkai.typeset.glyphs import FONT, FONTS, code_points, covered


@pytest.fixture
def report():
    return valid_report(random.Random(20), "2021", size="medium").report


def squeezed(text):
    return "".join(text.split())


def text_of(data):
    document = pypdfium2.PdfDocument(data)
    return [squeezed(page.get_textpage().get_text_range()) for page in document]


def test_every_word_and_number_is_in_the_text_layer(report):
    printed = "".join(text_of(write(report, "pdf")))
    for item in items(report):
        if not isinstance(item, TableLayout):
            assert all(squeezed(text)[:12] in printed for text in texts(item))
    rows = ["".join(cell.printed for key, cell in report.cells.items() if key.startswith(f"requests.{row}."))
            for row in ("received", "outcome_total", "carried_out")]  # fmt: skip
    assert [row for row in rows if row not in printed] == []


def test_the_tables_are_whole_on_one_page(report):
    pages = text_of(write(report, "pdf"))
    holding = [page for page in pages if "申请人情况" in page]
    assert len(holding) == 1
    assert "四、结转下年度继续办理" in holding[0]


def test_pages_are_numbered_as_official_documents_are(report):
    document = pypdfium2.PdfDocument(write(report, "pdf"))
    feet = [page.get_textpage().get_text_range().replace("\r\n", "\n").strip().splitlines() for page in document]
    assert [f"— {number} —" in lines for number, lines in enumerate(feet, 1)] == [True] * len(document)


def test_the_file_declares_pdf_a_3_with_tags_and_pdf_ua(report):
    data = write(report, "pdf")
    assert re.findall(rb"<pdfaid:part>(\d)</pdfaid:part>", data) == [b"3"]
    assert re.findall(rb"<pdfaid:conformance>(\w)</pdfaid:conformance>", data) == [b"A"]
    assert re.findall(rb"<pdfuaid:part>(\d)</pdfuaid:part>", data) == [b"1"]


def test_the_data_travel_with_the_file(report):
    document = pypdfium2.PdfDocument(write(report, "pdf"))
    attachment = document.get_attachment(0)
    assert document.count_attachments() == 1
    assert attachment.get_name() == f"{report.year}.json"
    assert bytes(attachment.get_data()) == write(report, "json")
    assert json.loads(bytes(attachment.get_data()))["cells"]["requests.received.total"] == report.value(
        "requests.received.total"
    )


@pytest.mark.parametrize(
    ("changes", "publication", "dated"),
    [
        ({}, Publication(published=date(2026, 1, 28)), b"D:20260128"),
        ({}, Publication(), b"D:%d1231"),
        ({"period": None}, Publication(), b"D:%d1231"),
        ({"period": None, "year": None}, Publication(), b"D:19800101"),
    ],
)
def test_the_file_is_dated_by_its_report_never_by_today(report, changes, publication, dated):
    expected = dated % report.year if b"%d" in dated else dated
    found = re.findall(rb"/CreationDate\s*\((D:\d{8})", write(replace(report, **changes), "pdf", publication))
    assert set(found) == {expected}


def test_a_character_without_a_glyph_is_named_before_publishing(report):
    sections = (*report.sections, Section(7, "附注", "联系人：𠮷𤭢，𠮷先生"))
    odd = replace(report, sections=sections)
    assert missing_glyphs(report) == ()
    assert missing_glyphs(odd) == ("𠮷", "𤭢")
    with pytest.raises(MissingGlyphError) as caught:
        write(odd, "pdf")
    assert caught.value.characters == ("𠮷", "𤭢")
    assert "𠮷（U+20BB7）" in str(caught.value)


def face_with(character, folder):
    """Save a font that has a box for ``character`` and nothing else."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for point in ((0, 900), (900, 900), (900, 0)):
        pen.lineTo(point)
    pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "box"])
    builder.setupCharacterMap({ord(character): "box"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "box": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "box": (1000, 0)})
    builder.setupHorizontalHeader(ascent=900, descent=-100)
    builder.setupNameTable({"familyName": "Rare", "styleName": "Regular", "fullName": "Rare", "psName": "Rare"})
    builder.setupOS2(sTypoAscender=900, sTypoDescender=-100, usWinAscent=900, usWinDescent=100)
    builder.setupPost()
    builder.save(folder / "rare.ttf")


def test_a_folder_of_other_fonts_helps_with_the_characters_it_has(report, tmp_path):
    face_with("𠮷", tmp_path)
    assert "𠮷" in "".join(text_of(pdf.write(replace(report, title="𠮷"), Publication(), (tmp_path,))))
    with pytest.raises(MissingGlyphError) as caught:
        pdf.write(replace(report, title="𤭢"), Publication(), (tmp_path,))
    assert caught.value.characters == ("𤭢",)


def test_reports_are_set_side_by_side_in_threads():
    reports = [valid_report(random.Random(seed), "2008").report for seed in range(4)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda report: write(report, "pdf"), reports))
    assert together == [write(report, "pdf") for report in reports]


def test_prose_cannot_become_markup():
    hostile = '#panic("x") *a* _b_ $x^2$ <label> @ref [[ ]] `raw` \\ // /* = 标题 - 项'
    report = Report("2021", {}, title="标题 #h(1em)", year=2022, sections=(Section(1, "总体 #情况", hostile),))
    assert squeezed(hostile) in "".join(text_of(write(report, "pdf")))


def test_control_characters_are_left_out():
    report = Report("2021", {}, title="年报\x00", sections=(Section(1, "总体\x1f情况", "正文\ufffe。"),))
    assert "一、总体情况正文。" in "".join(text_of(write(report, "pdf")))


def test_the_shipped_font_covers_gb2312_and_is_read_right():
    with TTFont(io.BytesIO((FONTS / FONT).read_bytes())) as font:
        assert covered() == frozenset(font.getBestCmap())
    hanzi = [bytes((lead, trail)) for lead in range(0xB0, 0xF8) for trail in range(0xA1, 0xFF)]
    characters = [text for text in (code.decode("gb2312", errors="ignore") for code in hanzi) if text]
    assert len(characters) == 6763
    assert [character for character in characters if ord(character) not in covered()] == []


def test_a_character_map_may_use_deltas_alone():
    # One segment 0x41..0x42 with delta, glyph 0 at 0x43, and the closing segment: a hand-made font of one table.
    ends, starts = (0x43, 0xFFFF), (0x41, 0xFFFF)
    deltas, ranges = (0x10000 - 0x43, 1), (0, 0)

    def words(*numbers):
        return b"".join(number.to_bytes(2, "big") for number in numbers)

    cmap = words(4, 32, 0, 4, 4, 1, 0, *ends, 0, *starts, *deltas, *ranges)
    table = words(0, 1, 3, 1) + (12).to_bytes(4, "big") + cmap
    head = b"OTTO" + words(1, 16, 0, 0) + b"cmap" + bytes(4) + (28).to_bytes(4, "big") + len(table).to_bytes(4, "big")
    assert code_points(head + table) == {0x41, 0x42}
