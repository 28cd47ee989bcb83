"""The tree of an old page: decoded whatever it says of itself, parsed within bounds, without what is no content."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from gongkai.annual.errors import DamagedFileError, ReadError
from gongkai.annual.reader import limits
from gongkai.annual.reader.encoding import decode
from gongkai.annual.reader.html import declared_charset
from gongkai.takeover.errors import UnreadablePageError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PAGE_BYTES = 8 << 20
_DEEPEST = 400
"""Elements inside each other; pages laid out in tables have about sixty."""

SILENT = frozenset(
    {"script", "style", "noscript", "template", "iframe", "object", "embed", "select", "button", "textarea", "svg"}
)
"""Elements whose words nobody reads."""
_FRAME = frozenset({"nav", "header", "footer", "aside", "form"})
_FRAME_NAME = re.compile(
    r"(?<![a-z])(?:nav|menu|foot|footer|header|crumbs?|breadcrumb|share|sidebar|copyright|toolbar|search|login|banner"
    r"|friend|friendlink|qrcode|pager|pagination|prenext|related|hot|printbox|fontsize)(?![a-z])"
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)


def parse(data: bytes, place: str) -> etree._Element:
    """Return the root of the page in ``data``. Raises ``UnreadablePageError``, which names no part of the data."""
    if len(data) > MAX_PAGE_BYTES:
        raise UnreadablePageError(f"{place} 有 {len(data) >> 20} MB，超过网页 {MAX_PAGE_BYTES >> 20} MB 的上限，未读。")
    if not data.strip():
        raise UnreadablePageError(f"{place} 是空文件，未读。请重新下载原网页。")
    return parse_text(decoded(data, place), place)


def decoded(data: bytes, place: str) -> str:
    """Return the text in ``data``: its own encoding counts, not the one it says. Raises ``UnreadablePageError``."""
    try:
        return decode(data, declared_charset(data))[0]
    except DamagedFileError as error:
        raise UnreadablePageError(f"{place} 的文字编码无法识别，读出来是乱码，未读。请另存为 UTF-8 编码。") from error


def parse_text(text: str, place: str) -> etree._Element:
    """Return the root of the page, or piece of one, that ``text`` is. Raises ``UnreadablePageError``."""
    data = text.replace("\0", "").encode("utf-8", "replace")
    try:
        limits.check_tags(data)
        limits.check_attributes(data)
    except ReadError as error:
        raise UnreadablePageError(f"{place} 的标签或属性异常地多，未读。请核对文件来源。") from error
    # No entities but those of HTML, no network, nothing outside the page: the parser of lxml for HTML loads nothing.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    root: etree._Element | None = etree.fromstring(data or b"<p/>", parser)
    if limits.was_stopped(parser.error_log):
        parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
        root = etree.fromstring(data, parser)
        if limits.was_stopped(parser.error_log):
            raise UnreadablePageError(f"{place} 的标签嵌套过深，未读。请核对文件来源。")
    if root is None:
        raise UnreadablePageError(f"{place} 里没有内容，未读。请重新下载原网页。")
    if _depth(root) > _DEEPEST:
        raise UnreadablePageError(f"{place} 的标签嵌套过深，未读。请核对文件来源。")
    return root


def is_frame(element: etree._Element) -> bool:
    """Tell what stands around the content of every page of a site: menus, heads and feet, what is beside it."""
    if element.tag in _FRAME:
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}".lower()
    return _FRAME_NAME.search(names) is not None


def is_hidden(element: etree._Element) -> bool:
    """Tell what no visitor sees."""
    style = "".join(element.get("style", "").lower().split())
    return "display:none" in style or element.get("hidden") is not None


def pieces(root: etree._Element, without: etree._Element | None = None, *, most: int = 400) -> Iterator[str]:
    """Yield the words of the page block by block and cell by cell, at most ``most``; ``without`` one element."""
    parts: list[str] = []
    count = 0
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "start" and (element.tag in SILENT or element is without):
            walker.skip_subtree()
        if event == "start":
            if element.tag in BLOCKS and (words := _joined(parts)):
                yield words
                count += 1
            if element.text and element.tag not in SILENT and element is not without:
                parts.append(element.text)
        else:
            if element.tag in BLOCKS and (words := _joined(parts)):
                yield words
                count += 1
            if element.tail and element is not root:
                parts.append(element.tail)
        if count >= most:
            return
    if words := _joined(parts):
        yield words


def text_of(element: etree._Element) -> str:
    """Return the words of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def _joined(parts: list[str]) -> str:
    words = " ".join("".join(parts).split())
    parts.clear()
    return words


def _depth(root: etree._Element) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
