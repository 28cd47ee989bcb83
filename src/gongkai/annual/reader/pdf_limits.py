"""What is refused of a PDF before it is opened: page contents that would unpack to millions of drawn objects.

PDFium keeps about 370 bytes for every object of a page and parses a page whole, the forms it draws included, each time
it draws them. So a small file can ask for gigabytes: by compression, or by forms that draw forms that draw forms. The
streams are therefore measured first; fonts and pictures are left alone.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field

from gongkai.annual.errors import HostileFileError

MAX_CONTENT_BYTES = 8 << 20
"""Content of one page, unpacked, with the forms it draws; a page of a report has under 0.2 MB."""

USUAL_CONTENT_BYTES = 256 << 10
"""Unpacked content allowed for every page of the document beyond that."""

MAX_DEPTH = 30
"""Forms within forms that are followed; PDFium itself stops earlier."""

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_NUMBER = re.compile(rb"(\d+)\s+\d+\s+$")
_PAGE = re.compile(rb"/Type\s*/Page\b")
_PICTURE = re.compile(rb"/Subtype\s*/Image|/FontFile|/Length1\b")
_REFERENCE = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d+)\s+\d+\s+R\b")
_DRAWS = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
_CHUNK = 64 << 10
_TEXT = bytes({*range(0x20, 0x7F), 0x09, 0x0A, 0x0C, 0x0D})


@dataclass(slots=True)
class _Content:
    """A stream that draws: its size unpacked, and the names of what it draws, as often as it does."""

    size: int
    draws: list[bytes]
    whole: int | None = None
    """Its size with all it draws; ``None`` until it is known."""


@dataclass(slots=True)
class _Contents:
    """All streams that draw, by object number, and what the names in the file stand for."""

    streams: dict[int, _Content] = field(default_factory=dict)
    names: dict[bytes, set[int]] = field(default_factory=dict)

    def learn(self, text: bytes) -> None:
        """Take in what names stand for; a name may stand for different forms on different pages."""
        for name, number in _REFERENCE.findall(text):
            self.names.setdefault(name, set()).add(int(number))

    def whole(self, number: int, depth: int = 0) -> int:
        """Return the size of a stream with all that it draws, the largest where a name is ambiguous."""
        stream = self.streams[number]
        if stream.whole is None and depth < MAX_DEPTH:
            stream.whole = 0  # what draws itself ends here
            drawn = 0
            for name in stream.draws:
                known = (target for target in self.names.get(name, ()) if target in self.streams)
                drawn += max((self.whole(target, depth + 1) for target in known), default=0)
            stream.whole = stream.size + drawn
        return stream.whole or 0


def check(data: bytes) -> None:
    """Raise ``HostileFileError`` where the drawn contents of the pages unpack to more than any document holds."""
    contents = _Contents()
    contents.learn(data)
    allowed = MAX_CONTENT_BYTES + len(_PAGE.findall(data)) * USUAL_CONTENT_BYTES
    for match in _STREAM.finditer(data):
        start = data.rfind(b"obj", max(match.start() - 2000, 0), match.start())
        dictionary = data[start : match.start()]
        number = _NUMBER.search(data[max(start - 24, 0) : start])
        text = b"" if _PICTURE.search(dictionary) else _unpacked(data, dictionary, match.end())
        if b"/ObjStm" in dictionary:
            contents.learn(text)
        elif number:
            contents.streams[int(number[1])] = _Content(len(text), _DRAWS.findall(text))
        allowed -= len(text)
        if len(text) > MAX_CONTENT_BYTES or allowed < 0:
            raise _hostile()
    if any(contents.whole(number) > MAX_CONTENT_BYTES for number in contents.streams):
        raise _hostile()


def _hostile() -> HostileFileError:
    return HostileFileError(
        f"PDF 页面内容展开后超过 {MAX_CONTENT_BYTES >> 20} MB，图形对象异常多，已停止读取。请核对文件来源。"
    )


def _unpacked(data: bytes, dictionary: bytes, start: int) -> bytes:
    """Return a stream unpacked if it is text as page contents are, and not much more of it than the limit."""
    if b"/Filter" not in dictionary:
        end = data.find(b"endstream", start)
        return _if_text(data[start : end if end >= 0 else len(data)])
    unpacking = zlib.decompressobj()
    parts: list[bytes] = []
    size = 0
    feed = data[start : start + _CHUNK]
    try:
        while feed and size <= MAX_CONTENT_BYTES:
            part = unpacking.decompress(feed, _CHUNK)
            if not parts and not _if_text(part):
                return b""
            parts.append(part)
            size += len(part)
            start += len(feed) - len(unpacking.unconsumed_tail)
            feed = b"" if unpacking.eof else data[start : start + _CHUNK]
    except zlib.error:  # another filter, or encrypted
        return b"".join(parts)
    return b"".join(parts)


def _if_text(content: bytes) -> bytes:
    """Return the content where its beginning is text as page contents are, else nothing."""
    sample = content[:512]
    return content if len(sample.translate(None, _TEXT)) <= len(sample) // 4 else b""
