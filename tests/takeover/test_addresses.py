"""However an old address is written, it has one spelling, and that one spelling leads to itself."""

from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gongkai.takeover.addresses import LONGEST, normalise, spelt

# 写法 / 所在网页 / 统一的地址
SPELLINGS = (
    ("/a/index.html", "", "/a"),
    ("/a/", "", "/a"),
    ("/a", "", "/a"),
    ("/", "", "/"),
    ("/index.shtml", "", "/"),
    ("a/../b.html", "http://h/", "/b.html"),
    ("../../../etc/passwd", "http://h/a/", "/etc/passwd"),
    ("t1.html", "http://h/col/2/", "/col/2/t1.html"),
    ("t1.html", "http://h/col/2", "/col/t1.html"),
    ("?id=3", "http://h/show.aspx?id=2", "/show.aspx?id=3"),
    ("#top", "http://h/a.html", "/a.html"),
    ("/a.html#part", "", "/a.html"),
    ("//a//b///c.html", "http://h/", "/b/c.html"),
    ("\\a\\b.html", "http://h/", "/a/b.html"),
    ("/%B9%AB%B8%E6.html", "", "/%E5%85%AC%E5%91%8A.html"),
    ("/公告.html", "", "/%E5%85%AC%E5%91%8A.html"),
    ("/%e5%85%ac%e5%91%8a.html", "", "/%E5%85%AC%E5%91%8A.html"),
    ("/s?b=2&a=1", "", "/s?a=1&b=2"),
    ("/s?a=1&amp;b=2", "", "/s?a=1&b=2"),
    ("/s?t=%B9%AB", "", "/s?t=%E5%85%AC"),
    ("/s?id=3&utm_source=w&spm=1&_t=99", "", "/s?id=3"),
    ("/a;jsessionid=0A1B/b.jsp", "", "/a/b.jsp"),
    (" /a b.html\n", "", "/ab.html"),
    ("/a%20b.html", "", "/a%20b.html"),
)


@pytest.mark.parametrize(("link", "base", "path"), SPELLINGS)
def test_every_way_of_writing_an_address_becomes_one(link, base, path):
    assert normalise(link, base).path == path


@pytest.mark.parametrize(
    "link",
    ["javascript:void(0)", "mailto:a@example.cn", "data:text/html,x", "ftp://h/a", "http://[::1", "/%00", "http:///a"],
)
def test_what_is_no_address_of_a_page_has_none(link):
    assert normalise(link, "") is None


def test_the_host_is_written_in_one_way_too():
    for link in ("HTTP://WWW.Example.CN./a", "https://www.example.cn:443/a", "http://www.example.cn:80/a"):
        assert normalise(link) == ("www.example.cn", "/a")
    assert normalise("http://www.example.cn:8080/a").host == "www.example.cn:8080"


def test_an_address_that_nobody_can_have_linked_to_is_none():
    assert normalise("/" + "a" * LONGEST) is None


TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


@given(path=TEXT, query=TEXT, host=TEXT)
@example(path="%2525", query="%2526=%253D", host="")
@example(path="..//%2e%2e/", query="a=b=c", host="")
@example(path="/%81%30%81%30", query="", host="")
def test_the_spelling_of_an_address_is_its_own_spelling(path, query, host):
    found = spelt(host, path, query)
    if found is not None:
        again = spelt(found.host, *found.path.split("?", 1))
        assert again == found
        assert found.path.startswith("/")
        assert found.path.isascii()
        assert not any(part in {".", ".."} for part in found.path.partition("?")[0].split("/"))


@given(words=st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12))
@example(words="公告")
def test_a_name_in_gb18030_is_the_name_in_utf_8_or_readable_as_it(words):
    """Two bytes of GB18030 may by chance be a character of UTF-8: only then they are taken for it."""
    in_gb, in_utf = words.encode("gb18030"), words.encode()
    try:
        in_gb.decode("utf-8")
    except UnicodeDecodeError:
        assert normalise(f"/{quote(in_gb)}.html") == normalise(f"/{quote(in_utf)}.html")


@given(link=st.text(max_size=60), base=st.sampled_from(["", "http://h/", "http://h/a/b?c=d", "x"]))
def test_no_link_breaks_the_reader(link, base):
    normalise(link, base)
