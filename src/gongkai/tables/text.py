"""csv as offices send it: UTF-8 or GB18030, commas, tabs or semicolons."""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING

from gongkai.tables.errors import EncodingError, FileFormatError
from gongkai.tables.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SAMPLE = 8192
_DELIMITERS = ",\t;"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class EncodingWatch:
    """Tells the encoding of a text as its bytes go by, without keeping them."""

    def __init__(self) -> None:
        self._started = False
        self._marked = ""
        self._decoders: dict[str, codecs.IncrementalDecoder] = {}

    def feed(self, piece: bytes) -> None:
        """Look at the next piece."""
        if not self._started:
            self._started = True
            self._marked = next((name for mark, name in _MARKS if piece.startswith(mark)), "")
            names = [self._marked] if self._marked else ["utf-8", "gb18030"]
            self._decoders = {name: codecs.getincrementaldecoder(name)() for name in names}
        self._decode(piece, final=False)

    def found(self) -> str:
        """Return the encoding of what went by; ``EncodingError`` where it fits none."""
        self._decode(b"", final=True)
        if not self._decoders:
            raise EncodingError(
                "文件的文字编码无法识别（不是 UTF-8，也不是 GB18030）。"
                "请在 Excel 中另存为“CSV UTF-8（逗号分隔）”后重新上传。"
            )
        return next(iter(self._decoders))

    def _decode(self, piece: bytes, *, final: bool) -> None:
        if "utf-16" not in self._decoders and b"\0" in piece:
            raise FileFormatError("文件含有空字节，不是文本表格。请核对是否选错了文件，或另存为 CSV 或 xlsx。")
        for name, decoder in list(self._decoders.items()):
            try:
                decoder.decode(piece, final)
            except UnicodeDecodeError:
                del self._decoders[name]


class TextReader:
    """The rows of a csv file. Row numbers count records, as a spreadsheet program shows them."""

    serial_days = False

    def __init__(self, path: Path, encoding: str) -> None:
        self._raw = path.open("rb")
        self._text = io.TextIOWrapper(self._raw, encoding=encoding, newline="")

    def sheets(self) -> Iterator[Sheet]:
        """Yield the one sheet."""
        sample = self._text.read(_SAMPLE)
        self._text.seek(0)
        delimiter = max(_DELIMITERS, key=sample.count)
        yield Sheet("", 0, self._rows(delimiter))

    def bytes_read(self) -> int:
        """How much of the file is read."""
        return self._raw.tell()

    def place(self, number: int) -> str:
        """Return the row's number."""
        return str(number)

    def close(self) -> None:
        """Let go of the file."""
        self._text.close()

    def _rows(self, delimiter: str) -> Iterator[list[str]]:
        reader = csv.reader(self._text, delimiter=delimiter)
        try:
            yield from reader
        except csv.Error as error:
            raise FileFormatError(
                f"约第 {reader.line_num} 行起无法按表格读取（{error}）：多半是引号没有成对。"
                "请更正后重新上传整个文件；此前已入库的行不会重复。"
            ) from error
