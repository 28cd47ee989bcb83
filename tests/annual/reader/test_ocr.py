"""Scans: lines found in the picture, cells read one by one, numbers taken only where readings agree."""

from __future__ import annotations

import io
import json
import re
import shutil
import stat
import sys
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from gongkai.annual.errors import MissingToolError, TooLargeError
from gongkai.annual.reader import ocr, ocr_cells, ocr_pages, ocr_picture, pdf
from gongkai.annual.reader.ocr_cells import UNREADABLE, Written
from gongkai.annual.reader.ocr_engine import Engine
from gongkai.annual.reader.ocr_picture import Scan
from gongkai.annual.reader.source import Block, Grid, Line, Source

CORPUS = Path(__file__).resolve().parents[3] / ".." / "shared" / "corpus"

FAKE = """#!{python}
import json, pathlib, sys
here = pathlib.Path(__file__).parent
if "--list-langs" in sys.argv:
    print((here / "languages").read_text())
    sys.exit()
calls = json.loads((here / "calls.json").read_text())
asked = f"{{sys.argv[sys.argv.index('-l') + 1]}}/{{sys.argv[sys.argv.index('--psm') + 1]}}"
key, answers = calls.pop(0)
(here / "calls.json").write_text(json.dumps(calls))
pictures = pathlib.Path(sys.argv[1]).read_text().split()
assert key == asked, (key, asked)
assert len(answers) == len(pictures), (answers, len(pictures))
print("level\\tpage_num\\tblock_num\\tpar_num\\tline_num\\tword_num\\tleft\\ttop\\twidth\\theight\\tconf\\ttext")
for number, words in enumerate(answers, start=1):
    print(f"1\\t{{number}}\\t0\\t0\\t0\\t0\\t0\\t0\\t9\\t9\\t-1\\t")
    for place, word in enumerate(words.split()):
        text, _, box = word.partition("@")
        left, top, line = (box or "0,0,1").split(",")
        row = [5, number, 1, 1, line, place, left, top, 40 * len(text), 40, 91.5, text]
        print("\\t".join(map(str, row)))
"""
"""A program that answers like Tesseract, from a list of what it will be asked and the words of every picture."""


@pytest.fixture
def fake(tmp_path, monkeypatch):
    """Put the program on the path; the call sets what it answers."""
    program = tmp_path / "tesseract"
    program.write_text(FAKE.format(python=sys.executable), encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    (tmp_path / "languages").write_text("List of available languages (2):\nchi_sim\neng\n", encoding="utf-8")
    (tmp_path / "calls.json").write_text("[]", encoding="utf-8")
    monkeypatch.setenv("PATH", str(tmp_path))

    def answers(*calls: tuple[str, list[str]]) -> Path:
        (tmp_path / "calls.json").write_text(json.dumps(calls), encoding="utf-8")
        return program

    return answers


def left_over(program: Path) -> list[object]:
    return json.loads((program.parent / "calls.json").read_text())


def blank(width: int = 1654, height: int = 2339) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """An A4 page at 200 dpi."""
    page = Image.new("L", (width, height), 255)
    return page, ImageDraw.Draw(page)


def digits(draw: ImageDraw.ImageDraw, x: int, y: int, count: int, *, size: int = 28) -> None:
    """Marks as wide and as far apart as digits."""
    for index in range(count):
        draw.rectangle((x + 20 * index, y, x + 20 * index + 13, y + size), fill=0)


def han(draw: ImageDraw.ImageDraw, x: int, y: int, count: int) -> None:
    """Marks as wide as Chinese characters."""
    for index in range(count):
        draw.rectangle((x + 33 * index, y, x + 33 * index + 28, y + 28), outline=0, width=3)


def as_pdf(*pages: Image.Image) -> bytes:
    out = io.BytesIO()
    pages[0].save(out, "PDF", resolution=200, save_all=True, append_images=list(pages[1:]))
    return out.getvalue()


def table_page(*, angle: float = 0.0) -> Image.Image:
    """A heading, and a table of two rows: a label and two numbers each, the last cell empty."""
    page, draw = blank()
    han(draw, 200, 200, 6)
    for y in (400, 460, 520):
        draw.line((200, y, 1400, y), fill=0, width=2)
    for x in (200, 800, 1100, 1400):
        draw.line((x, 400, x, 520), fill=0, width=2)
    for row in (0, 1):
        han(draw, 220, 415 + 60 * row, 5)
        digits(draw, 820, 415 + 60 * row, 2)
    digits(draw, 1120, 415, 1)
    return page.rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC)


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Line)]


