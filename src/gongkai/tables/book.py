"""xlsx as a stream: any number of rows in bounded memory, whatever the archive claims.

Strings that the workbook shares are kept in memory up to a number and on disk beyond it. Only what is unpacked counts
against the limits, never what the archive says about itself.
"""

from __future__ import annotations

import io
import posixpath
import re
import tempfile
import zipfile
import zlib
from array import array
from typing import IO, TYPE_CHECKING

from lxml import etree

from gongkai.tables.errors import FileFormatError
from gongkai.tables.sheet import SHEET_SPAN, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_UNPACKED = 4 << 30
"""Bytes all parts together may unpack to."""
MAX_COLUMNS = 200
MAX_SHEETS = 100
IN_MEMORY = 50_000
"""Shared strings held in memory; those after them lie in a temporary file."""

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_COLUMN = re.compile(r"[A-Z]+")
_DAMAGED = (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, KeyError, NotImplementedError, OSError)


class BookReader:
    """The rows of all sheets of a workbook."""

    serial_days = True

    def __init__(self, path: Path) -> None:
        self._raw = path.open("rb")
        self._unpacked = 0
        try:
            self._archive = zipfile.ZipFile(self._raw)
            self._sheets = self._contents()
            self._strings = self._shared_strings()
        except _DAMAGED as error:
            self._raw.close()
            raise _damaged(error) from error
        except FileFormatError:
            self._raw.close()
            raise

    def sheets(self) -> Iterator[Sheet]:
        """Yield the sheets in the order of their tabs."""
        for number, (name, part) in enumerate(self._sheets):
            yield Sheet(name, number * SHEET_SPAN, self._rows(part))

    def bytes_read(self) -> int:
        """How much of the file is read, as far as the archive's order tells."""
        return self._raw.tell()

    def place(self, number: int) -> str:
        """Return the sheet and the row."""
        sheet, row = divmod(number, SHEET_SPAN)
        return f"{self._sheets[sheet][0]}!{row}"

    def close(self) -> None:
        """Let go of the file."""
        self._strings.close()
        self._archive.close()
        self._raw.close()

    def _contents(self) -> list[tuple[str, str]]:
        names = set(self._archive.namelist())
        relations = {}
        for _, relation in self._parse("xl/_rels/workbook.xml.rels", "Relationship"):
            target = relation.get("Target", "")
            relations[relation.get("Id")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        found = []
        for _, sheet in self._parse("xl/workbook.xml", "sheet"):
            part = relations.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION), "")
            if part in names and "worksheets/" in part:
                found.append((sheet.get("name", ""), part))
        if not found:
            raise FileFormatError("工作簿里没有工作表。请核对文件，或另存为 xlsx 后重新上传。")
        if len(found) > MAX_SHEETS:
            raise FileFormatError(f"工作簿有 {len(found)} 张工作表，超过 {MAX_SHEETS} 张的上限。请分成几个文件上传。")
        return found

    def _shared_strings(self) -> _Strings:
        strings = _Strings()
        if "xl/sharedStrings.xml" in self._archive.namelist():
            for _, item in self._parse("xl/sharedStrings.xml", "si"):
                strings.append(_text_of(item))
                _forget(item)
        return strings

    def _rows(self, part: str) -> Iterator[list[str]]:
        strings = self._strings
        last = 0
        try:
            for _, row in self._parse(part, "row"):
                number = int(row.get("r") or last + 1)
                if not last < number < SHEET_SPAN:
                    raise FileFormatError(
                        f"工作表的行号 {number} 不合规范（在第 {last} 行之后）。请另存为 xlsx 后重试。"
                    )
                for _ in range(number - last - 1):
                    yield []
                last = number
                yield _cells(row, strings)
                _forget(row)
        except (*_DAMAGED, ValueError, IndexError) as error:
            raise _damaged(error) from error

    def _parse(self, part: str, tag: str) -> Iterator[tuple[str, etree._Element]]:
        """Yield the elements called ``tag`` of ``part`` when they are complete. No entity is ever expanded."""
        with self._archive.open(part) as packed:
            yield from etree.iterparse(
                _Limited(packed, self), tag=f"{{*}}{tag}", resolve_entities=False, no_network=True, huge_tree=False
            )

    def spend(self, count: int) -> None:
        """Count unpacked bytes; ``FileFormatError`` beyond the limit."""
        self._unpacked += count
        if self._unpacked > MAX_UNPACKED:
            raise FileFormatError(f"工作簿解压后超过 {MAX_UNPACKED >> 30} GB，已停止读取。请分成几个文件上传。")


