"""The picture of a page: set straight, its ruled lines found, its cells cut out.

Long runs of dark pixels are the ruled lines: no stroke of a character in a table is as long as a cell is high. They are
looked for in the bytes of the picture, where the search runs at the speed of the regular expression engine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from statistics import pvariance
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw, ImageOps

from gongkai.annual.reader.layout import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DPI = 300
"""Pixels per inch that pages are rendered at."""

POINT = 72 / DPI
"""Points per pixel."""

LINE_ACROSS, LINE_DOWN = 80, 62
"""Pixels (19 and 15 points) from which on a dark run is a ruled line."""

MOST_RUNS = 200_000
"""Runs beyond which a picture is a photograph, not a page."""

SPECK = 5
"""Pixels in each direction up to which a mark is dirt."""

SKEW = 3.0
"""Degrees up to which a crooked scan is set straight."""

BORDER = 24
"""Pixels of white around a picture that is read."""

_WHITE = _INK = 255


def straight(page: Image.Image) -> Image.Image:
    """Return a grey page turned so that its lines of text run level: a crooked scan has no ruled lines."""
    small = ImageOps.invert(page.reduce(6))

    def sharpness(angle: float) -> float:
        turned = small.rotate(angle, resample=Image.Resampling.BILINEAR)
        return pvariance(turned.resize((1, turned.height), Image.Resampling.BOX).tobytes())

    rough = max((step / 2 for step in range(round(-2 * SKEW), round(2 * SKEW) + 1)), key=sharpness)
    fine = max((rough + step / 10 for step in range(-4, 5)), key=sharpness)
    if fine == 0 or sharpness(fine) < 1.05 * sharpness(0.0):
        return page
    return page.rotate(fine, resample=Image.Resampling.BICUBIC, fillcolor=_WHITE)


@dataclass(slots=True)
class Scan:
    """A page or a part of one: the grey picture, and its ink (255) on nothing (0)."""

    page: Image.Image
    mask: Image.Image

    @classmethod
    def of(cls, page: Image.Image) -> Scan:
        """Make it of a grey page; what is nearer to the paper (or to the shade of a cell) than to ink is nothing."""
        paper = _paper(page)
        # The darkest half per cent is ink on any page with text; an empty page has none.
        seen = accumulate(page.histogram())
        dark = next(value for value, count in enumerate(seen) if count > page.width * page.height / 200)
        limit = paper - 0.4 * (paper - min(dark, paper - 60))
        return cls(page, page.point([_INK if value < limit else 0 for value in range(256)]))

    def without(self, across: Iterable[Rule], down: Iterable[Rule]) -> None:
        """Rub out the ruled lines, as they were found: what remains is writing."""
        boxes = [(rule.start, rule.at - 1.5, rule.end, rule.at + 1.5) for rule in across]
        boxes += [(rule.at - 1.5, rule.start, rule.at + 1.5, rule.end) for rule in down]
        on_page, on_mask = ImageDraw.Draw(self.page), ImageDraw.Draw(self.mask)
        for box in boxes:
            on_page.rectangle(box, fill=_WHITE)
            on_mask.rectangle(box, fill=0)

    def cell(self, box: tuple[float, float, float, float]) -> tuple[int, int, int, int] | None:
        """Return the box of what is written inside a box (both in pixels of the page), ``None`` where it is blank."""
        left, top, right, bottom = (round(value) for value in box)
        inner = self.mask.crop((left, top, right, bottom)).getbbox()
        if inner is None or (inner[2] - inner[0] <= SPECK and inner[3] - inner[1] <= SPECK):
            return None
        return left + inner[0], top + inner[1], left + inner[2], top + inner[3]

    def crop(self, box: tuple[int, int, int, int]) -> Scan:
        """Return a part of it, the shade of its paper turned white."""
        part = self.page.crop(box)
        paper = _paper(part)
        return Scan(part.point([min(value * 255 // paper, 255) for value in range(256)]), self.mask.crop(box))

    def one_line(self, *, em: int) -> Image.Image:
        """Return a cell set on one line: engines read one line best, and columns of single characters not at all."""
        # The strokes of 三 stand apart like lines do: in a column of single characters they are not parted.
        found = spans(self.mask, gap=em // 3 if self.page.width < 2 * em else 2)
        parts = []
        for top, bottom in found:
            columns = letters(self.mask.crop((0, top, self.mask.width, bottom)))
            parts.append(self.page.crop((columns[0][0], top, columns[-1][1], bottom)))
        height = max(part.height for part in parts)
        joined = Image.new("L", (sum(part.width for part in parts) + (len(parts) - 1) * (em // 6), height), _WHITE)
        x = 0
        for part in parts:
            joined.paste(part, (x, (height - part.height) // 2))
            x += part.width + em // 6
        return joined


def _paper(page: Image.Image) -> int:
    """Return the grey that is most frequent among the lighter half: the paper, or the shade of a cell."""
    histogram = page.histogram()
    return max(range(128, 256), key=histogram.__getitem__)


def rules(mask: Image.Image) -> tuple[list[Rule], list[Rule]]:
    """Return the ruled lines of a page of ink, across and down, in pixels."""
    return list(_runs(mask, LINE_ACROSS)), list(_runs(mask.transpose(Image.Transpose.TRANSPOSE), LINE_DOWN))


def _runs(mask: Image.Image, shortest: int) -> Iterator[Rule]:
    # Two neighbouring rows together bridge the steps of a line that is not quite level; the column of paper at the end
    # keeps a run from going on in the next row.
    both = Image.new("L", (mask.width + 1, mask.height), 0)
    both.paste(ImageChops.lighter(mask, ImageChops.offset(mask, 0, 1)), (0, 0))
    found = re.finditer(rb"\xff{%d,}" % shortest, both.tobytes())
    for _, run in zip(range(MOST_RUNS), found, strict=False):
        row, start = divmod(run.start(), both.width)
        yield Rule(row - 0.5, start, start + run.end() - run.start())


def spans(mask: Image.Image, *, gap: int) -> list[tuple[int, int]]:
    """Return from where to where there is ink, from the top down; spans not more than ``gap`` pixels apart are one."""
    data, width = mask.tobytes(), mask.width
    found: list[tuple[int, int]] = []
    for row in range(mask.height):
        if b"\xff" in data[row * width : (row + 1) * width]:
            if found and row - found[-1][1] <= gap:
                found[-1] = (found[-1][0], row + 1)
            else:
                found.append((row, row + 1))
    return found


def letters(mask: Image.Image) -> list[tuple[int, int]]:
    """Return from where to where there is ink, from left to right: one mark for every letter that stands alone."""
    return spans(mask.transpose(Image.Transpose.TRANSPOSE), gap=0)


def framed(picture: Image.Image, *, height: int) -> Image.Image:
    """Return a picture scaled to a height, with white around it: engines miss what touches the edge."""
    width = max(round(picture.width * height / picture.height), 1)
    return ImageOps.expand(picture.resize((width, height), Image.Resampling.LANCZOS), BORDER, _WHITE)
