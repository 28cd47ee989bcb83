"""The pages of a scan: rendered, set straight, their tables found and read cell by cell, the rest read as lines."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from gongkai.annual.errors import TooLargeError
from gongkai.annual.reader import ocr_cells
from gongkai.annual.reader.lattice import find
from gongkai.annual.reader.layout import Glyph, Rule, Sheet
from gongkai.annual.reader.ocr_cells import Written
from gongkai.annual.reader.ocr_engine import CHINESE
from gongkai.annual.reader.ocr_picture import DPI, POINT, Scan, rules, straight
from gongkai.annual.reader.pdf import open_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gongkai.annual.reader.lattice import Lattice
    from gongkai.annual.reader.ocr_engine import Engine, Word

MAX_PAGES = 60
"""Scanned pages that are read; recognition takes seconds for each."""

MAX_INCHES = 24.0
"""The longer side of a page that is rendered, which bounds the memory a page takes."""

SNAP = 12.0
"""Pixels within which lines are the same line, 3 points."""

NARROWEST = 400
"""Pixels from which on what lines enclose is a table and not the frame of a stamp."""

WIDE = 2.0
"""The gap between two words, in heights of their line, that parts them."""

COLUMN = 4
"""Tesseract's mode for a page of one column of text of different sizes."""


def sheets(data: bytes, engine: Engine) -> list[Sheet]:
    """Return the pages of a scanned PDF as they were read; what is not certain has ``�`` in its text."""
    return [_sheet(number, scan, engine) for number, scan in _scans(data)]


def _scans(data: bytes) -> Iterator[tuple[int, Scan]]:
    """Yield the pages one by one as pictures, set straight: only one is in memory at a time."""
    document = open_document(data)
    try:
        if len(document) > MAX_PAGES:
            raise TooLargeError(f"扫描件有 {len(document)} 页，超过 {MAX_PAGES} 页的上限。请只保留年度报告所在的页。")
        for index in range(len(document)):
            page = document[index]
            longest = max(page.get_size()) / 72
            bitmap = page.render(scale=DPI / 72 * min(1.0, MAX_INCHES / longest), grayscale=True)
            picture = bitmap.to_pil().convert("L")
            bitmap.close()
            page.close()
            yield index + 1, Scan.of(straight(picture))
    finally:
        document.close()


def _sheet(number: int, scan: Scan, engine: Engine) -> Sheet:
    across, down = rules(scan.mask)
    lattices = [lattice for lattice in find(across, down, snap=SNAP) if lattice.xs[-1] - lattice.xs[0] >= NARROWEST]
    across = [rule for rule in across if any(_bounds_hold(lattice, rule.start, rule.at) for lattice in lattices)]
    down = [rule for rule in down if any(_bounds_hold(lattice, rule.at, rule.start) for lattice in lattices)]
    scan.without(across, down)
    cells = [cell for lattice in lattices for cell in _cells(lattice, scan)]
    ocr_cells.read(cells, engine)
    for lattice in lattices:
        x0, y0, x1, y1 = _bounds(lattice)
        scan.page.paste(255, (round(x0), round(y0), round(x1), round(y1)))
    lines = _lines(engine.read([scan.page], language=CHINESE, mode=COLUMN))
    return Sheet(
        number,
        scan.page.width * POINT,
        scan.page.height * POINT,
        [_scaled(glyph) for glyph in (*(Glyph(cell.text, *cell.box) for cell in cells), *lines)],
        [_on_paper(rule) for rule in across],
        [_on_paper(rule) for rule in down],
    )


def _bounds(lattice: Lattice) -> tuple[float, float, float, float]:
    return lattice.xs[0], lattice.ys[0], lattice.xs[-1], lattice.ys[-1]


def _bounds_hold(lattice: Lattice, x: float, y: float) -> bool:
    """Tell whether a line that begins there belongs to a table, not to the large letters of a title."""
    x0, y0, x1, y1 = _bounds(lattice)
    return x0 - SNAP <= x <= x1 + SNAP and y0 - SNAP <= y <= y1 + SNAP


def _scaled(glyph: Glyph) -> Glyph:
    return Glyph(glyph.text, *(value * POINT for value in glyph[1:]))


def _on_paper(rule: Rule) -> Rule:
    return Rule(*(value * POINT for value in rule))


def _lines(words: Iterable[Word]) -> Iterator[Glyph]:
    """Yield the words that Tesseract has on one line as one, parted only where the gap is wide.

    Its boxes for single characters and commas are as high as their ink, so they cannot be put on lines by place again.
    """
    for _, group in groupby(words, key=lambda word: word.line):
        line = list(group)
        y0, y1 = min(word.y0 for word in line), max(word.y1 for word in line)
        text, start = line[0].text, line[0].x0
        for left, right in pairwise(line):
            if right.x0 - left.x1 > WIDE * (y1 - y0):
                yield Glyph(text, start, y0, left.x1, y1)
                text, start = right.text, right.x0
            else:
                text += right.text
        yield Glyph(text, start, y0, line[-1].x1, y1)


def _cells(lattice: Lattice, scan: Scan) -> Iterator[Written]:
    for box in lattice.boxes:
        edges = (lattice.xs[box.column], lattice.ys[box.row], lattice.xs[box.end_column], lattice.ys[box.end_row])
        written = scan.cell(edges)
        if written is not None:
            yield Written(written, scan.crop(written))
