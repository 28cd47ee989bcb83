"""What is refused of a PDF before it is opened: page contents that would unpack to millions of drawn objects.

PDFium keeps about 370 bytes for every object of a page and parses a page whole, so a small file can ask for gigabytes.
The compressed streams are therefore measured first; fonts and pictures are left alone.
"""

from __future__ import annotations

import re
import zlib

from gongkai.annual.errors import HostileFileError

MAX_CONTENT_BYTES = 8 << 20
"""Unpacked page content in one stream; a page of a report has under 0.2 MB."""

USUAL_CONTENT_BYTES = 256 << 10
"""Unpacked page content allowed for every page beyond that."""

_STREAM = re.compile(rb"stream\r?\n")
_PICTURE = re.compile(rb"/Subtype\s*/Image|/FontFile|/Length1\b")
_CHUNK = 64 << 10
_TEXT = bytes({*range(0x20, 0x7F), 0x09, 0x0A, 0x0C, 0x0D})


def check(data: bytes) -> None:
    """Raise ``HostileFileError`` where the drawn contents of the pages unpack to more than any document holds."""
    pages = len(re.findall(rb"/Type\s*/Page\b", data))
    allowed = MAX_CONTENT_BYTES + pages * USUAL_CONTENT_BYTES
    total = 0
    for match in _STREAM.finditer(data):
        size = _content_size(data, match.start(), match.end())
        total += size
        if size > MAX_CONTENT_BYTES or total > allowed:
            raise HostileFileError(
                f"PDF 页面内容解压后超过 {MAX_CONTENT_BYTES >> 20} MB，图形对象异常多，已停止读取。请核对文件来源。"
            )


def _content_size(data: bytes, before: int, start: int) -> int:
    """Return the unpacked size of a stream, 0 where it is no page content; no more is unpacked than the limit."""
    dictionary = data[data.rfind(b"obj", max(before - 2000, 0), before) : before]
    if _PICTURE.search(dictionary):
        return 0
    if b"/Filter" not in dictionary:
        end = data.find(b"endstream", start)
        return _sized(data[start : start + _CHUNK], (end if end >= 0 else len(data)) - start)
    unpacking = zlib.decompressobj()
    size = 0
    feed = data[start : start + _CHUNK]
    try:
        while feed and size <= MAX_CONTENT_BYTES:
            chunk = unpacking.decompress(feed, _CHUNK)
            if not size and not _sized(chunk, 1):
                return 0
            size += len(chunk)
            start += len(feed) - len(unpacking.unconsumed_tail)
            feed = b"" if unpacking.eof else data[start : start + _CHUNK]
    except zlib.error:  # another filter, or encrypted
        return size
    return size


def _sized(head: bytes, size: int) -> int:
    """Return the size where the beginning of a stream is text as page contents are, else 0."""
    sample = head[:512]
    return size if len(sample.translate(None, _TEXT)) <= len(sample) // 4 else 0
