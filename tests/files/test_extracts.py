"""The words of kept files: read once, in a bounded process, whatever the file does to its reader."""

import io
import shutil
from pathlib import Path

import openpyxl
import pytest

from builders.ofd import Ofd, text
from builders.pdf import Page, pdf
from files.documents import docx
from gongkai.files import extracts
from gongkai.files.domain import store

pytestmark = pytest.mark.django_db
FONT = Path(extracts.__file__).parents[1] / "typeset"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.CLAMD_SOCKET = ""


def xlsx():
    book = openpyxl.Workbook()
    book.active.append(["乡镇", "采砂点"])
    book.active.append(["东埔镇", 3])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("办法.docx", docx("河道采砂实行许可制度"), "河道采砂实行许可制度"),
        ("办法.pdf", pdf(Page().text(72, 100, "河道采砂实行许可制度，任何单位和个人不得擅自采砂。")), "不得擅自采砂"),
        ("台账.xlsx", xlsx(), "东埔镇"),
        ("说明.txt", "采砂点名录".encode(), "采砂点名录"),
        ("办法.ofd", Ofd(pages=[text(20, 30, "采砂许可")]).data(), "采砂许可"),
    ],
)
def test_words_are_read_from_each_format_and_kept(name, data, words):
    blob = store.keep(data=data, name=name)
    assert (extracts.is_read(blob), extracts.words_of(blob)) == (False, "")
    assert words in extracts.read(blob)
    assert (extracts.is_read(blob), words in extracts.words_of(blob)) == (True, True)


def test_a_file_that_cannot_be_read_is_tried_once_and_logged(caplog):
    blob = store.keep(data=docx("甲"), name="甲.docx")
    blob.path.write_bytes(b"PK\x03\x04 damaged")
    assert extracts.read(blob) == ""
    assert extracts.is_read(blob) is True
    assert "gave no words: status 1" in caplog.text


def test_a_reader_that_takes_too_long_is_ended(monkeypatch, caplog):
    monkeypatch.setattr(extracts, "SECONDS", 0.01)
    blob = store.keep(data=docx("甲"), name="甲.docx")
    assert extracts.read(blob) == ""
    assert "gave no words within 0.01 s" in caplog.text


def test_of_a_long_file_the_beginning_is_kept(monkeypatch):
    blob = store.keep(data=("采砂。" * 100_000).encode(), name="甲.txt")
    assert len(extracts.read(blob)) <= extracts.MAX_CHARACTERS


def test_a_picture_has_no_words():
    blob = store.keep(data=b"\x89PNG\r\n\x1a\n0000", name="章.png")
    assert extracts.is_read(blob) is True


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_a_scan_is_read_by_recognition():
    image = pytest.importorskip("PIL.Image")
    draw = pytest.importorskip("PIL.ImageDraw")
    fonts = pytest.importorskip("PIL.ImageFont")
    font = next(FONT.rglob("*.[ot]tf"))
    page = image.new("L", (1654, 2339), 255)
    pen = draw.Draw(page)
    for line, words in enumerate(("河道采砂许可办理须知", "申请人应当提交下列材料", "办理地点为政务服务中心")):
        pen.text((200, 300 + 120 * line), words, fill=0, font=fonts.truetype(str(font), 56))
    stream = io.BytesIO()
    page.save(stream, "PDF", resolution=200)
    found = extracts.read(store.keep(data=stream.getvalue(), name="扫描件.pdf"))
    assert "采砂许可" in found.replace(" ", "")