def cells(blocks: tuple[Block, ...]) -> list[list[str]]:
    (grid,) = [block for block in blocks if isinstance(block, Grid)]
    return [[cell.text if cell else "" for cell in row] for row in grid.rows()]


GOOD = (
    ("chi_sim/7", ["规章数量", "12", "7", "文件数量", "34"]),
    ("eng/7", ["12", "7", "34"]),
    ("eng/8", ["12", "7", "34"]),
    ("chi_sim/4", ["二、主动公开@300,300,1 情况@560,300,1"]),
)


# Whole scans


@pytest.mark.parametrize("angle", [0.0, 1.0, -1.5])
def test_a_scan_is_read_cell_by_cell_even_when_it_lies_crooked(fake, angle):
    program = fake(*GOOD)
    source = pdf.load(as_pdf(table_page(angle=angle)), file="scan.pdf")
    assert (source.kind, texts(source.blocks)) == ("ocr", ["二、主动公开情况"])
    assert cells(source.blocks) == [["规章数量", "12", "7"], ["文件数量", "34", ""]]
    assert left_over(program) == []


def test_it_says_that_it_was_recognised(fake):
    fake(*GOOD)
    source = pdf.load(as_pdf(table_page()), file="scan.pdf")
    assert [(d.severity, d.code) for d in source.diagnostics] == [("info", "ocr")]


def test_the_other_reading_is_its_rows(fake):
    fake(*GOOD)
    (rows,) = pdf.load(as_pdf(table_page()), file="scan.pdf").alternatives
    assert texts(rows.blocks) == ["二、主动公开情况", "规章数量\t12\t7", "文件数量\t34"]


def test_a_page_without_a_table_is_lines_parted_where_they_are_far_apart(fake):
    page, draw = blank()
    han(draw, 200, 200, 6)
    fake(("chi_sim/4", ["规章@300,300,1 件@420,302,1 12@900,300,1 其他@300,400,2"]))
    assert texts(pdf.load(as_pdf(page), file="x").blocks) == ["规章件\t12", "其他"]


def test_the_frame_of_a_stamp_is_no_table(fake):
    page, draw = blank()
    han(draw, 200, 200, 6)
    for edge in ((900, 900, 1050, 1050), (900, 900, 975, 1050)):
        draw.rectangle(edge, outline=0, width=3)
    fake(("chi_sim/4", ["规章@300,300,1"]))
    assert pdf.load(as_pdf(page), file="x").blocks == (Line("规章", 1),)


def test_more_scanned_pages_than_can_be_read_in_time_are_too_many(fake, monkeypatch):
    fake()
    monkeypatch.setattr(ocr_pages, "MAX_PAGES", 1)
    page, _ = blank()
    with pytest.raises(TooLargeError, match="2 页"):
        pdf.load(as_pdf(page, page), file="x")


# What is missing


def test_without_the_program_the_file_is_said_to_be_a_scan(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingToolError, match=r"扫描件.*tesseract-ocr tesseract-ocr-chi-sim"):
        pdf.load(as_pdf(table_page()), file="x")


def test_without_the_chinese_model_it_is_named(fake):
    (fake().parent / "languages").write_text("eng\n", encoding="utf-8")
    with pytest.raises(MissingToolError, match="chi_sim"):
        pdf.load(as_pdf(table_page()), file="x")


def test_without_pillow_the_extra_is_named(monkeypatch):
    monkeypatch.setattr(ocr, "find_spec", lambda _: None)
    with pytest.raises(MissingToolError, match=r"gongkai\[ocr\]"):
        ocr.load(b"", file="x")


