import struct

import pytest

from builders import office
from gongkai.annual.errors import DamagedFileError, ProtectedFileError, UnknownFormatError
from gongkai.annual.reader import ole
from gongkai.annual.reader.sniff import Format, is_html, sniff


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", Format.PDF),
        (b"\n\n%PDF-1.4", Format.PDF),
        (office.archive({"OFD.xml": "<x/>"}), Format.OFD),
        (office.docx(""), Format.DOCX),
        (office.xlsx("<sheetData/>"), Format.XLSX),
        (office.old_word(), Format.DOC),
        (office.ole("Workbook"), Format.XLS),
        (office.ole("a", "b", "c", "d", "Book"), Format.XLS),
        (rb"{\rtf1 x}", Format.RTF),
        ("一、总体情况".encode(), Format.TEXT),
        ("一、总体情况 abc".encode("utf-16"), Format.TEXT),
        (b"abcdefghij".decode().encode("utf-16-le"), Format.TEXT),
        ("政府信息".encode("gbk"), Format.TEXT),
        (b"<html></html>", Format.TEXT),
    ],
)
def test_a_format_is_known_by_content(data, kind):
    assert sniff(data) is kind


@pytest.mark.parametrize(
    "data", [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\0\0\0WEBPVP8 ", b"BM\1\2"]
)
def test_a_picture_is_called_a_picture(data):
    with pytest.raises(UnknownFormatError, match=r"图片.*OCR"):
        sniff(data + bytes(100))


@pytest.mark.parametrize("data", [b"\x7fELF\2\1\1\0\0\0\0\1\2\3\4" * 9, bytes([1, 2, 3, 4, 5])])
def test_bytes_of_a_program_are_no_text(data):
    with pytest.raises(UnknownFormatError, match="认不出"):
        sniff(data)


def test_an_archive_of_something_else_says_what_to_do():
    with pytest.raises(UnknownFormatError, match="解压"):
        sniff(office.archive({"年报.txt": "x"}))


def test_an_encrypted_office_file_is_protected():
    for data in (office.ole("EncryptionInfo", "EncryptedPackage"), office.old_word(encrypted=True)):
        with pytest.raises(ProtectedFileError, match="密码"):
            sniff(data)


def test_an_old_presentation_is_unknown():
    with pytest.raises(UnknownFormatError, match="旧版"):
        sniff(office.ole("PowerPoint Document"))


def test_a_cut_old_office_file_is_damaged():
    with pytest.raises(DamagedFileError, match="旧版"):
        sniff(office.old_word()[:700])


def test_the_directory_of_a_strange_file_is_empty():
    whole = bytearray(office.old_word())
    struct.pack_into("<H", whole, 30, 60)
    assert ole.stream_names(bytes(whole)) == {}
    struct.pack_into("<H", whole, 30, 9)
    struct.pack_into("<I", whole, 512 + 4, 1)  # the directory goes round in a circle
    assert set(ole.stream_names(bytes(whole))) == {"Root Entry", "WordDocument", "1Table"}
    struct.pack_into("<I", whole, 48, 0x00FFFFFF)
    assert ole.stream_names(bytes(whole)) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!DOCTYPE html>\n<p>x", True),
        ("\n <div>一</div>", True),
        ("2024年报告<p>一</p><p>二</p>", True),
        ("一、总体情况\n二、其他", False),
        ("<2024>年报告", False),
        ("# 报告\n<div align=center>图</div>", False),
        ("第一行\n第二行 <p>x</p>\n第三行", False),
    ],
)
def test_a_page_is_told_from_text_and_markdown(text, expected):
    assert is_html(text) is expected
