"""A table of pages (csv or xlsx) with a folder of texts and attachments; mended reports come back in the same shape."""

from __future__ import annotations

import hashlib
import html
import re
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from gongkai.tables import captions, cells
from gongkai.tables.book import BookReader
from gongkai.tables.captions import Field
from gongkai.tables.errors import TableError
from gongkai.tables.text import EncodingWatch, TextReader
from gongkai.takeover.addresses import Address, normalise
from gongkai.takeover.errors import SourceError, UnreadablePageError
from gongkai.takeover.reading import links, static, tree, words
from gongkai.takeover.reading.page import OldFile, OldPage, Shape

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping
    from pathlib import Path

    from gongkai.tables.sheet import Reader
    from gongkai.takeover.reading.folder import Folder

LEAVE, APPROVE = "不收", "核定公开"
"""What a person may decide on a page: not to take it, or to take it though it shows personal data."""
FIELDS = (
    Field("address", ("原地址", "网址", "链接", "URL", "地址"), True, "原网站上的地址"),
    Field("title", ("标题", "名称", "信息名称"), True, "至多 300 字"),
    Field("document_number", ("文号", "发文字号"), False, "没有的留空"),
    Field("index_number", ("索引号", "信息索引号"), False, "原网站的索引号"),
    Field("unit", ("发布机构", "来源", "发文机关", "发布单位"), False, "机构全称、简称或原名称"),
    Field("made_on", ("生成日期", "成文日期", "发文日期"), False, "2024-01-31 的形式"),
    Field("published_on", ("发布日期", "发布时间", "公开日期"), False, "2024-01-31 的形式"),
    Field("column", ("栏目", "所属栏目", "原栏目"), False, "上下级以 / 分隔"),
    Field("keywords", ("关键词", "主题词"), False, "至多 200 字"),
    Field("summary", ("内容概述", "摘要"), False, "至多 500 字"),
    Field("body", ("正文", "内容"), False, "文字或 HTML"),
    Field("body_file", ("正文文件",), False, "文件夹中的 html 或 txt 文件"),
    Field("files", ("附件", "附件文件"), False, "文件夹中的文件，以分号分隔"),
    Field("wanted", ("解读对象",), False, "所解读文件的文号或标题"),
    Field("decision", ("处理",), False, f"空、{LEAVE} 或 {APPROVE}"),
)
"""The columns of a table of pages. A mended report need not have those that are right."""
MENDED = ("title", "document_number", "index_number", "unit", "made_on", "published_on", "column", "wanted")
"""What a mended report may change of a page."""
_SEVERAL = re.compile(r"[;；\n]")
_MOST = {"title": 300, "keywords": 200, "summary": 500, "column": 200, "unit": 120, "index_number": 40, "wanted": 300}


class PageTable:
    """The pages of a table at ``path``; ``folder`` holds the texts and attachments it names."""

    def __init__(self, path: Path, host: str, folder: Folder | None, today: date) -> None:
        self._path = path
        self._host = host
        self._folder = folder
        self._today = today

    def pages(self) -> Generator[OldPage]:
        """Yield the rows as pages; what is wrong with one stands in its ``problems``. Raises ``SourceError``."""
        for found, place, serial in rows_of(self._path):
            if (address := self._address(found["address"])) is None:
                lost = Address(self._host, f"/#{place}")
                yield OldPage(
                    address=lost, place=place, digest="", problems=(f"原地址：“{found['address'][:60]}”不是网址",)
                )
                continue
            page, problems = _told(OldPage(address=address, place=place, digest=""), found, self._today, serial)
            base = found["address"] if "//" in found["address"] else f"http://{self._host}{address.path}"
            try:
                page = self._with_text(page, found, base)
            except UnreadablePageError as error:
                problems.append(str(error))
            yield replace(page, problems=tuple(problems))

    def read_file(self, file: OldFile) -> bytes | None:
        """Return the bytes of a file that the table names, or that lies where its address says."""
        if self._folder is None:
            return None
        data = self._folder.read(file.address.path.removeprefix("file:")) if file.address.host == "" else None
        if data is None and (name := self._folder.find(file.address.path)) is not None:
            data = self._folder.read(name)
        return data

    def _address(self, words_of: str) -> Address | None:
        if not words_of or not re.match(r"https?://|/|\?", words_of, re.IGNORECASE):
            return None
        address = normalise(words_of, f"http://{self._host}/")
        return address if address is not None and address.host == self._host else None

    def _with_text(self, page: OldPage, found: Mapping[str, str], base: str) -> OldPage:
        text, data = found["body"], b""
        if found["body_file"]:
            read = self._folder.read(found["body_file"], tree.MAX_PAGE_BYTES) if self._folder is not None else None
            if read is None:
                raise UnreadablePageError(f"正文文件：文件夹里没有“{found['body_file'][:80]}”")
            data = read
        digest = hashlib.sha256(repr(sorted(found.items())).encode() + data).hexdigest()
        page = replace(page, digest=digest)
        if data and links.suffix_of(found["body_file"]) in {"html", "htm", "shtml"}:
            read_page = static.read(data, address=page.address, base=base, place=page.place)
            if read_page.shape is Shape.ARTICLE:
                told = {name: value for name in MENDED if (value := getattr(page, name))}
                told |= {"is_left_out": page.is_left_out, "is_approved": page.is_approved}
                page = replace(read_page, **told, digest=digest, keywords=page.keywords, summary=page.summary)
        if not page.body and (data or text):
            words_of = tree.decoded(data, page.place) if data else text
            markup = words_of if re.search(r"</?[a-zA-Z][^>]*>", words_of) else _typed(words_of)
            body, files, lines = static.piece(markup, base=base, host=self._host, place=page.place)
            made = page.made_on or words.signed_on(lines)
            page = replace(page, body=body, files=tuple(files), made_on=made)
        named = tuple(
            OldFile(Address("", name), links.file_name(Address("", name), ""))
            for part in _SEVERAL.split(found["files"])
            if (name := part.strip())
        )
        return replace(page, files=(*page.files, *named))