def test_a_program_that_fails_is_named(fake):
    program = fake()  # it has no answer ready and stops
    with pytest.raises(MissingToolError, match="运行失败"):
        Engine(str(program)).read([blank(9, 9)[0]], language="eng", mode=7)


def test_a_program_that_cannot_be_run_is_named(tmp_path):
    with pytest.raises(MissingToolError, match="运行失败"):
        Engine(str(tmp_path / "none")).read([blank(9, 9)[0]], language="eng", mode=7)


def test_recognition_that_takes_too_long_is_stopped(fake):
    engine = Engine(str(fake()), seconds=0.0)
    with pytest.raises(TooLargeError, match="用时过长"):
        engine.read([blank(9, 9)[0]], language="eng", mode=7)


def test_nothing_to_read_is_not_asked():
    assert Engine("/nowhere").read([], language="eng", mode=7) == []


# Cells


def cell(count: int, *, wide: bool = False, width: int = 300) -> Written:
    page, draw = blank(width, 80)
    (han if wide else digits)(draw, 20, 20, count)
    scan = Scan.of(page)
    box = scan.cell((0, 0, width, 80))
    assert box is not None
    return Written(box, scan.crop(box))


def read(fake, one: Written, *calls: tuple[str, list[str]]) -> str:
    program = fake(*calls)
    ocr_cells.read([one], Engine(str(program)))
    assert left_over(program) == []
    return one.text


def three(chinese: str, first: str, second: str) -> list[tuple[str, list[str]]]:
    return [("chi_sim/7", [chinese]), ("eng/7", [first]), ("eng/8", [second])]


def six(*readings: str) -> list[tuple[str, list[str]]]:
    keys = ("chi_sim/7", "eng/7", "eng/8", "eng/7", "chi_sim/7", "chi_sim/7")
    return [(key, [reading]) for key, reading in zip(keys, readings, strict=True)]


@pytest.mark.parametrize(
    ("readings", "text"),
    [
        (("12", "12", "12"), "12"),
        (("]2", "12", "12"), "12"),
        (("12", "", "12."), "12"),
        (("123", "12", "12"), "12"),
    ],
)
def test_two_readings_that_agree_and_none_against_them_are_a_number(fake, readings, text):
    assert read(fake, cell(2), *three(*readings)) == text


@pytest.mark.parametrize(
    ("readings", "text"),
    [
        (("20", "26", "26", "26", "26", "26"), "26"),
        (("20", "26", "26", "26", "20", "20"), f"{UNREADABLE}20|26"),
        (("20", "26", "26", "", "", ""), f"{UNREADABLE}26|20"),
        (("12", "", "", "12", "12", ""), "12"),
        (("12", "", "", "12", "", ""), f"{UNREADABLE}12"),
        (("", "", "", "", "", ""), UNREADABLE),
        (("-", "", "", "-", "-", "-"), UNREADABLE),
    ],
)
def test_else_three_more_decide_or_what_was_seen_is_named(fake, readings, text):
    assert read(fake, cell(2), *six(*readings)) == text


def test_a_reading_with_a_digit_too_few_or_too_many_does_not_count(fake):
    assert read(fake, cell(3), *six("12", "12", "12", "1234", "123", "12")) == f"{UNREADABLE}123"


def test_a_label_is_taken_as_it_is_read(fake):
    assert read(fake, cell(4, wide=True), ("chi_sim/7", ["规 章 数 量"])) == "规章数量"


def test_a_label_that_is_not_read_is_marked(fake):
    assert read(fake, cell(4, wide=True), ("chi_sim/7", [""])) == UNREADABLE


def test_the_number_of_an_item_is_part_of_its_label(fake):
    assert read(fake, cell(4, wide=True), ("chi_sim/7", ["1.属于国家秘密"])) == "1.属于国家秘密"


def test_a_number_among_words_is_read_twice(fake):
    calls = [("chi_sim/7", ["22（其中修订16件）"]), ("chi_sim/7", ["22(其中修订16件)"])]
    assert read(fake, cell(4, wide=True), *calls) == "22（其中修订16件）"


