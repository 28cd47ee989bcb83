import struct

import pytest

from builders import office
from gongkai.annual.errors import DamagedFileError, HostileFileError, ProtectedFileError, TooLargeError
from gongkai.annual.reader import limits
from gongkai.annual.reader.limits import Archive, parse_xml, read_file


def test_a_file_is_read_whole(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"abc")
    assert read_file(path) == b"abc"


def test_a_file_of_200_megabytes_is_refused_unread(tmp_path):
    path = tmp_path / "large.html"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    with pytest.raises(TooLargeError, match=r"200 MB.*64 MB"):
        read_file(path)


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    with pytest.raises(DamagedFileError, match="找不到"):
        read_file(tmp_path / "none.txt")
    with pytest.raises(DamagedFileError, match="文件夹"):
        read_file(tmp_path)


def test_a_file_that_cannot_be_opened_says_why(tmp_path):
    with pytest.raises(DamagedFileError, match="打不开"):
        read_file(tmp_path / ("长" * 300))


def test_members_are_read_by_name():
    archive = Archive(office.archive({"a.xml": "<a/>", "b": b"x"}))
    assert (archive.names, "a.xml" in archive, archive.read("b")) == (("a.xml", "b"), True, b"x")
    assert archive.xml("a.xml").tag == "a"


def test_a_missing_member_means_damage():
    with pytest.raises(DamagedFileError, match=r"word/document\.xml"):
        Archive(office.archive({"a": "x"})).read("word/document.xml")


def test_a_cut_archive_is_damaged():
    with pytest.raises(DamagedFileError, match="没有下载完"):
        Archive(office.docx("<w:p/>")[:100])


def test_a_member_with_wrong_bytes_is_damaged():
    data = bytearray(office.archive({"a.xml": b"<a>" + bytes(range(256)) * 4}))
    data[60:80] = bytes(20)
    with pytest.raises(DamagedFileError, match=r"a\.xml"):
        Archive(bytes(data)).read("a.xml")


def test_a_member_under_a_password_is_protected():
    data = bytearray(office.archive({"a.xml": "<a/>"}))
    start = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, start + 8, 1)
    with pytest.raises(ProtectedFileError, match="密码"):
        Archive(bytes(data)).read("a.xml")


def test_an_archive_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(HostileFileError, match="压缩炸弹"):
        Archive(office.archive({"word/document.xml": bytes(20 * 2**20)}))


def test_an_archive_that_claims_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 1000)
    with pytest.raises(HostileFileError, match="压缩炸弹"):
        Archive(office.archive({"a": bytes(600), "b": bytes(600)}))


def test_an_archive_of_too_many_members_is_refused():
    with pytest.raises(HostileFileError, match="10001"):
        Archive(office.archive({str(number): b"" for number in range(10_001)}))


def test_a_large_member_that_is_no_bomb_is_too_large(monkeypatch):
    monkeypatch.setattr(limits, "MAX_MEMBER_BYTES", 1000)
    archive = Archive(office.archive({"a": bytes(range(256)) * 5}))
    with pytest.raises(TooLargeError, match="部件 a"):
        archive.read("a")


def test_an_archive_of_an_unknown_method_is_damaged():
    data = bytearray(office.archive({"a": b"x"}))
    struct.pack_into("<H", data, data.index(b"PK\x01\x02") + 10, 99)
    with pytest.raises(DamagedFileError, match="部件 a"):
        Archive(bytes(data)).read("a")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_with_a_document_type_is_refused(encoding):
    bomb = '<!DOCTYPE x [<!ENTITY a "xx"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    with pytest.raises(HostileFileError, match="实体"):
        parse_xml(bomb.encode(encoding), "x.xml")


def test_long_pages_of_ordinary_tags_are_not_refused():
    many = b"<p class=\"a\" style='b'>x</p>" * 8_000
    script = b"<script>" + b"if (a <b / c) " * 20_000 + b"</script><!-- " + b"<p a " * 9_000
    for data in (many, script, many + b"<p a=1", b"<p " + b" " * 200_000):
        limits.check_attributes(data)


def test_xml_nested_too_deep_is_refused():
    with pytest.raises(HostileFileError, match="嵌套"):
        parse_xml(b"<a>" * 5000 + b"</a>" * 5000, "x.xml")


def test_xml_with_too_many_tags_is_refused():
    with pytest.raises(HostileFileError, match="标签"):
        parse_xml(b"<a>" + b"<b/>" * 500_001 + b"</a>", "x.xml")


def test_cut_xml_is_damaged():
    with pytest.raises(DamagedFileError, match=r"x\.xml"):
        parse_xml(b"<a><b>", "x.xml")
