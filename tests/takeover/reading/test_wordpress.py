"""An export of WordPress: published posts with their columns, attachments and numbers; hostile ones are refused."""

from datetime import date

import pytest

from builders.old_site import HOST, UNIT, ordinary, wxr
from gongkai.takeover.errors import SourceError
from gongkai.takeover.reading.folder import Folder
from gongkai.takeover.reading.wordpress import Export

ATTACHED = ((1, "/wp-content/uploads/2015/03/form.txt"), (1, "/wp-content/uploads/2015/03/photo.jpg"))


@pytest.fixture
def export(tmp_path):
    def made(data, folder=None):
        path = tmp_path / "export.xml"
        path.write_bytes(data)
        return Export(path, HOST, Folder(folder) if folder is not None else None)

    return made


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_posts_are_read_however_the_file_is_really_encoded(export, encoding):
    pieces = [ordinary(n, unit=UNIT) for n in (1, 2, 3)]
    pages = list(export(wxr(pieces, ATTACHED, encoding=encoding)).pages())
    assert [page.title for page in pages] == [piece.title for piece in pieces]
    assert [page.document_number for page in pages] == [piece.document_number for piece in pieces]
    assert [page.published_on for page in pages] == [piece.published_on for piece in pieces]
    assert [page.made_on for page in pages] == [piece.made_on for piece in pieces]
    assert {(page.unit, page.column) for page in pages} == {(UNIT, ("通知公告",))}
    assert [page.address.path for page in pages] == ["/1.html", "/2.html", "/3.html"]
    assert [one.name for one in pages[0].files] == ["form.txt"]


def test_attachments_lie_in_the_folder_of_uploads(export, tmp_path):
    (tmp_path / "uploads" / "2015" / "03").mkdir(parents=True)
    (tmp_path / "uploads" / "2015" / "03" / "form.txt").write_text("表")
    site = export(wxr([ordinary(1)], ATTACHED), tmp_path / "uploads")
    (file,) = next(site.pages()).files
    assert site.read_file(file).decode() == "表"


def test_plain_text_with_empty_lines_becomes_paragraphs(export):
    data = wxr([ordinary(1, paragraphs=())]).replace(
        b"<p align", b"\n\n[gallery ids='1']\xe4\xb8\x80\n\n\xe4\xba\x8c<b>x</b>\n\n<q align"
    )
    data = data.replace(b"</p>", b"</q>")
    assert "<p>一</p><p>二<b>x</b></p>" in next(export(data).pages()).body


@pytest.mark.parametrize("status", ["draft", "private", "trash"])
def test_what_was_never_public_is_left_out_and_said_so(export, status):
    (page,) = export(wxr([ordinary(1)], status=status)).pages()
    assert page.is_left_out
    assert "没有公开" in page.notes[0]
    assert page.body == ""


BOMB = (
    """<!DOCTYPE rss [<!ENTITY a "0123456789"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>"""
)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (wxr([ordinary(1)], extra=BOMB), "文档类型或实体"),
        (wxr([ordinary(1)], extra='<!DOCTYPE rss SYSTEM "http://example.cn/x.dtd">'), "文档类型或实体"),
        (b" " * 70_000 + b"<!DOCTYPE rss><rss/>", "文档类型|不是完整"),
        (wxr([ordinary(n) for n in range(3)])[:-400], "没有导出完"),
        (b"<feed><entry/></feed>", "不是 WordPress"),
        (b"<rss>" + b"<a>" * 200 + b"</a>" * 200 + b"</rss>", "嵌套异常"),
        (b"\xff\xfe\x00" * 99, "编码|空字节|完整"),
    ],
)
def test_a_file_that_is_no_honest_export_is_refused(export, data, words):
    with pytest.raises(SourceError, match=words):
        list(export(data).pages())


def test_entities_are_never_resolved_even_where_the_declaration_hides(export, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("机要内容")
    hidden = "<?x " + "y" * 70_000 + f'?><!DOCTYPE rss [<!ENTITY s SYSTEM "file://{secret}"><!ENTITY t "机要内容">]>'
    data = wxr([ordinary(1, title="题")], extra=hidden).replace("<title>题".encode(), "<title>题&s;&t;".encode())
    try:
        titles = [page.title for page in export(data).pages()]
    except SourceError:
        return
    assert "机要内容" not in "".join(titles)


def test_control_characters_that_databases_keep_do_not_end_the_reading(export):
    data = wxr([ordinary(1), ordinary(2)]).replace("报送".encode(), b"\x0b\x01" + "报送".encode())
    assert len(list(export(data).pages())) == 2


def test_a_post_without_an_address_has_that_of_its_number(export):
    data = wxr([ordinary(5)]).replace(f"<link>http://{HOST}/5.html</link>".encode(), b"<link></link>")
    (page,) = export(data).pages()
    assert page.address.path.startswith("/")
    assert page.made_on == date(2015, 3, 7)
