import codecs

import pytest

from gongkai.annual.errors import DamagedFileError
from gongkai.annual.reader.encoding import decode

TEXT = "海岚市2024年政府信息公开工作年度报告，规章 3 件。"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "gbk", "utf-16-le", "utf-16-be"]
)
def test_text_is_decoded_without_being_told_the_encoding(encoding):
    assert decode((TEXT * 3).encode(encoding)) == (TEXT * 3, ())


def test_utf_16_with_the_big_end_first_is_known_by_its_mark():
    assert decode(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be")) == (TEXT, ())


def test_a_declared_gb2312_is_read_as_its_superset():
    assert decode("朱镕基，㐀".encode("gb18030"), "gb2312") == ("朱镕基，㐀", ())


def test_big5_is_read_where_it_is_declared():
    text = "海嵐市政府信息公開年度報告，規範性文件。"
    assert decode(text.encode("big5hkscs"), "big5") == (text, ())


@pytest.mark.parametrize("declared", ["big5", "iso-8859-1", "no-such-charset"])
def test_a_wrong_declaration_is_not_believed(declared):
    assert decode((TEXT * 5).encode("gb18030"), declared) == (TEXT * 5, ())


def test_utf_8_declared_as_gbk_is_utf_8():
    assert decode(TEXT.encode(), "gbk") == (TEXT, ())


def test_a_cut_character_is_said_and_the_rest_is_read():
    text, (diagnostic,) = decode((TEXT * 3).encode() + b"\xe5\xb8")
    assert text == TEXT * 3 + "\ufffd"
    assert (diagnostic.severity, diagnostic.code) == ("warning", "undecodable-bytes")


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(128, 256)) * 20,
        "\u9425\u9426\u9427\u9428".encode("gb18030") * 30,
        codecs.BOM_UTF8 + bytes(range(128, 256)),
        b"\0\xd8" * 40,
        TEXT.encode().replace(b"\xbc\x8c", b"\xff\xff").replace(b"\xe5", b"\xff"),
    ],
)
def test_mojibake_is_refused(data):
    with pytest.raises(DamagedFileError, match="编码"):
        decode(data)


def test_text_with_a_nul_character_in_it_is_still_utf_8():
    text, _ = decode((TEXT * 3).encode() + b"\0")
    assert text == TEXT * 3 + "\0"
