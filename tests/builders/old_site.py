"""Old government sites as content systems left them: three encodings, meta tags or none, tables inside tables.

The words are our own. Each style writes the same piece of information down in its way.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from xml.sax.saxutils import escape as xml

from PIL import Image

HOST = "www.old.hailan.example.cn"
UNIT = "海岚市水利局"
FIRST = date(2015, 3, 2)
STYLES = ("meta", "labels", "broken")
SUBJECTS = ("河道采砂", "水库移民", "农村饮水", "防汛值守", "取水许可", "灌区改造", "河长履职", "堤防巡查")
ACTS = ("管理办法", "实施方案", "工作规则", "考核细则")


@dataclass(frozen=True)
class Piece:
    """One piece of information on the old site; ``links`` are numbers of others it mentions, ``files`` attachments."""

    number: int
    title: str
    column: str = "通知公告"
    unit: str = UNIT
    document_number: str = ""
    index_number: str = ""
    made_on: date | None = FIRST
    published_on: date | None = FIRST + timedelta(days=3)
    paragraphs: tuple[str, ...] = ()
    links: tuple[int, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    pictures: tuple[str, ...] = ()
    style: str = "meta"

    @property
    def path(self) -> str:
        """Where it stood."""
        if self.style == "labels":
            return f"/xxgk/content.asp?id={self.number}"
        return f"/zwgk/tzgg/{self.number // 100:02}/t{self.number}.html"

    @property
    def file(self) -> str:
        """The name under which a mirroring program saved it."""
        return self.path.lstrip("/")


def ordinary(number: int, **changed) -> Piece:
    """Return a piece whose words are those of no other number."""
    subject, act = SUBJECTS[number % len(SUBJECTS)], ACTS[number // len(SUBJECTS) % len(ACTS)]
    made = FIRST + timedelta(days=number % 2500)
    told = {
        "title": f"{UNIT}关于印发《{subject}{act}（{number}）》的通知",
        "document_number": f"岚水〔{made.year}〕{number + 1}号",
        "made_on": made,
        "published_on": made + timedelta(days=number % 15),
        "paragraphs": tuple(
            f"第{place}条　为了做好{subject}工作，第{number}号文件要求各镇街在每月{place}日前报送进展，逾期通报。"
            for place in range(1, 6)
        ),
        "style": STYLES[number % len(STYLES)],
    }
    return Piece(number, **(told | changed))


def text_of(piece: Piece) -> str:
    """Return the inside of the text in HTML, with its links, files and pictures."""
    words = "".join(f"<p style='text-indent:2em'>{escape(one)}</p>\n" for one in piece.paragraphs)
    words += "".join(f'<p>另见<a href="{link}">相关文件</a></p>' for link in map(_link_to, piece.links))
    words += "".join(f'<p><img src="/images/{name}" alt="示意图"></p>' for name in piece.pictures)
    words += "".join(f'<p>附件：<a href="/files/{name}">{label}</a></p>' for name, label in piece.files)
    if piece.made_on is not None:
        day = piece.made_on
        words += f'<p align="right">{piece.unit}</p><p align="right">{day.year}年{day.month}月{day.day}日</p>'
    return words


def _link_to(number: int) -> str:
    return ordinary(number).path


def page_of(piece: Piece) -> bytes:
    """Return the page of ``piece`` in its style: encoded as its system did, whatever the page says of itself."""
    return {"meta": _meta, "labels": _labels, "broken": _broken}[piece.style](piece)


def _menu() -> str:
    return "<ul>" + "".join(f'<li><a href="/c{n}/">栏目{n}</a></li>' for n in range(12)) + "</ul>"


def _meta(piece: Piece) -> bytes:
    """UTF-8 with the tags of 国办发〔2017〕47号 and a container that is called."""
    tags = {
        "SiteName": "海岚市人民政府",
        "ArticleTitle": piece.title,
        "PubDate": f"{piece.published_on} 09:30" if piece.published_on else "",
        "ContentSource": piece.unit,
        "ColumnName": piece.column,
    }
    metas = "".join(f'<meta name="{name}" content="{escape(words)}">' for name, words in tags.items())
    head = f"<p>索引号：{piece.index_number}　文号：{piece.document_number}</p>"
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(piece.title)}_海岚市人民政府</title>
    {metas}
    <script>var a = "<p>不是正文</p>";</script></head><body><div class="header">{_menu()}</div>
    <div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; {piece.column}</div>
    <div class="main"><h1>{escape(piece.title)}</h1>{head}<div class="TRS_Editor"><style>p{{margin:0}}</style>
    {text_of(piece)}</div></div><div class="footer">版权所有 海岚市人民政府 {_menu()}</div></body></html>""".encode()


