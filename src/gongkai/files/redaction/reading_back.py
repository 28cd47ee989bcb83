"""Reading a copy back by the letter: every byte of it is accounted for, or the copy is not one of ours.

This reader knows nothing but what ``writing`` writes. What a reader that forgives would step over (an earlier
revision, something between two objects, an object nothing points to, a second trailer) is a finding here.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field

from gongkai.files.redaction.writing import HEADER

_OBJECT = re.compile(rb"(\d+) 0 obj\n")
_STREAM = re.compile(rb"/Length (\d+) >>\nstream\n")
_REFERENCE = re.compile(rb"(\d+) 0 R\b")
_TRAILER = re.compile(rb"trailer\n<< /Size (\d+) /Root (\d+) 0 R /Info (\d+) 0 R >>\nstartxref\n(\d+)\n%%EOF\n")
_NAME = re.compile(rb"/([^\s/<>\[\]()]+)")
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_END_OF_FAX = "000000000001" * 2

NAMES = frozenset(
    b"Adobe Artifact Ascent BM BMC BaseFont BitsPerComponent BlackIs1 CCITTFaxDecode CIDFontType2 CIDInit "
    b"CIDSystemInfo CIDToGIDMap CMap CMapName CMapType CapHeight Catalog ColorSpace Colors Columns Contents "
    b"Count DCTDecode DW DecodeParms DescendantFonts Descent DeviceGray DeviceRGB DisplayDocTitle Document "
    b"Encoding F Filter Flags FlateDecode Font FontBBox FontDescriptor FontFile2 FontName Gongkai-UCS "
    b"GongkaiBlank Height Identity-H Image Indexed Info ItalicAngle K Kids Lang Length Length1 MCID MarkInfo "
    b"Marked MediaBox Nums Ordering P Page Pages Parent ParentTree Pg Predictor ProcSet Registry "
    b"Resources Root Rows S Size StemV StructElem StructParents StructTreeRoot Subtype Supplement Title "
    b"ToUnicode Type Type0 ViewerPreferences W Width XObject".split()
)
"""All names a copy may hold. None is for an annotation, action, attachment, layer or thumbnail, or for metadata."""


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream of a copy: its dictionary, its bytes, and unpacked where it is no picture."""

    number: int
    entries: bytes
    data: bytes
    is_picture: bool


@dataclass(slots=True)
class Parts:
    """A copy taken apart. ``faults`` are what a copy of ours has not."""

    dictionaries: list[bytes] = field(default_factory=list)
    streams: list[Stream] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def taken_apart(copy: bytes) -> Parts:
    """Return the parts of a copy, with its faults."""
    parts = Parts()
    if not copy.startswith(HEADER):
        parts.faults.append("文件开头不是本系统写出的")
        return parts
    at, offsets = len(HEADER), []
    while found := _OBJECT.match(copy, at):
        if int(found[1]) != len(offsets) + 1:
            parts.faults.append(f"对象 {found[1].decode()} 的编号不连续")
        offsets.append(at)
        at = _object(copy, found.end(), len(offsets), parts)
        if at < 0:
            return parts
    _check_table(copy, at, offsets, parts)
    for text in parts.dictionaries:
        strange = set(_NAME.findall(text)) - NAMES
        if strange:
            parts.faults.append("文件含有不该有的条目 " + b" ".join(sorted(strange)).decode("latin-1"))
    return parts


def strings(text: bytes) -> list[str]:
    """Return what the hexadecimal strings of a dictionary or of page content may mean."""
    found = []
    for digits in _HEX.findall(text):
        packed = b"".join(digits.split())
        raw = bytes.fromhex((packed + b"0" * (len(packed) % 2)).decode("ascii"))
        found += [raw.decode("utf-16-be", "replace"), raw.decode("gb18030", "replace"), raw.decode("utf-8", "replace")]
    return found


