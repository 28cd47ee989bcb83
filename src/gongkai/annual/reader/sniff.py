"""What a file is, by its content and never by its name."""

from __future__ import annotations

import re
from enum import StrEnum

from gongkai.annual.errors import DamagedFileError, ProtectedFileError, UnknownFormatError
from gongkai.annual.reader import ole
from gongkai.annual.reader.limits import Archive


class Format(StrEnum):
    """The formats the reader knows."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    OFD = "ofd"
    DOC = "doc"
    XLS = "xls"
    RTF = "rtf"


EXTENSIONS = {
    Format.TEXT: frozenset({"txt", "text", "md", "markdown", "csv", "tsv"}),
    Format.HTML: frozenset({"html", "htm", "shtml", "xhtml", "jsp", "asp", "aspx", "php"}),
    Format.DOCX: frozenset({"docx", "docm", "dotx"}),
    Format.XLSX: frozenset({"xlsx", "xlsm", "xltx"}),
    Format.PDF: frozenset({"pdf"}),
    Format.OFD: frozenset({"ofd"}),
    Format.DOC: frozenset({"doc", "wps", "dot"}),
    Format.XLS: frozenset({"xls", "et"}),
    Format.RTF: frozenset({"rtf", "doc"}),
}
"""The extensions that are right for a format; any other one of this table is misleading."""

_PICTURES = (
    b"\xff\xd8\xff",
    b"\x89PNG\r\n",
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"\0\0\0\x18ftyphei",
    b"\0\0\0\x1cftyphei",
)
_MARKERS = (("OFD.xml", Format.OFD), ("word/document.xml", Format.DOCX), ("xl/workbook.xml", Format.XLSX))
_PAGE = ("<!doctype html", "<html", "<head", "<body")
_TAG = re.compile(
    r"\s*<(?:!--|/?(?:p|div|table|h[1-6]|span|meta|title|style|script|center|font|ul|section|article)\b)", re.IGNORECASE
)
_CLOSED = re.compile(r"</(?:p|div|td)\s*>", re.IGNORECASE)
_HEADING = re.compile(r"^#{1,6}\s", re.MULTILINE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_HEAD = 4096


def sniff(data: bytes) -> Format:
    """Return the format of ``data`` by its first bytes, its members or its tags.

    Raises ``UnknownFormatError`` (a picture, a program, an archive of something else), ``ProtectedFileError`` (an
    encrypted Office file), ``DamagedFileError`` and ``HostileFileError`` (an archive that cannot be opened).
    """
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_archive(data)
    if head.startswith(ole.MAGIC):
        return _sniff_ole(data)
    if head.startswith(b"{\\rtf"):
        return Format.RTF
    if head.startswith(_PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        raise UnknownFormatError(
            "这是一张图片，不是文档。请改用文字版，或把图片存成 PDF，安装 OCR 组件（gongkai[ocr] 和 Tesseract）后再读。"
        )
    if not _is_wide(head) and len(_CONTROL.findall(head)) * 50 > len(head):
        raise UnknownFormatError("认不出这个文件的格式。可读的格式：txt、md、html、docx、xlsx、pdf、ofd、doc。")
    return Format.TEXT


def _is_wide(head: bytes) -> bool:
    # In UTF-16 the Latin letters and digits have their zero byte always on the same side.
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        return True
    fewer, more = sorted((head[0::2].count(0), head[1::2].count(0)))
    return more * 8 > len(head) and fewer * 20 < more


def is_html(text: str) -> bool:
    """Tell a web page, or a piece of one, from text and markdown (which may hold an HTML table)."""
    head = text[:_HEAD].lower()
    if any(tag in head for tag in _PAGE):
        return True
    if "#" in text and _HEADING.search(text):
        return False
    return _TAG.match(text) is not None or len(_CLOSED.findall(text, 0, 16 * _HEAD)) > text.count("\n")


def _sniff_archive(data: bytes) -> Format:
    archive = Archive(data)
    for member, kind in _MARKERS:
        if member in archive:
            return kind
    raise UnknownFormatError("这是一个压缩包，里面不是可读的文档。请解压后逐个读取其中的文件。")


def _sniff_ole(data: bytes) -> Format:
    streams = ole.stream_names(data)
    if "EncryptedPackage" in streams:
        raise ProtectedFileError("文件设有打开密码。请用 Word、Excel 或 WPS 取消密码后另存。")
    if "WordDocument" in streams:
        if ole.is_encrypted_word(data, streams["WordDocument"]):
            raise ProtectedFileError("文件设有打开密码。请用 Word 或 WPS 取消密码后另存。")
        return Format.DOC
    if streams.keys() & {"Workbook", "Book"}:
        return Format.XLS
    if not streams:
        raise DamagedFileError("旧版 Office 文件不完整，可能没有下载完。请重新下载。")
    raise UnknownFormatError("这是旧版 Office 格式的文件，但不是文字文档或表格。请另存为 docx 后再读。")
