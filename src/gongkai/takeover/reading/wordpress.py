"""An export of WordPress (WXR): the published posts and pages, their attachments from a folder of uploads."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from typing import IO, TYPE_CHECKING

from lxml import etree

from gongkai.tables.errors import TableError
from gongkai.tables.text import EncodingWatch
from gongkai.takeover.addresses import Address, normalise
from gongkai.takeover.errors import SourceError, UnreadablePageError
from gongkai.takeover.reading import links, static, words
from gongkai.takeover.reading.page import OldFile, OldPage

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from gongkai.takeover.reading.folder import Folder

MAX_ITEM = 16 << 20
"""Characters of one item; libxml2 itself stops at ten million in one text."""
_CHUNK = 1 << 16
_CONTROL = bytes(set(range(32)) - {9, 10, 13})
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PROLOGUE = 1 << 16
_DECLARED = "文件声明了文档类型或实体，正常的导出文件不会有，已停止读取。请核对文件来源。"
_KINDS = frozenset({"post", "page"})
_NOT_OUT = {
    "draft": "草稿",
    "pending": "待审",
    "private": "私密",
    "trash": "回收站",
    "future": "定时发布",
    "inherit": "修订",
}
_META = {
    "wenhao": "document_number",
    "document_number": "document_number",
    "suoyinhao": "index_number",
    "index_number": "index_number",
    "source": "unit",
    "laiyuan": "unit",
} | {caption: name for name, captions in words.LABELS.items() for caption in captions}
_PARAGRAPHS = re.compile(r"\n\s*\n")
_SHORTCODE = re.compile(r"\[/?(?:caption|gallery|embed|audio|video|playlist)\b[^\]]{0,500}\]")
_BLOCK_MARK = re.compile(r"<!--\s*/?wp:.{0,500}?-->", re.DOTALL)


@dataclass(slots=True)
class _Item:
    """What an item of the export says, by the local names of its elements."""

    texts: dict[str, str] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.texts.get(name, "").strip()


class Export:
    """The export in the file ``path`` of the site that stood at ``host``; ``folder`` holds the files, as uploaded."""

    def __init__(self, path: Path, host: str, folder: Folder | None) -> None:
        """Raise ``SourceError`` where it is no export, or one that is built to do harm."""
        self._path = path
        self._host = host
        self._folder = folder
        self._encoding = _encoding(path)
        self._attached: dict[str, list[OldFile]] | None = None

    def pages(self) -> Generator[OldPage]:
        """Yield the posts and pages in the order of the export; what was never published is left out and said so."""
        if self._attached is None:
            self._attached = self._attachments()
        for number, item in enumerate(self._items(), 1):
            if item["post_type"] in _KINDS:
                yield self._page(item, f"第 {number} 条")

    def read_file(self, file: OldFile) -> bytes | None:
        """Return the bytes of a file of the site; ``None`` where the folder has it not."""
        if self._folder is None:
            return None
        path = file.address.path
        tries = [path, path.removeprefix("/wp-content/uploads"), path.removeprefix("/wp-content")]
        name = next((name for one in tries if (name := self._folder.find(one)) is not None), None)
        return None if name is None else self._folder.read(name)

    def _page(self, item: _Item, place: str) -> OldPage:
        whole = item["link"] or item["guid"]
        base = whole if whole.startswith("http") else f"http://{self._host}/{whole.lstrip('/')}"
        address = normalise(base)
        if address is None or address.host != self._host:
            address = Address(self._host, address.path if address is not None else f"/?p={item['post_id']}")
        status = item["status"]
        digest = hashlib.sha256(repr((sorted(item.texts.items()), item.columns, sorted(item.meta.items()))).encode())
        told = {name: value for key, value in item.meta.items() if (name := _META.get(key)) is not None}
        said = OldPage(
            address=address,
            place=f"{place}（{item['post_id']}）" if item["post_id"] else place,
            digest=digest.hexdigest(),
            title=" ".join(item["title"].split()),
            column=tuple(dict.fromkeys(item.columns))[:1],
        )
        if status != "publish" or item["post_password"]:
            why = "设有访问密码" if status == "publish" else f"状态是“{_NOT_OUT.get(status, status)}”"
            return replace(said, is_left_out=True, notes=(f"原网站没有公开（{why}），不接收",))
        try:
            html, files, lines = static.piece(_paragraphs(item["encoded"]), base=base, host=self._host, place=place)
        except UnreadablePageError as error:
            return replace(said, problems=(str(error),))
        files += [
            one for one in (self._attached or {}).get(item["post_id"], []) if one not in files and not one.is_picture
        ]
        labelled = words.labelled(lines[:40]) | told
        known = {one.address.path: one for one in files}
        made = words.day_in(labelled.get("made_on", "")) or words.signed_on(lines)
        return replace(
            said,
            document_number=words.spelt_number(labelled.get("document_number", "")) or words.first_number(lines),
            index_number=labelled.get("index_number", ""),
            unit=labelled.get("unit", ""),
            made_on=made,
            published_on=words.day_in(item["post_date"]),
            summary=" ".join(item["excerpt"].split())[:500],
            body=html,
            files=tuple(known.values()),
            notes=("属于多个栏目：" + "、".join(dict.fromkeys(item.columns)),) if len(set(item.columns)) > 1 else (),
            found={"title": "WXR", "published_on": "WXR", "made_on": "正文" if made else ""},
        )

    def _attachments(self) -> dict[str, list[OldFile]]:
        found: dict[str, list[OldFile]] = {}
        for item in self._items():
            address = normalise(item["attachment_url"]) if item["post_type"] == "attachment" else None
            if address is None or address.host not in {"", self._host}:
                continue
            is_picture = links.suffix_of(address.path) in {"jpg", "jpeg", "png", "gif", "bmp", "webp"}
            file = OldFile(address, links.file_name(address, item["title"]), is_picture=is_picture)
            found.setdefault(item["post_parent"], []).append(file)
        return found

    def _items(self) -> Iterator[_Item]:
        with self._path.open("rb") as raw:
            stream = _Printable(raw, self._encoding)
            parser = etree.iterparse(
                stream,
                events=("start", "end"),
                encoding=self._encoding,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                dtd_validation=False,
                remove_comments=True,
                remove_pis=True,
                huge_tree=False,
            )
            try:
                yield from _walk(parser)
            except etree.XMLSyntaxError as error:
                line = f"约第 {error.lineno} 行起" if error.lineno else ""
                raise SourceError(
                    f"{self._path.name} {line}不是完整的 XML：文件可能没有导出完。请重新导出。"
                ) from error


def _walk(parser: etree.iterparse) -> Iterator[_Item]:
    depth = 0
    for event, element in parser:
        if event == "start":
            depth += 1
            if depth == 1 and element.getroottree().docinfo.doctype:
                raise SourceError(_DECLARED)
            if depth == 1 and element.tag != "rss":
                raise SourceError("文件不是 WordPress 的导出文件（根元素应为 rss）。请用“工具 → 导出”重新导出。")
            if depth > 12:  # noqa: PLR2004 -- rss/channel/item/postmeta/meta_key are five
                raise SourceError("文件的嵌套异常，不是 WordPress 的导出文件，已停止读取。请核对文件来源。")
            continue
        depth -= 1
        if element.tag == "item":
            yield _item(element)
        if depth <= 2:  # noqa: PLR2004 -- an item or what stands beside it is done with
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _item(element: etree._Element) -> _Item:
    item = _Item()
    size = 0
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = child.tag.rpartition("}")[2]
        text = child.text or ""
        size += len(text)
        if size > MAX_ITEM:
            raise SourceError("有一条内容异常庞大，已停止读取。请核对文件来源。")
        if name == "category" and child.get("domain") == "category":
            item.columns.append(" ".join(text.split()))
        elif name == "postmeta":
            found = {one.tag.rpartition("}")[2]: (one.text or "").strip() for one in child if isinstance(one.tag, str)}
            item.meta[found.get("meta_key", "")] = found.get("meta_value", "")
        elif name == "encoded":
            item.texts["excerpt" if "excerpt" in child.tag else "encoded"] = text
        else:
            item.texts.setdefault(name, text)
    return item


class _Printable:
    """A stream without the control characters that databases keep and XML forbids; it refuses a document type."""

    def __init__(self, raw: IO[bytes], encoding: str) -> None:
        self._raw = raw
        self._is_wide = encoding == "utf-16"
        self._is_first = True

    def read(self, size: int = -1) -> bytes:
        data = self._raw.read(max(size, _CHUNK) if size >= 0 else _CHUNK)
        if self._is_first:
            self._is_first = False
            if _DOCTYPE.search(data.replace(b"\0", b"")[:_PROLOGUE].partition(b"<rss")[0]):
                raise SourceError(_DECLARED)
        return data if self._is_wide else data.translate(None, _CONTROL)


def _encoding(path: Path) -> str:
    """Return how the file is really encoded, whatever its first line says."""
    watch = EncodingWatch()
    try:
        with path.open("rb") as raw:
            for piece in iter(lambda: raw.read(1 << 20), b""):
                watch.feed(piece.translate(None, b"\0") if not piece.startswith((b"\xff\xfe", b"\xfe\xff")) else piece)
        return watch.found().removesuffix("-sig")
    except OSError as error:
        raise SourceError(f"{path} 打不开（{error.strerror}）。请核对路径和权限。") from error
    except TableError as error:
        raise SourceError(f"{path.name} 的文字编码无法识别（不是 UTF-8，也不是 GB18030）。请重新导出。") from error


def _paragraphs(text: str) -> str:
    """Return the text of a post as WordPress shows it: where it has no blocks, an empty line parts paragraphs."""
    plain = _SHORTCODE.sub("", _BLOCK_MARK.sub("", text))
    if re.search(r"<(?:p|div|table|h[1-6]|ul|ol)\b", plain, re.IGNORECASE):
        return plain
    return "".join(
        f"<p>{part.strip().replace(chr(10), '<br>')}</p>" for part in _PARAGRAPHS.split(plain) if part.strip()
    )