def test_a_number_among_words_read_differently_is_marked(fake):
    calls = [("chi_sim/7", ["22（其中修订16件）"]), ("chi_sim/7", ["22（其中修订10件）"])]
    assert read(fake, cell(4, wide=True), *calls) == f"{UNREADABLE}22（其中修订16件）"


def test_digits_that_look_wide_are_still_a_number_if_read_as_one(fake):
    one = cell(2, wide=True)
    assert read(fake, one, *three("12", "12", "12")) == "12"


# Pictures


def test_a_level_page_is_left_as_it_is():
    page = table_page()
    assert ocr_picture.straight(page) is page


def test_a_blank_cell_and_a_speck_are_nothing():
    page, draw = blank(300, 80)
    draw.rectangle((100, 40, 103, 43), fill=0)
    assert Scan.of(page).cell((0, 0, 300, 80)) is None
    assert Scan.of(page).cell((200, 0, 300, 80)) is None


def test_the_shade_of_a_cell_becomes_white():
    page = Image.new("L", (300, 80), 210)
    digits(ImageDraw.Draw(page), 20, 20, 2)
    scan = Scan.of(page)
    assert scan.cell((0, 0, 300, 80)) == (20, 20, 54, 49)
    assert scan.crop((0, 0, 60, 60)).page.getpixel((1, 1)) == 255


def test_ruled_lines_are_rubbed_out():
    page, draw = blank(400, 300)
    draw.line((10, 100, 390, 100), fill=0, width=3)
    draw.line((50, 10, 50, 290), fill=0, width=3)
    scan = Scan.of(page)
    across, down = ocr_picture.rules(scan.mask)
    scan.without(across, down)
    assert (scan.mask.getbbox(), scan.page.getextrema()) == (None, (255, 255))


def test_a_column_of_characters_is_set_on_one_line():
    page, draw = blank(50, 300)
    for index in range(4):
        han(draw, 8, 10 + 60 * index, 1)
    scan = Scan.of(page)
    line = scan.crop((8, 10, 37, 300)).one_line(em=42)
    assert (line.height, line.width) == (29, 4 * 29 + 3 * 7)


def test_ink_is_found_from_the_left_in_separate_marks():
    page, draw = blank(200, 60)
    digits(draw, 20, 20, 3)
    assert ocr_picture.letters(Scan.of(page).mask) == [(20, 34), (40, 54), (60, 74)]


# The real program


def rasterised(name: str) -> tuple[Source, Source]:
    """The pages with tables of a real report, as text and as read from a picture of 200 dpi."""
    if shutil.which("tesseract") is None:
        pytest.skip("Tesseract (tesseract-ocr, tesseract-ocr-chi-sim) is not installed")
    file = CORPUS / f"{name}.pdf"
    if not file.exists():
        pytest.skip("the corpus of real reports (../shared/corpus) is not here")
    original = pdf.load(file.read_bytes(), file=name)
    pages = {block.page for block in original.blocks if isinstance(block, Grid)}
    document = pypdfium2.PdfDocument(file)
    # A table goes on over the page after the one it begins on.
    wanted = sorted({page - 1 for page in pages if page} | {page for page in pages if page and page < len(document)})
    pictures = [document[index].render(scale=200 / 72).to_pil().convert("L") for index in wanted]
    document.close()
    return original, pdf.load(as_pdf(*pictures), file=name)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["huaian_2024", "hongze_2024"])
def test_a_real_report_has_no_wrong_number_and_most_of_them(name):
    original, scanned = rasterised(name)
    there = [block for block in original.blocks if isinstance(block, Grid)]
    found = [block for block in scanned.blocks if isinstance(block, Grid)]
    wrong, right, expected = [], 0, 0
    for true, seen in zip(there, found, strict=True):
        texts_ = {(cell.row, cell.column): cell.text for cell in seen.cells}
        for cell_ in true.cells:
            if re.fullmatch(r"[\d.]+", cell_.text):
                read_as = texts_[cell_.row, cell_.column]
                wrong += [(cell_.text, read_as)] if read_as != cell_.text and UNREADABLE not in read_as else []
                expected += cell_.text != "0"
                right += cell_.text not in {"0", ""} and read_as == cell_.text
    assert wrong == []
    assert right >= 0.8 * expected > 0
