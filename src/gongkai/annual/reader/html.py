"""Web pages: one walk over the tree makes lines and grids, in reading order.

Layout tables dissolve into their content, data tables become grids, rows drawn with ``div`` (roles, ``display: table``,
flex, telling class names) are put together to grids. What a visitor does not see is left out, or kept as an
alternative reading where a table hides in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from gongkai.annual.errors import DamagedFileError, HostileFileError
from gongkai.annual.reader import limits, strips
from gongkai.annual.reader.grids import join
from gongkai.annual.reader.html_table import (
    BLOCK,
    BREAK,
    CELL,
    GROUP,
    HEADING,
    KINDS,
    ROW,
    SKIP,
    TABLE,
    Table,
    cell_spans,
    clean,
    is_hidden,
    read_plain,
)
from gongkai.annual.reader.source import Block, Line, Source

if TYPE_CHECKING:
    from gongkai.annual.report import Diagnostic

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]+encoding=[\"']([\w-]+)", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)|<script\b.*?(?:</script|$)", re.IGNORECASE | re.DOTALL)
_HEAD = 4096


def load(data: bytes, *, file: str) -> Source:
    """Return the page in ``data``. Raises ``DamagedFileError`` (encoding, cut off), ``HostileFileError`` (nesting)."""
    from gongkai.annual.reader.encoding import decode  # noqa: PLC0415 - most callers have decoded already

    limits.check_size(len(data), limits.MAX_TEXT_BYTES)
    text, diagnostics = decode(data, declared_charset(data))
    return load_text(text, file=file, diagnostics=diagnostics)


def declared_charset(data: bytes) -> str | None:
    """Return the charset that the page names itself in its first 4 KB."""
    match = _CHARSET.search(data, 0, _HEAD)
    return (match[1] or match[2]).decode("ascii") if match else None


def load_text(text: str, *, file: str, diagnostics: tuple[Diagnostic, ...] = ()) -> Source:
    """Return the page, or the piece of one, that ``text`` is."""
    data = text.encode("utf-8", errors="replace")
    limits.check_tags(data)
    limits.check_attributes(data)
    _check_whole(text)
    root = _parse(data)
    if root is None:
        return Source(file=file, kind="html", blocks=(), diagnostics=diagnostics)
    walk = _Walk(root, keep_hidden=False)
    source = Source(
        file=file, kind="html", blocks=walk.blocks(), title=_title(root), diagnostics=diagnostics, alternatives=()
    )
    if not walk.hides_table:
        return source
    whole = Source(
        file=file,
        kind="html",
        blocks=_Walk(root, keep_hidden=True).blocks(),
        title=source.title,
        diagnostics=diagnostics,
    )
    return Source(
        file=file, kind="html", blocks=source.blocks, title=source.title, diagnostics=diagnostics, alternatives=(whole,)
    )


def _parse(data: bytes) -> etree._Element | None:
    # The parser stops without a word at 256 levels, which unclosed <font> tags of honest pages reach: a second
    # attempt goes to its hard limit, 2048. It never recurses in either.
    for patient in (False, True):
        parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=patient)
        root: etree._Element | None = etree.fromstring(data, parser)
        if not limits.was_stopped(parser.error_log):
            return root
    raise HostileFileError("网页标签嵌套过深，已停止读取。请核对文件来源，或在浏览器中打开后另存。")


def _check_whole(text: str) -> None:
    # A page that ends inside a table, with nothing that closes it, was cut off: its last numbers are missing.
    if text.count("</table") >= text.count("<table"):
        return
    plain = _COMMENT.sub("", text).lower()
    if plain.count("<table") > plain.count("</table") and "</body" not in plain and "</html" not in plain:
        raise DamagedFileError("网页在表格中间就结束了，文件可能没有下载完。请重新保存网页。")


def _title(root: etree._Element) -> str:
    found: dict[str, str] = {}
    for element in root.iter("title", "meta", "h1"):
        if element.tag == "meta":
            if (element.get("name") or "").lower() == "articletitle":
                found.setdefault("meta", join([element.get("content") or ""]))
        else:
            text = join(["".join(map(str, element.itertext()))])
            if element.tag == "h1" and "报告" not in text:
                continue
            found.setdefault(element.tag, text)
    return next((found[name] for name in ("h1", "meta", "title") if found.get(name)), "")


def _check_nesting(depth: int) -> None:
    if depth > limits.MAX_NESTING:
        raise HostileFileError("网页表格嵌套过深，已停止读取。请核对文件来源，或在浏览器中打开后另存。")


class _Frame:
    """A ``div`` that stands for a row of a table (``cells`` is a list) or for a cell of one."""

    __slots__ = ("cells", "element", "items", "out")

    def __init__(self, element: etree._Element, out: list[strips.Item], cells: list[strips.Drawn] | None) -> None:
        self.element = element
        self.out = out
        self.items: list[strips.Item] = []
        self.cells = cells


class _Walk:
    """One walk over the tree, from the first element to the last, without recursion."""

    def __init__(self, root: etree._Element, *, keep_hidden: bool) -> None:
        self.hides_table = False
        self._keep_hidden = keep_hidden
        self._parts: list[str] = []
        self._out: list[strips.Item] = []
        self._tables: list[Table] = []
        self._frames: list[_Frame] = []
        self._headings = 0
        self._opening = {
            BLOCK: self._open_block,
            BREAK: self._open_break,
            HEADING: self._open_heading,
            GROUP: self._pass_group,
            ROW: self._open_row,
            CELL: self._open_cell,
            TABLE: self._open_table,
        }
        self._closing = {
            BLOCK: self._close_block,
            HEADING: self._close_heading,
            GROUP: self._pass_group,
            ROW: self._close_row,
            CELL: self._close_cell,
            TABLE: self._close_table,
        }
        self._walk(root)

    def blocks(self) -> tuple[Block, ...]:
        """Return what was read, in reading order."""
        return strips.settle(self._out)

    def _walk(self, root: etree._Element) -> None:  # noqa: C901 - a call for each branch would cost more than the work
        parts = self._parts
        kinds = KINDS
        frames = self._frames
        opening, closing = self._opening, self._closing
        skipped = None
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            kind = kinds.get(element.tag)
            if event == "start":
                if kind == SKIP or self._is_hidden(element):
                    skipped = element
                    walker.skip_subtree()
                    continue
                if frames:
                    self._open_drawn_cell(element)
                if kind == TABLE and self._read_plain(element):
                    skipped = element
                    walker.skip_subtree()
                    continue
                if kind is not None:
                    opening[kind](element)
                if element.text:
                    parts.append(element.text)
                continue
            if element is skipped:
                skipped = None
            elif kind in closing:
                closing[kind](element)
            if frames:
                self._close_frames(element)
            if element.tail:
                parts.append(element.tail)
        self._flush()

    def _is_hidden(self, element: etree._Element) -> bool:
        if self._keep_hidden or not is_hidden(element):
            return False
        self.hides_table = self.hides_table or next(element.iter("table"), None) is not None
        return True

    def _flush(self) -> None:
        if not self._parts:
            return
        text = clean("".join(self._parts))
        self._parts.clear()
        if text:
            self._out.append(Line(text, heading=True) if self._headings else text)

    def _open_block(self, element: etree._Element) -> None:
        self._flush()
        if strips.is_row(element):
            frame = _Frame(element, self._out, [])
            self._frames.append(frame)
            _check_nesting(len(self._frames))
            self._out = frame.items

    def _close_block(self, _: etree._Element) -> None:
        self._flush()

    def _open_break(self, _: etree._Element) -> None:
        self._flush()

    def _open_heading(self, _: etree._Element) -> None:
        self._flush()
        self._headings += 1

    def _close_heading(self, _: etree._Element) -> None:
        self._flush()
        self._headings -= 1

    def _read_plain(self, element: etree._Element) -> bool:
        table = Table(self._out)
        if not read_plain(element, table, keep_hidden=self._keep_hidden):
            return False
        self._flush()
        self._out += table.result()
        return True

    def _open_table(self, _: etree._Element) -> None:
        self._flush()
        self._tables.append(Table(self._out))
        _check_nesting(len(self._tables))

    def _close_table(self, _: etree._Element) -> None:
        self._flush()
        table = self._tables.pop()
        table.close_group()
        self._out = table.out
        if table.rows:
            self._out.extend(table.result())

    def _pass_group(self, _: etree._Element) -> None:
        self._flush()
        if self._tables and self._tables[-1].cell is None:
            self._tables[-1].close_group()

    def _open_row(self, _: etree._Element) -> None:
        self._flush()
        if self._tables and self._tables[-1].cell is None:
            self._tables[-1].open_row()

    def _close_row(self, _: etree._Element) -> None:
        self._flush()
        if self._tables and self._tables[-1].cell is None:
            self._tables[-1].row = None

    def _open_cell(self, element: etree._Element) -> None:
        self._flush()
        table = self._tables[-1] if self._tables else None
        if table is None or table.cell is not None:
            return
        if table.row is None:
            table.open_row()
        table.cell = element
        table.spans = cell_spans(element)
        table.items = self._out = []

    def _close_cell(self, element: etree._Element) -> None:
        self._flush()
        table = self._tables[-1] if self._tables else None
        if table is None or table.cell is not element or table.row is None:
            return
        table.row.append((table.items, *table.spans))
        table.cell = None
        self._out = table.out

    def _open_drawn_cell(self, element: etree._Element) -> None:
        row = self._frames[-1]
        if row.cells is None or element.getparent() is not row.element:
            return
        self._flush()
        frame = _Frame(element, self._out, None)
        self._frames.append(frame)
        self._out = frame.items

    def _close_frames(self, element: etree._Element) -> None:
        # An element can be a cell and a row at once: the row in it ends first.
        while self._frames and self._frames[-1].element is element:
            self._flush()
            frame = self._frames.pop()
            self._out = frame.out
            if frame.cells is not None:
                self._close_drawn_row(frame.items, frame.cells)
                continue
            row = self._frames[-1].cells
            assert row is not None, "a drawn cell stands in a drawn row"
            row.append(strips.Drawn(frame.items, *strips.spans(element)))

    def _close_drawn_row(self, items: list[strips.Item], cells: list[strips.Drawn]) -> None:
        strip = strips.draw(cells)
        self._out += items
        if strip is None:
            self._out += [item for cell in cells for item in cell.items]
        else:
            self._out.append(strip)
