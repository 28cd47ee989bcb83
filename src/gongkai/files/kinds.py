"""Which formats are taken, by content and by name: both must agree."""

from __future__ import annotations

from pathlib import PurePath

from gongkai.annual.errors import ReadError
from gongkai.annual.reader import sniff
from gongkai.files.errors import HostileError, KindRefusedError

_PICTURES = {
    b"\xff\xd8\xff": ("jpeg", {"jpg", "jpeg"}),
    b"\x89PNG\r\n\x1a\n": ("png", {"png"}),
}
_DOCUMENTS = {
    sniff.Format.PDF: {"pdf"},
    sniff.Format.OFD: {"ofd"},
    sniff.Format.DOCX: {"docx"},
    sniff.Format.XLSX: {"xlsx"},
    sniff.Format.DOC: {"doc", "wps"},
    sniff.Format.XLS: {"xls", "et"},
    sniff.Format.TEXT: {"txt", "csv"},
}
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "ofd": "application/ofd",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "text": "text/plain; charset=utf-8",
    "jpeg": "image/jpeg",
    "png": "image/png",
}
"""What a kept file is served as. Everything but pictures and PDF is only ever downloaded."""


def kind_of(data: bytes, name: str) -> str:
    """Return the kind of ``data``, called ``name``: a key of ``MEDIA_TYPES``.

    Raises ``KindRefusedError`` where the format is not taken or the extension says another one, ``HostileError`` where
    an archive is built to exhaust whoever opens it or cannot be opened.
    """
    extension = PurePath(name).suffix.lower().lstrip(".")
    for magic, (kind, extensions) in _PICTURES.items():
        if data.startswith(magic):
            return _agreed(kind, extension, extensions, name)
    try:
        found = sniff.sniff(data)
    except sniff.UnknownFormatError as error:
        raise KindRefusedError(f"“{name}”不是可接收的格式（PDF、OFD、Word、Excel、文本、JPEG、PNG）。") from error
    except ReadError as error:
        raise HostileError(f"“{name}”未收：{error}") from error
    if found not in _DOCUMENTS or (
        found is sniff.Format.TEXT and sniff.is_html(data[:65536].decode("utf-8", "replace"))
    ):
        raise KindRefusedError(f"“{name}”是 {found.value} 格式，不接收。请另存为 PDF 或 Word 文档。")
    return _agreed(found.value, extension, _DOCUMENTS[found], name)


def _agreed(kind: str, extension: str, extensions: set[str], name: str) -> str:
    if extension not in extensions:
        right = "、".join(sorted(extensions))
        raise KindRefusedError(f"“{name}”的内容是 {kind}，与扩展名不符。请核对文件，或改为正确的扩展名（{right}）。")
    return kind