class _Limited(io.RawIOBase):
    """A part of the archive, each of whose bytes counts."""

    def __init__(self, packed: IO[bytes], owner: BookReader) -> None:
        self._packed = packed
        self._owner = owner

    def read(self, size: int = -1) -> bytes:
        piece = self._packed.read(size)
        self._owner.spend(len(piece))
        return piece


class _Strings:
    """Texts by their number, in memory up to ``IN_MEMORY`` of them."""

    def __init__(self) -> None:
        self._memory: list[str] = []
        self._disk = tempfile.TemporaryFile()  # noqa: SIM115 -- closed with the reader
        self._starts = array("Q", [0])

    def append(self, text: str) -> None:
        """Add the next text."""
        if len(self._memory) < IN_MEMORY:
            self._memory.append(text)
            return
        data = text.encode("utf-8", "surrogatepass")
        self._disk.write(data)
        self._starts.append(self._starts[-1] + len(data))

    def __getitem__(self, number: int) -> str:
        """Return text ``number``."""
        beyond = number - len(self._memory)
        if beyond < 0:
            return self._memory[number] if number >= 0 else ""
        start, end = self._starts[beyond], self._starts[beyond + 1]
        self._disk.seek(start)
        return self._disk.read(end - start).decode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Let go of the temporary file."""
        self._disk.close()


def _cells(row: etree._Element, strings: _Strings) -> list[str]:
    cells: list[str] = []
    for cell in row:
        reference = cell.get("r")
        index = _index(reference) if reference else len(cells)
        if index >= MAX_COLUMNS:
            continue
        while len(cells) < index:
            cells.append("")
        cells.append(_value(cell, strings))
    return cells


_INDEXES: dict[str, int] = {}


def _index(reference: str) -> int:
    """Return the column of a cell such as ``AB12``, from 0."""
    letters = reference.rstrip("0123456789")
    found = _INDEXES.get(letters)
    if found is None:
        if not _COLUMN.fullmatch(letters) or len(letters) > 3:  # noqa: PLR2004 -- XFD is the last column of a sheet
            raise ValueError(reference)
        found = 0
        for letter in letters:
            found = found * 26 + ord(letter) - 64
        found = _INDEXES[letters] = found - 1
    return found


def _value(cell: etree._Element, strings: _Strings) -> str:
    kind = cell.get("t")
    if kind == "inlineStr":
        return _text_of(cell)
    for child in cell:
        if child.tag.endswith("}v"):
            text = child.text or ""
            return strings[int(text)] if kind == "s" and text else text
    return ""


def _text_of(item: etree._Element) -> str:
    """Return the text of a string, without the reading aids (``rPh``) some programs add."""
    if len(item) == 1 and item[0].tag.endswith("}t"):
        return item[0].text or ""
    return "".join(text.text or "" for text in item.iter("{*}t") if not _is_aid(text.getparent()))


def _is_aid(element: etree._Element | None) -> bool:
    return element is not None and element.tag.endswith("}rPh")


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _damaged(error: Exception) -> FileFormatError:
    return FileFormatError(
        f"工作簿无法读取（{error}）：文件损坏、加密，或并非真正的 xlsx。请用 Excel 或 WPS 另存后重试。"
    )
