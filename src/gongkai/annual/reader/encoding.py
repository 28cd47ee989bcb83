"""Bytes to text: UTF-8 and UTF-16, GB18030 and its elders, Big5 where it is declared; never mojibake."""

from __future__ import annotations

import codecs

from gongkai.annual.errors import DamagedFileError
from gongkai.annual.report import Diagnostic

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "hz": "hz"}
# Every report has some of these; the hanzi that come out of a wrong decoding are rare ones.
_FREQUENT = "，。、（）：年的一二三政府信息公开開情况況行本申请請文件机关數数主动動"
_PLAUSIBLE = 0.02
_TOLERATED = 0.001


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the text of ``data`` and what there is to say about it.

    ``declared`` is the charset the file names itself; it is believed only where the bytes agree. A few undecodable
    bytes (at most one character in a thousand) become U+FFFD with a diagnostic; more raise ``DamagedFileError``.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _lenient(data[len(bom) :], (encoding,))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if "\0" not in text:
            return text, ()
    if data.count(b"\0") * 8 > len(data):
        return _lenient(data, ("utf-16-le", "utf-16-be"))
    candidates = (*_known(declared), "gb18030")
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_plausible(text):
            return text, ()
    return _lenient(data, ("utf-8", *candidates))


def _known(declared: str | None) -> tuple[str, ...]:
    try:
        name = codecs.lookup(declared or "").name
    except LookupError:
        return ()
    return (_SUPERSETS.get(name, name),)


def _lenient(data: bytes, encodings: tuple[str, ...]) -> tuple[str, tuple[Diagnostic, ...]]:
    for encoding in encodings:
        text = data.decode(encoding, errors="replace")
        lost = text.count("\ufffd")
        if lost <= len(text) * _TOLERATED + 1 and _is_plausible(text):
            if not lost:
                return text, ()
            message = f"有 {lost} 处文字无法解码，以“\ufffd”代替。请核对原文件。"
            return text, (Diagnostic("warning", "undecodable-bytes", message),)
    raise DamagedFileError("文字编码无法识别，读出来是乱码。请另存为 UTF-8 编码后再试。")


def _is_plausible(text: str) -> bool:
    foreign = sum(character > "\x7f" for character in text)
    return sum(map(text.count, _FREQUENT)) >= foreign * _PLAUSIBLE
