"""A folder that others filled: nothing outside it is opened, whatever a name in it says."""

import os

import pytest

from builders import old_site
from gongkai.takeover.errors import SourceError
from gongkai.takeover.reading.folder import Folder
from gongkai.takeover.reading.mirror import Mirror


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "site"
    (root / "a").mkdir(parents=True)
    (root / "a" / "b.txt").write_text("in")
    (tmp_path / "secret.txt").write_text("out")
    (root / "link.txt").symlink_to(tmp_path / "secret.txt")
    (root / "up").symlink_to(tmp_path)
    (root / ".git").mkdir()
    (root / ".git" / "config.html").write_text("hidden")
    os.mkfifo(root / "pipe.txt")
    return Folder(root)


def test_a_file_of_the_folder_is_read(folder):
    assert folder.read("a/b.txt") == b"in"
    assert folder.find("/a/b.txt") == "a/b.txt"


@pytest.mark.parametrize(
    "name",
    [
        "../secret.txt",
        "a/../../secret.txt",
        "a\\..\\..\\secret.txt",
        "/etc/passwd",
        "C:\\secret.txt",
        "link.txt",
        "up/secret.txt",
        "pipe.txt",
        "a",
        "",
        "a/b.txt\0.html",
        "nothing.txt",
    ],
)
def test_nothing_else_is(folder, name):
    assert folder.read(name) is None


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/link.txt", "/a/../../secret.txt", "/%00"])
def test_no_address_leads_out(folder, path):
    found = folder.find(path)
    assert found is None or folder.read(found) is None


def test_links_and_hidden_files_are_passed_over_and_counted(folder):
    assert list(folder.names()) == ["pipe.txt", "a/b.txt"]
    assert folder.links == 2


def test_a_file_beyond_the_limit_is_read_one_byte_beyond_it(folder):
    assert folder.read("a/b.txt", most=1) == b"in"


def test_there_must_be_a_folder(tmp_path):
    with pytest.raises(SourceError, match="没有文件夹"):
        Folder(tmp_path / "nothing")


@pytest.mark.parametrize(
    ("file", "path"),
    [
        ("zwgk/t1.html", "/zwgk/t1.html"),
        ("zwgk/index.html", "/zwgk"),
        ("show.aspx?id=3", "/show.aspx?id=3"),
        ("show.aspx@id=3.html", "/show.aspx?id=3"),
        ("show.jsp?b=2&a=1.html", "/show.jsp?a=1&b=2"),
        ("公告/通知.htm", "/%E5%85%AC%E5%91%8A/%E9%80%9A%E7%9F%A5.htm"),
    ],
)
def test_the_name_of_a_file_tells_the_address_it_stood_at(tmp_path, file, path):
    piece = old_site.ordinary(1, style="meta")
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_bytes(old_site.page_of(piece))
    assert [page.address.path for page in Mirror(Folder(tmp_path), old_site.HOST).pages()] == [path]


def test_what_a_mirroring_program_says_of_an_address_counts_more_than_its_file(tmp_path):
    mark = f"<!-- Mirrored from {old_site.HOST}/art/2019/12.html?x=1 by HTTrack -->".encode()
    (tmp_path / "art12abcd.html").write_bytes(mark + old_site.page_of(old_site.ordinary(1, style="meta")))
    (tmp_path / "b.html").write_bytes(
        b"<!-- Mirrored from elsewhere.example.cn/c.html by HTTrack -->" + b"<p>x</p>" * 20
    )
    assert [page.address.path for page in Mirror(Folder(tmp_path), old_site.HOST).pages()] == [
        "/art/2019/12.html?x=1",
        "/b.html",
    ]
