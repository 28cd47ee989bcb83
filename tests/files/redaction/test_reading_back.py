"""The strict reader knows what is no copy of ours, and says what is wrong with it."""

import io
import zlib

import pytest
from PIL import Image

from builders import hiding
from gongkai.files.redaction.errors import NotRedactableError
from gongkai.files.redaction.original import open_original
from gongkai.files.redaction.reading_back import jpeg_fault, strings, taken_apart
from gongkai.files.redaction.writing import HEADER

JPEG = b"\xff\xd8\xff\xdb\x00\x04ab\xff\xda\x00\x02pixels\xff\xd9"


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (JPEG, ""),
        (JPEG + b"x", "图像数据之后还有内容"),
        (JPEG.replace(b"\xff\xdb", b"\xff\xe1"), "图像带有附加信息"),
        (JPEG.replace(b"\xff\xdb", b"\xff\xfe"), "图像带有附加信息"),
        (JPEG[:8], "JPEG 图像不完整"),
        (b"GIF89a", "不是 JPEG 图像"),
    ],
)
def test_a_jpeg_holds_its_picture_alone(data, fault):
    assert jpeg_fault(data) == fault


def with_stream(entries, data, length=None):
    size = len(data) if length is None else length
    return HEADER + b"1 0 obj\n<< %b/Length %d >>\nstream\n%b\nendstream\nendobj\n" % (entries, size, data)


FLAT = b"/Filter /FlateDecode "
PICTURE = b"/Subtype /Image /Width 8 /Height 2 /BitsPerComponent 1 "


@pytest.mark.parametrize(
    ("copy", "fault"),
    [
        (b"", "文件开头不是本系统写出的"),
        (HEADER + b"2 0 obj\n<< >>\nendobj\n", "编号不连续"),
        (HEADER + b"1 0 obj\n<< /Type /Page", "对象 1 不完整"),
        (HEADER + b"1 0 obj\n[ ]\nendobj\n", "对象 1 不完整"),
        (with_stream(FLAT, b"xx", 9), "长度与内容不符"),
        (with_stream(FLAT, b"no zlib"), "无法解压"),
        (with_stream(FLAT, zlib.compress(b"a") + b"b"), "压缩数据之后还有内容"),
        (with_stream(FLAT, zlib.compress(b"a" * 99)[:-5]), "压缩数据之后还有内容"),
        (with_stream(PICTURE + FLAT, zlib.compress(b"\0\0\0")), "图像数据的长度与幅面不符"),
        (with_stream(PICTURE + b"/Filter /CCITTFaxDecode ", b"\0" * 9), "图像数据之后还有内容"),
        (with_stream(PICTURE + b"/Filter /DCTDecode ", b"GIF"), "不是 JPEG 图像"),
        (with_stream(b"", b"plain"), "编码方式不是本系统所用"),
        (HEADER + b"1 0 obj\n<< /JS 1 0 R >>\nendobj\n", "不该有的条目 JS"),
        (HEADER + b"1 0 obj\n<< /Type /Page >>\nendobj\n", "对象之间或文件末尾有多余的内容"),
    ],
)
def test_what_is_no_copy_of_ours_is_told(copy, fault):
    assert any(fault in each for each in taken_apart(copy).faults)


def test_strings_are_read_in_every_way_they_may_be_meant():
    assert {"欧阳", "甲"} <= {text.lstrip("\ufeff") for text in strings(b"<FEFF6B279633> <E7 94 B2>")}
    assert strings(b"<4") == []
    assert strings(b"<4>")[2] == "@"


@pytest.mark.parametrize("page", [0, 3, -1])
def test_a_page_that_is_not_there_is_refused(page):
    with open_original(hiding.letter(), "pdf") as original, pytest.raises(NotRedactableError, match="只有 2 页"):
        original.picture(page, 100)


def test_a_picture_has_no_text():
    stream = io.BytesIO()
    Image.new("RGB", (40, 30)).save(stream, "PNG")
    with open_original(stream.getvalue(), "png") as original:
        assert (original.glyphs(1), original.text(1), len(original)) == ([], [], 1)
