"""Looking for words in bytes, in every form a PDF or a picture may hold them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.files.redaction import layer, reading_back
from gongkai.files.redaction.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

_ENCODINGS = ("utf-8", "utf-16-be", "utf-16-le", "gb18030", "big5")
_LEAST_IN_PICTURE = 8
"""Bytes of a pattern below which the noise of a compressed picture holds it by chance."""

_FACE = layer.Letters.face()
_LONG = 8
"""Characters, digits among them, that no number of the format is by chance."""

_TOKEN = re.compile(
    rb"(?<![A-Za-z0-9_#.])(?:/?[A-Za-z*][A-Za-z0-9*\-]*|[-+]?\d*\.?\d+)(?![A-Za-z0-9_#.])|<[0-9A-Fa-f\s]*>"
)
_STRINGS = re.compile(rb"\((?:zh-CN|Adobe|UCS|Identity)\)")
_WORDS = frozenset(
    b"obj endobj stream endstream xref trailer startxref true false null R n f q Q cm Do BMC BDC EMC BT ET Tf Tm TJ Tr"
    b" findresource begin dict begincmap def begincodespacerange endcodespacerange beginbfchar endbfchar endcmap"
    b" currentdict defineresource pop end EOF PDF Adobe UCS Identity zh-CN".split()
)


def patterns(word: str) -> set[bytes]:
    """Return the forms of a word, in small letters: encodings, hexadecimal, octal, percent, and references of XML."""
    found: set[bytes] = set()
    for text in {word, word.upper()}:
        for encoding in _ENCODINGS:
            try:
                raw = text.encode(encoding)
            except UnicodeEncodeError:
                continue
            found.add(raw)
            found.add(raw.hex().encode("ascii"))
            found.add("".join(f"\\{byte:03o}" for byte in raw).encode("ascii"))
            found.add("".join(f"%{byte:02x}" for byte in raw).encode("ascii"))
        found.add("".join(f"&#{ord(character)};" for character in text).encode("ascii"))
        found.add("".join(f"&#x{ord(character):x};" for character in text).encode("ascii"))
        found.add("".join(f"\\u{ord(character):04x}" for character in text).encode("ascii"))
    return {pattern.lower() for pattern in found}


def holds(data: bytes, words: Iterable[str], *, is_picture: bool = False) -> bool:
    """Tell whether ``data`` (anything but a part of a copy) holds one of ``words``; ``plain`` words."""
    least = _LEAST_IN_PICTURE if is_picture else 1
    small = data.lower()
    return any(pattern in small for word in words for pattern in patterns(word) if len(pattern) >= least)


def found_in(parts: reading_back.Parts, words: Iterable[str]) -> list[str]:
    """Return where a copy that was taken apart holds one of ``words``: descriptions, never the words."""
    words = list(words)
    # A long word with digits is a number of somebody; without, it may be one of the format's own.
    short = {word for word in words if word.isascii() and (len(word) < _LONG or not any(map(str.isdigit, word)))}
    places = []
    for number, text in enumerate(parts.dictionaries, start=1):
        if _says_more(text):
            places.append(f"对象 {number} 含有不该有的文字")
        if _in_text(text, words, short):
            places.append(f"对象 {number} 中仍有被遮盖的文字")
    for stream in parts.streams:
        if stream.is_picture:
            if holds(stream.data, words, is_picture=True):
                places.append(f"图像 {stream.number} 的数据中仍有被遮盖的文字")
        elif stream.data != _FACE:
            if _says_more(stream.data):
                places.append(f"数据流 {stream.number} 含有不该有的文字")
            if _in_text(stream.data, words, short):
                places.append(f"数据流 {stream.number} 中仍有被遮盖的文字")
    return places


def _says_more(text: bytes) -> bool:
    """Tell whether there is a string or a comment that a copy of ours has not."""
    rest = _STRINGS.sub(b"", text)
    return b"(" in rest or b"%" in rest


def _in_text(text: bytes, words: list[str], short: set[str]) -> bool:
    # Numbers, and the words of the format itself, are what a copy is made of; a covered “2024” or “page” is looked for
    # in everything else, and in what the strings say.
    if holds(text, [word for word in words if word not in short]):
        return True
    if any(word in plain(string) for string in reading_back.strings(text) for word in words):
        return True
    return bool(short) and holds(_TOKEN.sub(_unless_known, text), short)


def _unless_known(found: re.Match[bytes]) -> bytes:
    token = found[0]
    is_known = not token[:1].isalpha() and token[:1] not in {b"/", b"*"}
    if token.startswith(b"/"):
        is_known = token[1:] in reading_back.NAMES
    elif not is_known:
        is_known = token in _WORDS
    return b" " if is_known else token
