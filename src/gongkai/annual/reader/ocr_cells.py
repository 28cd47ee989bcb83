"""The cells of a scanned table: a number counts as read only where independent readings agree on it.

Every cell is read once with the Chinese model. What looks like a number is read twice more by the digit model at other
sizes. Readings with fewer or more digits than the picture has separate marks do not count. A number is taken if two
readings agree and none gives another; where they do not, the cell is read three times more, and a number is taken if
all but one reading have it. Anything else is delivered as ``�``, with the numbers that were seen: ``�93|98``.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.annual.reader.ocr_engine import CHINESE, DIGITS
from gongkai.annual.reader.ocr_labels import mended
from gongkai.annual.reader.ocr_picture import framed, letters, spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image

    from gongkai.annual.reader.ocr_engine import Engine
from gongkai.annual.reader.ocr_picture import Scan

UNREADABLE = "\ufffd"
"""What stands for a cell that could not be read; the guesses follow it, parted by ``|``."""

LINE = 7
"""Tesseract's mode for a picture of one line of text."""

WORD = 8
"""Tesseract's mode for a picture of one word."""

EM = 42
"""The size of the type of a table in pixels, about 10 points."""

_LETTERS = "0123456789.-"
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_LOOKS_NUMERIC = re.compile(r"[\d.,+\-\]\[|lIiOoQ]{1,12}")
_ITEM = re.compile(r"^\W*\d{1,2}\s*[.、．,，]")


@dataclass(slots=True)
class Written:
    """A cell with something in it: where on the page, in pixels, its picture, and the text once it is read."""

    box: tuple[int, int, int, int]
    scan: Scan
    text: str = ""


def read(cells: Sequence[Written], engine: Engine) -> None:
    """Fill in the texts of the cells."""
    first = _texts([framed(cell.scan.one_line(em=EM), height=48) for cell in cells], engine, CHINESE, LINE)
    numeric: list[tuple[Written, str]] = []
    mixed: list[tuple[Written, str]] = []
    for cell, text in zip(cells, first, strict=True):
        if _shaped_like_number(cell.scan) or _LOOKS_NUMERIC.fullmatch(text):
            numeric.append((cell, text))
        elif re.search(r"\d", _ITEM.sub("", mended(text))):
            mixed.append((cell, text))
        else:
            cell.text = mended(text) or UNREADABLE
    _read_numbers(numeric, engine)
    again = _texts([framed(cell.scan.one_line(em=EM), height=40) for cell, _ in mixed], engine, CHINESE, LINE)
    for (cell, text), other in zip(mixed, again, strict=True):
        same = re.findall(r"\d+", text) == re.findall(r"\d+", other)
        cell.text = text if same else f"{UNREADABLE}{text}"


def _read_numbers(cells: Sequence[tuple[Written, str]], engine: Engine) -> None:
    pictures = [cell.scan.page for cell, _ in cells]
    second = _texts([framed(picture, height=32) for picture in pictures], engine, DIGITS, LINE, letters=_LETTERS)
    third = _texts([framed(picture, height=44) for picture in pictures], engine, DIGITS, WORD, letters=_LETTERS)
    open_cells: list[tuple[Written, Counter[str]]] = []
    for (cell, chinese), *digits in zip(cells, second, third, strict=True):
        votes = _votes([chinese, *digits], cell.scan)
        cell.text = _decided(votes, against=0)
        if cell.text.startswith(UNREADABLE):
            open_cells.append((cell, votes))
    pictures = [cell.scan.page for cell, _ in open_cells]
    fourth = _texts([framed(picture, height=56) for picture in pictures], engine, DIGITS, LINE, letters=_LETTERS)
    fifth = _texts([framed(picture, height=32) for picture in pictures], engine, CHINESE, LINE)
    sixth = _texts([framed(picture, height=40) for picture in pictures], engine, CHINESE, LINE, letters=_LETTERS)
    for (cell, votes), *more in zip(open_cells, fourth, fifth, sixth, strict=True):
        cell.text = _decided(votes + _votes(more, cell.scan), against=1)


def _texts(pictures: list[Image], engine: Engine, language: str, mode: int, *, letters: str = "") -> list[str]:
    texts = [""] * len(pictures)
    for word in engine.read(pictures, language=language, mode=mode, letters=letters):
        texts[word.picture] += word.text
    return texts


def _shaped_like_number(scan: Scan) -> bool:
    """Tell whether a cell holds one line of narrow marks, as digits are and Chinese characters are not."""
    height = scan.mask.height
    return len(spans(scan.mask, gap=2)) == 1 and all(end - start <= 0.85 * height for start, end in letters(scan.mask))


def _votes(readings: Sequence[str], scan: Scan) -> Counter[str]:
    """Count the numbers that were read and fit the picture; a full stop at the end is dirt, not a number's."""
    numbers = (reading.rstrip(".") for reading in readings)
    return Counter(number for number in numbers if _NUMBER.fullmatch(number) and _fits(number, scan))


def _decided(votes: Counter[str], *, against: int) -> str:
    """Return the number that two readings have at least, and two more than are against it; else what was seen."""
    ranked = votes.most_common()
    if ranked and ranked[0][1] >= 2 + against and votes.total() - ranked[0][1] <= against:
        return ranked[0][0]
    return UNREADABLE + "|".join(number for number, _ in ranked)


def _fits(number: str, scan: Scan) -> bool:
    """Tell whether the picture has a mark for every digit and no more; digits that touch make one wide mark."""
    marks = letters(scan.mask)
    height = scan.mask.height
    wide = sum(max(round((end - start) / (0.55 * height)), 1) for start, end in marks)
    return len(marks) <= len(number) <= wide