def _object(copy: bytes, start: int, number: int, parts: Parts) -> int:
    end = copy.find(b"\nendobj\n", start)
    body = copy[start:end]
    stream = _STREAM.search(copy, start, min(end + 1, start + 20_000)) if end >= 0 else None
    if stream is None:
        if end < 0 or not body.startswith(b"<< ") or not body.endswith(b" >>"):
            parts.faults.append(f"对象 {number} 不完整")
            return -1
        parts.dictionaries.append(body)
        return end + len(b"\nendobj\n")
    last = stream.end() + int(stream[1])
    tail = b"\nendstream\nendobj\n"
    if copy[last : last + len(tail)] != tail:
        parts.faults.append(f"对象 {number} 的长度与内容不符")
        return -1
    entries = copy[start : stream.start()] + b">>"
    parts.dictionaries.append(entries)
    _stream(number, entries, copy[stream.end() : last], parts)
    return last + len(tail)


def _stream(number: int, entries: bytes, data: bytes, parts: Parts) -> None:
    is_picture = b"/Subtype /Image" in entries
    fault = ""
    if b"/FlateDecode" in entries:
        unpacking = zlib.decompressobj()
        try:
            unpacked = unpacking.decompress(data)
        except zlib.error:
            unpacked, fault = b"", "无法解压"
        if unpacking.unused_data or not unpacking.eof:
            fault = fault or "压缩数据之后还有内容"
        if is_picture and not fault and len(unpacked) != _size(entries):
            fault = "图像数据的长度与幅面不符"
        data = data if is_picture else unpacked
    elif b"/CCITTFaxDecode" in entries:
        bits = "".join(f"{byte:08b}" for byte in data[-6:])
        if not bits.rstrip("0").endswith(_END_OF_FAX.rstrip("0")) or len(bits) - len(bits.rstrip("0")) > 7:  # noqa: PLR2004 - less than a byte
            fault = "图像数据之后还有内容"
    elif b"/DCTDecode" in entries:
        fault = jpeg_fault(data)
    else:
        fault = "编码方式不是本系统所用"
    if fault:
        parts.faults.append(f"对象 {number} {fault}")
    parts.streams.append(Stream(number, entries, data, is_picture))


def _size(entries: bytes) -> int:
    wide, high, bits = (
        int(found[1]) if (found := re.search(rb"/" + name + rb" (\d+)", entries)) else 0
        for name in (b"Width", b"Height", b"BitsPerComponent")
    )
    return high * (1 + (wide * bits + 7) // 8)


def jpeg_fault(data: bytes) -> str:
    """Return what a JPEG holds besides its picture; empty where it holds nothing else."""
    if not data.startswith(b"\xff\xd8"):
        return "不是 JPEG 图像"
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004 - every segment begins so
        kind = data[at + 1]
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if kind == 0xDA:  # noqa: PLR2004 - the picture itself
            end = data.find(b"\xff\xd9", at)
            return "" if end == len(data) - 2 else "图像数据之后还有内容"
        # JFIF says resolution (16 bytes), Adobe says colours (14 bytes); tables and the frame are the picture.
        if not (kind in {0xDB, 0xC0, 0xC4} or (kind == 0xE0 and length == 16) or (kind == 0xEE and length == 14)):  # noqa: PLR2004
            return "图像带有附加信息"
        at += 2 + length
    return "JPEG 图像不完整"


def _check_table(copy: bytes, at: int, offsets: list[int], parts: Parts) -> None:
    count = len(offsets) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % count + b"".join(b"%010d 00000 n \n" % one for one in offsets)
    trailer = _TRAILER.fullmatch(copy, at + len(table))
    if copy[at : at + len(table)] != table or trailer is None or int(trailer[4]) != at or int(trailer[1]) != count:
        parts.faults.append("对象之间或文件末尾有多余的内容")
        return
    reached: set[int] = set()
    waiting = [int(trailer[2]), int(trailer[3])]
    while waiting:
        number = waiting.pop()
        if number not in reached and 0 < number < count:
            reached.add(number)
            waiting += map(int, _REFERENCE.findall(parts.dictionaries[number - 1]))
    if len(reached) != len(offsets):
        parts.faults.append(f"有 {len(offsets) - len(reached)} 个对象没有被引用")
