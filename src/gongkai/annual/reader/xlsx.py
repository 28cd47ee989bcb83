"""Excel workbooks, read from their XML: each visible sheet as it looks, merged cells as spans, numbers as shown."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

from gongkai.annual.errors import DamagedFileError
from gongkai.annual.reader import xlsx_format
from gongkai.annual.reader.grids import place
from gongkai.annual.reader.limits import Archive, check_positions
from gongkai.annual.reader.source import Block, Line, Source
from gongkai.annual.report import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

_WORKBOOK = "xl/workbook.xml"
_STRINGS = "xl/sharedStrings.xml"
_STYLES = "xl/styles.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ARTICLE = re.compile(r"第?二十条|[(（][一五六八九][)）]项")
_SECTION = re.compile(r"[一二三四五六七八九]、.*(?:情况|事项|信息)")
_SHOWN = 10  # cells named in a diagnostic
_MAX_ROW = 1_048_576
_MAX_COLUMN = 16_384


class _Span(NamedTuple):
    """A merged range, 0-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


def load(data: bytes, *, file: str) -> Source:
    """Return the visible sheets of the workbook in ``data``: runs of filled rows as grids, single cells as lines.

    A formula without a stored result is blank, with the diagnostic ``formula-without-value``. Raises
    ``DamagedFileError``, ``HostileFileError``, ``ProtectedFileError`` or ``TooLargeError``.
    """
    archive = Archive(data)
    strings = [" ".join(_text_of(item).split()) for item in _children(archive, _STRINGS, "si")]
    formats = xlsx_format.read_formats(archive.xml(_STYLES)) if _STYLES in archive else ()
    blocks: list[Block] = []
    diagnostics: list[Diagnostic] = []
    for name, member in _sheets(archive):
        sheet = _Sheet(archive.xml(member), strings, formats)
        blocks += sheet.blocks()
        if sheet.unvalued:
            message = f"有 {len(sheet.unvalued)} 个公式没有保存计算结果，按空白处理。请用 Excel 或 WPS 打开后重新保存。"
            where = f"{name} {'、'.join(sheet.unvalued[:_SHOWN])}"
            diagnostics.append(Diagnostic("warning", "formula-without-value", message, where))
    return Source(file=file, kind="xlsx", blocks=tuple(blocks), diagnostics=tuple(diagnostics))


def _children(archive: Archive, member: str, name: str) -> Iterable[_Element]:
    return archive.xml(member).iterchildren(f"{{*}}{name}") if member in archive else ()


def _sheets(archive: Archive) -> Iterator[tuple[str, str]]:
    """Yield the names and members of the sheets that a reader sees, in order."""
    targets = {
        relation.get("Id"): posixpath.normpath(posixpath.join("/xl", relation.get("Target", ""))).lstrip("/")
        for relation in _children(archive, _RELATIONS, "Relationship")
    }
    for sheet in archive.xml(_WORKBOOK).iterfind("{*}sheets/{*}sheet"):
        relation = next((str(value) for key, value in sheet.attrib.items() if str(key).endswith("}id")), None)
        member = targets.get(relation, "")
        if sheet.get("state", "visible") == "visible" and not member.startswith("xl/chartsheets/"):
            if not member:
                raise DamagedFileError("Excel 文件的工作表目录不完整。请用 Excel 或 WPS 打开后重新保存。")
            yield sheet.get("name", ""), member


