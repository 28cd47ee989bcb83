"""Word files, read from their XML: paragraphs and tables in the order of the body, merged cells as Word writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.annual.errors import DamagedFileError
from gongkai.annual.reader import strips
from gongkai.annual.reader.contents import flatten, is_data
from gongkai.annual.reader.docx_numbering import Numbering, read_numbering, to_int
from gongkai.annual.reader.grids import MAX_COLSPAN, place
from gongkai.annual.reader.limits import Archive
from gongkai.annual.reader.source import Line, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from gongkai.annual.reader.strips import Item

_DOCUMENT = "word/document.xml"
_STYLES = "word/styles.xml"
_NUMBERING = "word/numbering.xml"
# Kept as history only: deleted text, the old place of what was moved, properties, the formula of a field.
_DROPPED = frozenset({"del", "moveFrom", "rPr", "pPr", "sdtPr", "instrText", "delText", "rt", "Fallback"})
_OFF = frozenset({"0", "false", "off"})
_MARKS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LONGEST_CHAIN = 16  # styles that build on each other
_BODY_LEVEL = 9  # outlineLvl of body text


def load(data: bytes, *, file: str) -> Source:
    """Return the document in ``data``. Headers, footers, comments and notes are left out.

    Raises ``DamagedFileError``, ``HostileFileError``, ``ProtectedFileError`` or ``TooLargeError``.
    """
    archive = Archive(data)
    root = archive.xml(_DOCUMENT)
    w = root.tag[: root.tag.index("}") + 1] if root.tag.startswith("{") else ""
    body = root.find(f"{w}body")
    if body is None:
        raise DamagedFileError("Word 文件没有正文。请用 Word 或 WPS 打开后另存为 docx。")
    styles = _Styles(archive.xml(_STYLES), w) if _STYLES in archive else _Styles(None, w)
    numbering = read_numbering(archive.xml(_NUMBERING), w) if _NUMBERING in archive else Numbering()
    reader = _Reader(w, styles, numbering)
    items: list[Item] = []
    reader.read_blocks(body, items)
    return Source(file=file, kind="docx", blocks=strips.settle(items), title=" ".join(reader.titles))


class _Styles:
    """What the paragraph styles say about outline levels and lists, through the chain of styles they build on."""

    def __init__(self, root: _Element | None, w: str) -> None:
        self._w = w
        self._styles: dict[str, _Element] = {}
        self.default = ""
        if root is not None:
            for style in root.iterchildren(f"{w}style"):
                self._styles[style.get(f"{w}styleId", "")] = style
                if style.get(f"{w}default") == "1" and style.get(f"{w}type") == "paragraph":
                    self.default = style.get(f"{w}styleId", "")

    def name(self, style: str) -> str:
        element = self._styles.get(style)
        return "" if element is None else _value(element.find(f"{self._w}name"), self._w)

    def find(self, style: str, path: str) -> _Element | None:
        """Return the first paragraph property ``path`` of the style or of one it builds on."""
        for _ in range(_LONGEST_CHAIN):
            element = self._styles.get(style)
            if element is None:
                break
            found = element.find(f"{self._w}pPr/{self._w}{path}")
            if found is not None:
                return found
            style = _value(element.find(f"{self._w}basedOn"), self._w)
        return None


class _Reader:
    """Reads the blocks of one document."""

    def __init__(self, w: str, styles: _Styles, numbering: Numbering) -> None:
        self._w = w
        self._styles = styles
        self._numbering = numbering
        self.titles: list[str] = []

    def read_blocks(self, parent: _Element, out: list[Item]) -> None:
        """Append the paragraphs and tables of ``parent``: the body, a cell, a text box, a content control."""
        for child in parent:
            name = self._name(child)
            if name == "p":
                self._read_paragraph(child, out)
            elif name == "tbl":
                out += self._read_table(child)
            elif name not in _DROPPED:
                self.read_blocks(child, out)

    def _name(self, element: _Element) -> str:
        namespace, _, name = str(element.tag).rpartition("}")
        # Drawings have elements of the same names as text; of theirs only Fallback, the copy for old programs, matters.
        return name if f"{namespace}}}" == self._w or name == "Fallback" else ""

    def _read_paragraph(self, paragraph: _Element, out: list[Item]) -> None:
        parts: list[str] = []
        boxes: list[_Element] = []
        self._read_runs(paragraph, parts, boxes)
        style = self._property(paragraph, "pStyle") or self._styles.default
        text = self._number(paragraph, style) + "".join(parts)
        if text.strip():
            heading = self._is_heading(paragraph, style)
            lines = [" ".join(line.split()) for line in text.split("\n")]
            out += [Line(line, heading=True) if heading else line for line in lines if line]
            if self._styles.name(style).lower() in {"title", "标题"}:
                self.titles += [line for line in lines if line]
        for box in boxes:
            self.read_blocks(box, out)

    def _read_runs(self, parent: _Element, parts: list[str], boxes: list[_Element]) -> None:
        w = self._w
        for child in parent:
            name = self._name(child)
            if name == "t":
                parts.append(child.text or "")
            elif name in _MARKS:
                parts.append(_MARKS[name])
            elif name == "txbxContent":
                boxes.append(child)
            elif name not in _DROPPED and not (name == "r" and self._is_hidden(child.find(f"{w}rPr/{w}vanish"))):
                self._read_runs(child, parts, boxes)

    def _is_hidden(self, vanish: _Element | None) -> bool:
        return vanish is not None and _value(vanish, self._w) not in _OFF

    def _property(self, paragraph: _Element, name: str) -> str:
        return _value(paragraph.find(f"{self._w}pPr/{self._w}{name}"), self._w)

    def _is_heading(self, paragraph: _Element, style: str) -> bool:
        level = self._property(paragraph, "outlineLvl") or _value(self._styles.find(style, "outlineLvl"), self._w)
        return level.isdecimal() and int(level) < _BODY_LEVEL

    def _number(self, paragraph: _Element, style: str) -> str:
        w = self._w
        own = paragraph.find(f"{w}pPr/{w}numPr")
        inherited = self._styles.find(style, "numPr")
        number = _value(own.find(f"{w}numId") if own is not None else None, w)
        depth = _value(own.find(f"{w}ilvl") if own is not None else None, w)
        if inherited is not None:
            number = number or _value(inherited.find(f"{w}numId"), w)
            depth = depth or _value(inherited.find(f"{w}ilvl"), w)
        return self._numbering.next(number, to_int(depth)) if number else ""

    def _read_table(self, table: _Element) -> list[Item]:
        w = self._w
        cells: list[tuple[list[Item], int, int, int, int]] = []
        rows: list[list[tuple[str, int]]] = []
        open_cells: dict[int, int] = {}  # by column: the cell that a vertical merge continues
        for row, tr in enumerate(self._inside(table, "tr")):
            column = to_int(_value(tr.find(f"{w}trPr/{w}gridBefore"), w))
            column = min(column, MAX_COLSPAN)
            rows.append([])
            continued: dict[int, int] = {}
            for tc in self._inside(tr, "tc"):
                width = min(max(to_int(_value(tc.find(f"{w}tcPr/{w}gridSpan"), w)), 1), MAX_COLSPAN)
                merge = tc.find(f"{w}tcPr/{w}vMerge")
                along = tc.find(f"{w}tcPr/{w}hMerge")
                above = open_cells.get(column)
                if along is not None and _value(along, w) != "restart" and cells and cells[-1][1] == row:
                    items, top, left, height, old = cells[-1]
                    cells[-1] = (items, top, left, height, old + width)
                elif (
                    merge is not None
                    and _value(merge, w) != "restart"
                    and above is not None
                    and cells[above][4] == width
                ):
                    items, top, left, height, _ = cells[above]
                    cells[above] = (items, top, left, height + 1, width)
                    continued[column] = above
                else:
                    items = []
                    self.read_blocks(tc, items)
                    if merge is not None:
                        continued[column] = len(cells)
                    cells.append((items, row, column, 1, width))
                    rows[-1].append(flatten(items))
                column += width
            open_cells = continued
        if not rows or not is_data(rows):
            return [item for items, *_ in cells for item in items]
        texts = [text for contents in rows for text, _ in contents]
        return [place([(text, *cell[1:]) for text, cell in zip(texts, cells, strict=True)], len(rows))]

    def _inside(self, parent: _Element, wanted: str) -> Iterator[_Element]:
        """Yield the rows of a table, or the cells of a row, also those inside content controls and insertions."""
        for child in parent:
            name = self._name(child)
            if name == wanted:
                if child.find(f"{self._w}trPr/{self._w}del") is None:
                    yield child
            elif name not in _DROPPED and name != "p":
                yield from self._inside(child, wanted)


def _value(element: _Element | None, w: str) -> str:
    return "" if element is None else element.get(f"{w}val", "")