def corrections(path: Path, host: str, today: date) -> dict[str, tuple[OldPage, frozenset[str]]]:
    """Return what a mended report says of each address: a page with what it gives, and the names of that.

    Raises ``SourceError`` with every row that cannot be used: a correction is never half taken.
    """
    table = PageTable(path, host, None, today)
    found: dict[str, tuple[OldPage, frozenset[str]]] = {}
    wrong: list[str] = []
    for cells_of, place, serial in rows_of(path):
        address = table._address(cells_of["address"])  # noqa: SLF001 -- of this module
        if address is None:
            wrong.append(f"第 {place} 行：原地址不是 {host} 的网址")
            continue
        page, problems = _told(OldPage(address=address, place=place, digest=""), cells_of, today, serial)
        given = frozenset(name for name in MENDED if cells_of[name].strip())
        wrong += [f"第 {place} 行：{words_of}" for words_of in problems]
        found[address.path] = (page, given)
    if wrong:
        more = f"等 {len(wrong)} 处" if len(wrong) > 5 else ""  # noqa: PLR2004 -- enough to begin with
        raise SourceError(f"{path.name} 有错，没有采用：{'；'.join(wrong[:5])}{more}。请改正后重试。")
    return found


def rows_of(path: Path) -> Iterator[tuple[dict[str, str], str, bool]]:
    """Yield each row of a table of pages by field name, its place, and whether days may be counted as Excel does."""
    with opened(path) as reader:
        for sheet in reader.sheets():
            where = f"工作表“{sheet.name}”" if sheet.name else path.name
            layout = captions.find(sheet.rows, FIELDS, frozenset(), where)
            if layout is None:
                continue
            for number, row in enumerate(sheet.rows, sheet.base + layout.header_row + 1):
                if any(cell.strip() for cell in row):
                    at = layout.places
                    found = {
                        one.name: row[at[one.name]].strip() if one.name in at and at[one.name] < len(row) else ""
                        for one in FIELDS
                    }
                    yield found, reader.place(number), reader.serial_days


@contextmanager
def opened(path: Path) -> Iterator[Reader]:
    """Open a table, csv or xlsx; what is wrong with it becomes a ``SourceError`` that names it."""
    try:
        reader = _open(path)
    except OSError as error:
        raise SourceError(f"{path} 打不开（{error.strerror}）。请核对路径和权限。") from error
    except TableError as error:
        raise SourceError(f"{path.name}：{error}") from error
    try:
        yield reader
    except TableError as error:
        raise SourceError(f"{path.name}：{error}") from error
    finally:
        reader.close()


def _open(path: Path) -> Reader:
    with path.open("rb") as raw:
        if raw.read(4) == b"PK\x03\x04":
            return BookReader(path)
        raw.seek(0)
        watch = EncodingWatch()
        for piece in iter(lambda: raw.read(1 << 20), b""):
            watch.feed(piece)
    return TextReader(path, watch.found())


def _told(page: OldPage, found: Mapping[str, str], today: date, serial: bool) -> tuple[OldPage, list[str]]:
    """Return the page with what the cells of its row say, and what is wrong with them."""
    complaints = cells.Complaints({one.name: one.caption for one in FIELDS})
    texts = {name: complaints.take(name, cells.text, found[name], most) for name, most in _MOST.items()}
    number = complaints.take("document_number", cells.number, found["document_number"])
    days = {}
    for name in ("made_on", "published_on"):
        day = complaints.take(name, _day, found[name], today, serial)
        days[name] = date.fromisoformat(day) if day else None
    decision = found["decision"].strip()
    if decision not in {"", LEAVE, APPROVE}:
        complaints.add("decision", f"“{decision[:20]}”不是处理意见，请填“{LEAVE}”或“{APPROVE}”，或者留空")
    column = tuple(part.strip() for part in texts.pop("column").split("/") if part.strip())
    told = replace(
        page,
        **texts,
        **days,
        column=column,
        document_number=number,
        is_left_out=decision == LEAVE,
        is_approved=decision == APPROVE,
    )
    return told, complaints.words


def _day(cell: str, today: date, serial: bool) -> str:
    return cells.day(cell, latest=today, serial=serial)


def _typed(text: str) -> str:
    return "".join(f"<p>{html.escape(line.strip(), quote=False)}</p>" for line in text.splitlines() if line.strip())