class _Sheet:
    """The cells of one sheet by place, as they look."""

    def __init__(self, root: _Element, strings: list[str], formats: tuple[str, ...]) -> None:
        self._strings = strings
        self._formats = formats
        self.unvalued: list[str] = []
        self._cells: dict[tuple[int, int], str] = {}
        next_row = 0
        for row in root.iterfind("{*}sheetData/{*}row"):
            number = row.get("r", "")
            index = int(number) - 1 if number.isdecimal() and 0 < int(number[:8]) <= _MAX_ROW else next_row
            next_row = index + 1
            if row.get("hidden") not in {"1", "true"}:
                self._read_row(row, index)
        spans = (_span(merge.get("ref", "")) for merge in root.iterfind("{*}mergeCells/{*}mergeCell"))
        self._spans = [span for span in spans if span is not None]

    def _read_row(self, row: _Element, index: int) -> None:
        next_column = 0
        for cell in row.iterchildren("{*}c"):
            place_of = _place(cell.get("r", ""))
            column = place_of[1] if place_of is not None else next_column
            next_column = column + 1
            self._cells[index, column] = self._shown(cell)

    def _shown(self, cell: _Element) -> str:
        kind = cell.get("t", "n")
        value = cell.findtext("{*}v")
        if kind == "inlineStr":
            return " ".join("".join(_text_of(item) for item in cell.iterchildren("{*}is")).split())
        if not value:
            if cell.find("{*}f") is not None and kind != "str":
                self.unvalued.append(cell.get("r", ""))
            return ""
        if kind == "s":
            number = int(value) if value.strip().isdecimal() else len(self._strings)
            if number >= len(self._strings):
                raise DamagedFileError("Excel 文件的文字表不完整。请用 Excel 或 WPS 打开后重新保存。")
            return self._strings[number]
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if kind != "n":
            return " ".join(value.split())
        style = cell.get("s", "")
        index = int(style) if style.isdecimal() else 0
        return xlsx_format.shown(value.strip(), self._formats[index] if index < len(self._formats) else "")

    def blocks(self) -> Iterator[Block]:
        """Yield the sheet as blocks: a blank row, or the title of a section, ends a table."""
        spans, covered = self._merged()
        shown = {at: text for at, text in self._cells.items() if text and at not in covered}
        by_row: dict[int, list[str]] = {}
        for (row, _), text in sorted(shown.items()):
            by_row.setdefault(row, []).append(text)
        reach = {row: span.bottom for (row, _), span in spans.items()}
        run: list[int] = []
        end = -1  # the last row that a merged cell of the run covers
        for row, texts in by_row.items():
            is_title = len(texts) == 1 and _SECTION.fullmatch(texts[0]) is not None
            if run and (is_title or row > max(run[-1], end) + 1):
                yield from self._run(run, by_row, spans, covered)
                run, end = [], -1
            if is_title:
                yield Line(texts[0], heading=True)
            else:
                run.append(row)
                end = max(end, reach.get(row, -1))
        yield from self._run(run, by_row, spans, covered)

    def _merged(self) -> tuple[dict[tuple[int, int], _Span], set[tuple[int, int]]]:
        """Return the merged ranges by their first cell, and the stored cells that lie under them, unseen."""
        spans: dict[tuple[int, int], _Span] = {}
        covered: set[tuple[int, int]] = set()
        work = 0
        for span in self._spans:
            # A range may reach over a whole column: the smaller of it and the stored cells is searched.
            area = (span.bottom - span.top + 1) * (span.right - span.left + 1)
            work += min(area, len(self._cells))
            check_positions(work, 1)
            first = (span.top, span.left)
            if first in covered:
                continue
            spans[first] = span
            covered.update(at for at in self._under(span, area) if at != first)
        return spans, covered

    def _under(self, span: _Span, area: int) -> Iterator[tuple[int, int]]:
        if area < len(self._cells):
            columns = range(span.left, span.right + 1)
            return ((row, column) for row in range(span.top, span.bottom + 1) for column in columns)
        return (at for at in self._cells if span.top <= at[0] <= span.bottom and span.left <= at[1] <= span.right)

    def _run(
        self,
        run: list[int],
        by_row: dict[int, list[str]],
        spans: dict[tuple[int, int], _Span],
        covered: set[tuple[int, int]],
    ) -> Iterator[Block]:
        start = 0
        while start < len(run) and len(by_row[run[start]]) == 1 and not _ARTICLE.search(by_row[run[start]][0]):
            start += 1
        yield from (Line(by_row[row][0]) for row in run[:start])
        if start < len(run):
            yield self._grid(run[start], run[-1], spans, covered)

    def _grid(self, top: int, bottom: int, spans: dict[tuple[int, int], _Span], covered: set[tuple[int, int]]) -> Block:
        columns = [column for row, column in self._cells if top <= row <= bottom]
        left, right = min(columns), max(columns)
        check_positions(bottom - top + 1, right - left + 1)
        cells: list[tuple[str, int, int, int, int]] = []
        taken: set[tuple[int, int]] = set()
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) in taken:
                    continue
                span = spans.get((row, column), _Span(row, column, row, column))
                height = min(span.bottom, bottom) - row + 1
                width = min(span.right, right) - column + 1
                if height > 1 or width > 1:
                    taken.update((row + down, column + along) for down in range(height) for along in range(width))
                text = "" if (row, column) in covered else self._cells.get((row, column), "")
                cells.append((text, row - top, column - left, height, width))
        return place(cells, bottom - top + 1)


def _text_of(item: _Element) -> str:
    """Return the text of a string item: its own or that of its runs, without phonetic glosses."""
    return "".join(
        text.text or ""
        for text in item.iter("{*}t")
        if (parent := text.getparent()) is not None and not str(parent.tag).endswith("}rPh")
    )


def _place(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(match[2])
    return (row - 1, column - 1) if 0 < row <= _MAX_ROW and column <= _MAX_COLUMN else None


def _span(reference: str) -> _Span | None:
    first, _, last = reference.partition(":")
    top_left, bottom_right = _place(first), _place(last)
    if top_left is None or bottom_right is None or bottom_right < top_left or bottom_right[1] < top_left[1]:
        return None
    return _Span(*top_left, *bottom_right)