def _labels(piece: Piece) -> bytes:
    """GB18030 that calls itself gb2312, laid out in tables inside tables, with a table of labels above the text."""
    made = piece.made_on.isoformat() if piece.made_on else ""
    published = piece.published_on.isoformat() if piece.published_on else ""
    cells = (
        ("索 引 号：", piece.index_number, "文　　号：", piece.document_number),
        ("发布机构：", piece.unit, "生成日期：", made),
        ("发布日期：", published, "信息分类：", piece.column),
    )
    rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in cells)
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
    <title>{escape(piece.title)}-海岚市水利局网站</title></head><body>
    <table width=980><tr><td>{_menu()}</td></tr><tr><td><table><tr><td><table border=1>{rows}</table></td></tr>
    <tr><td align=center><h1>{escape(piece.title)}</h1></td></tr>
    <tr><td><table><tr><td>{text_of(piece)}</td></tr></table></td></tr></table></td></tr>
    <tr><td class="copyright">海岚市水利局主办 地址：澜江路1号</td></tr></table></body></html>""".encode("gb18030")


def _broken(piece: Piece) -> bytes:
    """UTF-8 that calls itself gb2312, with nothing closed and nothing called."""
    text = text_of(piece).replace("</p>", "").replace("</a>", "</A>")
    menu = "".join(f"<LI><A href=/c{n}/>栏目{n}</A>" for n in range(9))
    return f"""<HTML><META http-equiv=Content-Type content="text/html; charset=gb2312">
    <TITLE>{escape(piece.title)}</TITLE><BODY><DIV id=top><UL>{menu}</UL></DIV>
    <DIV>您现在的位置：首页 > {piece.column} > 正文</DIV>
    <DIV><DIV><FONT size=4><B>{escape(piece.title)}</B></FONT></DIV>
    <DIV>发布时间：{piece.published_on or ""} 来源：{piece.unit} 文号：{piece.document_number} 浏览次数：17</DIV>
    <DIV>{text}</DIV></DIV><DIV id=footer>联系我们""".encode()


def listing(column: str, pieces) -> bytes:
    """Return a column page: links and nothing else."""
    items = "".join(f'<li><a href="{one.path}">{escape(one.title)}</a></li>' for one in pieces)
    return f"""<html><head><meta charset="utf-8"><title>{column}</title><meta name="ColumnName" content="{column}">
    <meta name="ColumnType" content="政务公开"></head>
    <body><div class="list"><ul>{items}</ul></div></body></html>""".encode()


def lay(folder, pieces, files=()) -> None:
    """Write a mirror of a site with ``pieces``, their column pages, files and pictures into ``folder``."""
    for one in pieces:
        _write(folder / one.file, page_of(one))
        for name, _ in one.files:
            _write(folder / "files" / name, pdf_like(name))
        for name in one.pictures:
            _write(folder / "images" / name, picture())
    for column in sorted({one.column for one in pieces}):
        of_column = [one for one in pieces if one.column == column]
        _write(folder / "col" / column / "index.html", listing(column, of_column))
    for name, data in files:
        _write(folder / name, data)


def _write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def pdf_like(words: str) -> bytes:
    """Return a small text file that stands for an attachment; its name must end with txt."""
    return f"附件内容：{words}。每月五日前报送。\n".encode()


def picture() -> bytes:
    """Return a small picture."""
    from io import BytesIO  # noqa: PLC0415 -- for this alone

    data = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(data, "PNG")
    return data.getvalue()


def wxr(pieces, attachments=(), *, encoding="utf-8", extra="", status="publish") -> bytes:
    """Return an export of WordPress with ``pieces`` as posts; ``attachments`` are (parent, path) of uploads."""
    items = "".join(
        f"""<item><title>{xml(one.title)}</title><link>http://{HOST}/{one.number}.html</link>
        <content:encoded><![CDATA[{text_of(one)}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
        <wp:post_id>{one.number}</wp:post_id><wp:post_date>{one.published_on} 09:30:00</wp:post_date>
        <wp:status>{status}</wp:status><wp:post_type>post</wp:post_type><wp:post_password></wp:post_password>
        <category domain="category" nicename="tz"><![CDATA[{one.column}]]></category>
        <category domain="post_tag" nicename="x"><![CDATA[标签]]></category>
        <wp:postmeta><wp:meta_key>文号</wp:meta_key><wp:meta_value><![CDATA[{one.document_number}]]></wp:meta_value>
        </wp:postmeta><wp:postmeta><wp:meta_key>laiyuan</wp:meta_key><wp:meta_value>{one.unit}</wp:meta_value>
        </wp:postmeta></item>"""
        for one in pieces
    )
    items += "".join(
        f"""<item><title>{xml(path.rpartition("/")[2])}</title><wp:post_id>9{parent}</wp:post_id>
        <wp:post_parent>{parent}</wp:post_parent><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status>
        <wp:attachment_url>http://{HOST}{path}</wp:attachment_url></item>"""
        for parent, path in attachments
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>{extra}
    <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
    xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:wp="http://wordpress.org/export/1.2/">
    <channel><title>海岚</title><wp:wxr_version>1.2</wp:wxr_version>{items}</channel></rss>""".encode(encoding)
