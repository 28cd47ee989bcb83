"""Whether an OFD that came back says what its letter says: the text of all its pages, and nothing beside them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from gongkai.annual.errors import ReadError
from gongkai.annual.reader import pdf as pdf_reader
from gongkai.annual.reader.layout_text import line_text, lines
from gongkai.applications.seals.ofd.container import Container
from gongkai.applications.seals.ofd.pages import beside, drawing_of
from gongkai.files.pdfium import LOCK
from gongkai.text.normalise import replace_radicals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gongkai.annual.reader.layout import Sheet

_SPACE = re.compile(r"\s+")
_PAGE_NUMBER = re.compile(r"[-—–－─]+\d{1,4}[-—–－─]+")
_UNREAD = "\ufffd"
_SHOWN, _BEFORE, _MOST, _COMPARED = 30, 6, 4, 6_000
"""Characters shown of a difference and before it, differences shown, and how long a text may be to look for several."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two texts part: what the letter says there, what the file says, and what stands before in both."""

    letter: str
    file: str
    before: str = ""

    def __str__(self) -> str:
        """Return it in words."""
        where = f"“{self.before}”之后" if self.before else "开头"
        if not self.letter:
            return f"{where}多出“{_short(self.file)}”"
        if not self.file:
            return f"{where}缺少“{_short(self.letter)}”"
        return f"{where}，定稿的“{_short(self.letter)}”成了“{_short(self.file)}”"


def differences(ofd: bytes, pdf: bytes, *, hidden: Iterable[str] = ()) -> list[str]:
    """Return, in words, what keeps the OFD from being the letter set in ``pdf``; empty where it is that letter.

    Spaces, ends of lines and the numbers of pages do not count: another programme sets them anew. What cannot be read,
    or lies over or beside the pages, cannot be compared and is a difference. ``hidden`` are names of the letter that
    no message tells: looking at them is entered elsewhere. Raises an ``OfdSealError`` for no OFD.
    """
    container = Container(ofd)
    try:
        drawing = drawing_of(container)
        found = [f"文件带有{what}，不是定稿的内容" for what in beside(container)]
    except ReadError as error:
        return [f"页面不能读取（{error}）"]
    if drawing.pictures:
        numbers = "、".join(str(number) for number in sorted(drawing.pictures))
        found.append(f"第 {numbers} 页是图像或者有大幅图像，不能与定稿核对")
    text = text_of(drawing.sheets)
    if _UNREAD in text:
        found.append(f"有 {text.count(_UNREAD)} 个字的字体没有注明文字，不能与定稿核对")
    with LOCK:
        letter = text_of(page.sheet for page in pdf_reader.pages_of(pdf))
    parts = list(_parts(letter, text, _masked(letter, hidden)))
    found += [str(part) for part in parts[:_MOST]]
    if len(parts) > _MOST:
        found.append(f"另有 {len(parts) - _MOST} 处不同")
    return found


def text_of(sheets: Iterable[Sheet]) -> str:
    """Return the text of pages line by line, without spaces, ends of lines and numbers of pages."""
    printed = (_folded(line_text(line)) for sheet in sheets for line in lines(sheet.glyphs))
    return "".join(line for line in printed if not _PAGE_NUMBER.fullmatch(line))


def _folded(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", replace_radicals(text)))


def _masked(letter: str, hidden: Iterable[str]) -> str:
    for name in map(_folded, hidden):
        letter = letter.replace(name, "*" * len(name))
    return letter


def _parts(letter: str, file: str, shown: str) -> Iterable[Difference]:
    """Yield where the texts part; ``shown`` is the letter as a message may quote it, of the same length."""
    if letter == file:
        return
    if max(len(letter), len(file)) > _COMPARED:
        start = next((at for at, (one, other) in enumerate(zip(letter, file, strict=False)) if one != other), None)
        start = min(len(letter), len(file)) if start is None else start
        yield Difference(shown[start:], file[start:], shown[max(start - _BEFORE, 0) : start])
        return
    for what, a, b, c, d in SequenceMatcher(None, letter, file, autojunk=False).get_opcodes():
        if what != "equal":
            yield Difference(shown[a:b], file[c:d], shown[max(a - _BEFORE, 0) : a])


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}……"
