"""A table of pages beside a folder of their texts and files, however it is encoded."""

from datetime import date

import pytest

from builders.old_site import HOST
from gongkai.takeover.errors import SourceError
from gongkai.takeover.reading.opening import open_site
from gongkai.takeover.reading.table import corrections

TODAY = date(2026, 6, 3)
HEAD = "原地址,标题,文号,发布机构,生成日期,发布日期,栏目,正文,正文文件,附件,处理\n"
ROW = f"http://{HOST}/a.html,关于清淤的通知,岚水[2019]12号,水利局,2019-3-1,2019/3/5,政务公开/通知,,t/a.html,f/表.txt;../x.txt,\n"


@pytest.fixture
def table(tmp_path):
    def made(text, encoding="utf-8"):
        (tmp_path / "t").mkdir(exist_ok=True)
        (tmp_path / "f").mkdir(exist_ok=True)
        (tmp_path / "t" / "a.html").write_bytes("<p>各镇街应当报送进展情况，逾期通报。</p>".encode("gb18030"))
        (tmp_path / "f" / "表.txt").write_text("表")
        path = tmp_path / "list.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return made


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_row_is_a_page_with_its_text_and_files(table, encoding):
    site = open_site(table(HEAD + ROW, encoding), HOST, None, TODAY)
    (page,) = site.pages()
    assert (page.title, page.document_number, page.unit) == ("关于清淤的通知", "岚水〔2019〕12号", "水利局")
    assert (page.made_on, page.published_on, page.column) == (date(2019, 3, 1), date(2019, 3, 5), ("政务公开", "通知"))
    assert "报送进展" in page.body
    assert page.problems == ()
    assert [site.read_file(file) for file in page.files] == ["表".encode(), None]


def test_text_may_stand_in_the_cell(table):
    text = HEAD + f'http://{HOST}/a.html,题,,,,,,"第一行<1>\n第二行",,,\n'
    (page,) = open_site(table(text), HOST, None, TODAY).pages()
    assert page.body == "<p>第一行&lt;1&gt;</p><p>第二行</p>"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("abc,题,,,,,,文,,,\n", "原地址"),
        ("http://other.example.cn/a,题,,,,,,文,,,\n", "原地址"),
        (f"http://{HOST}/a,题,,,2019-02-30,,,文,,,\n", "生成日期：“2019-02-30”不是存在的日期"),
        (f"http://{HOST}/a,题,,,2099-01-01,,,文,,,\n", "晚于今天"),
        (f"http://{HOST}/a,题,1.2E+10,,,,,文,,,\n", "科学计数法"),
        (f"http://{HOST}/a,{'题' * 301},,,,,,文,,,\n", "超过 300"),
        (f"http://{HOST}/a,题,,,,,,,../../etc/passwd,,\n", "文件夹里没有"),
        (f"http://{HOST}/a,题,,,,,,文,,,也许\n", "不是处理意见"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_of_the_row(table, row, words):
    (page,) = open_site(table(HEAD + row), HOST, None, TODAY).pages()
    assert words in "；".join(page.problems)


def test_a_table_without_its_captions_is_refused(table):
    with pytest.raises(SourceError, match="缺少 “原地址”"):
        list(open_site(table("甲,乙\n1,2\n"), HOST, None, TODAY).pages())


def test_a_mended_report_gives_what_it_gives_and_no_more(table):
    given = corrections(table("原地址,标题,生成日期,发布机构,处理\n/a.html,,2019-3-2,,核定公开\n"), HOST, TODAY)
    page, names = given["/a.html"]
    assert (page.made_on, names, page.is_approved) == (date(2019, 3, 2), frozenset({"made_on"}), True)


def test_a_mended_report_with_a_mistake_is_taken_not_at_all(table):
    with pytest.raises(SourceError, match="没有采用"):
        corrections(table("原地址,标题,生成日期\n/a.html,题,2019-2-31\nx,题,\n"), HOST, TODAY)


def test_a_source_of_no_known_kind_is_refused(tmp_path):
    (tmp_path / "a.doc").write_bytes(b"x")
    for name in ("a.doc", "nothing.csv"):
        with pytest.raises(SourceError):
            open_site(tmp_path / name, HOST, None, TODAY)
