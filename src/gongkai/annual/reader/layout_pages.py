"""Pages into blocks: page furniture away, lines into paragraphs, table parts of following pages into one table."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from gongkai.annual.reader.lattice import find
from gongkai.annual.reader.layout import type_size
from gongkai.annual.reader.layout_cells import Filled, fill
from gongkai.annual.reader.layout_columns import told
from gongkai.annual.reader.layout_join import Part, joined
from gongkai.annual.reader.layout_text import is_han, line_text, lines
from gongkai.annual.reader.source import Block, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.annual.reader.layout import Glyph, Sheet

SNAP = 0.25
"""How far apart lines of one border may lie, in heights of a character: the two strokes of a double border."""

PROSE = 150
"""Characters per cell from which on a ruled frame holds paragraphs, not a table."""

SHORTEST = 12
"""Characters from which on a line can be a full one: a title that stands alone on its page is not."""

MARGIN = 0.12
"""The part of the page at its top and foot where page numbers and running heads stand."""

LOW = 0.4
"""How far down its page a table must reach to go on on the next: a high row leaves a large gap below it."""

REPEATED = 3
"""Pages on which the same text stands at the same edge before it is a running head."""

_DASHED_NUMBER = re.compile(
    r"[-—–－─~·.]+\s*\d{1,4}\s*[-—–－─~·.]+|第\s*\d+\s*页.{0,12}|\d+\s*[/／]\s*\d+|第?\s*\d+\s*页"
)
_BARE_NUMBER = re.compile(r"\d{1,4}")
_HEAD = re.compile(
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|第[一二三四五六七八九十]+[章条节]|\d+[.、．]\D"
)


@dataclass(slots=True)
class Printed:
    """A printed line outside of tables."""

    page: int
    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    em: float
    """The usual size of its characters."""


Element: TypeAlias = Printed | Filled


def arrange(sheets: Sequence[Sheet]) -> tuple[Block, ...]:
    """Return the lines and tables of the pages in reading order, tables and paragraphs continued over pages joined."""
    pages = [elements_of(sheet) for sheet in sheets]
    _without_furniture(pages, sheets)
    edges = _right_edges(pages)
    blocks: list[Block] = []
    part: Part | None = None
    to_the_foot = False
    paragraph: list[Printed] = []

    def close() -> None:
        nonlocal part
        if part is not None:
            blocks.append(part.grid())
            part = None
        if paragraph:
            blocks.append(_paragraph(paragraph))
            paragraph.clear()

    for sheet, elements, edge in zip(sheets, pages, edges, strict=True):
        for index, element in enumerate(elements):
            if isinstance(element, Filled):
                own = Part.of(element)
                whole = joined(part, own, em=sheet.em) if part is not None and index == 0 and to_the_foot else None
                if whole is None:
                    close()
                part = own if whole is None else whole
                to_the_foot = element.lattice.ys[-1] > LOW * sheet.height
            elif paragraph and _continues(paragraph[-1], element, edge=edge):
                paragraph.append(element)
            else:
                close()
                paragraph.append(element)
    close()
    return tuple(blocks)


def in_rows(sheets: Sequence[Sheet]) -> tuple[Block, ...]:
    """Return all text of the pages line by line as if there were no ruled lines: the other reading of a table."""
    pages: list[list[Element]] = [[*_printed_lines(sheet.number, sheet.glyphs)] for sheet in sheets]
    _without_furniture(pages, sheets)
    return tuple(Line(element.text, element.page) for page in pages for element in page if isinstance(element, Printed))


def elements_of(sheet: Sheet) -> list[Element]:
    """Return the tables and the lines outside of them from the top of the page down."""
    lattices = find(sheet.across, sheet.down, snap=max(SNAP * sheet.em, 0.5))
    inside: list[list[Glyph]] = [[] for _ in lattices]
    outside: list[Glyph] = []
    innermost = sorted(range(len(lattices)), key=lambda index: lattices[index].area)
    for glyph in sheet.glyphs:
        for index in innermost:
            if lattices[index].holds(glyph.x, glyph.y):
                inside[index].append(glyph)
                break
        else:
            outside.append(glyph)
    placed: list[tuple[float, Element]] = []
    for lattice, glyphs in zip(lattices, inside, strict=True):
        if len(glyphs) > PROSE * len(lattice.boxes):
            outside += glyphs
        elif glyphs:
            placed.append((lattice.ys[0], fill(sheet.number, lattice, glyphs)))
    placed += [((printed.y0 + printed.y1) / 2, printed) for printed in _printed_lines(sheet.number, outside)]
    return [element for _, element in sorted(placed, key=lambda pair: pair[0])]


def _printed_lines(page: int, glyphs: Sequence[Glyph]) -> list[Printed]:
    found = lines(glyphs)
    blanks = told(found)
    return [_printed(page, line, blanks.get(place) or line_text(line)) for place, line in enumerate(found)]


def _printed(page: int, line: list[Glyph], text: str) -> Printed:
    return Printed(
        page,
        text,
        line[0].x0,
        min(glyph.y0 for glyph in line),
        line[-1].x1,
        max(glyph.y1 for glyph in line),
        type_size(line),
    )


def _without_furniture(pages: list[list[Element]], sheets: Sequence[Sheet]) -> None:
    """Take page numbers and running heads out of the pages."""
    edge_lines = [
        [
            (line is page[0], line)
            for line in page[:1] + page[1:][-1:]
            if isinstance(line, Printed) and _at_edge(line, sheet)
        ]
        for page, sheet in zip(pages, sheets, strict=True)
    ]
    heads = Counter((top, re.sub(r"\d", "", line.text)) for page in edge_lines for top, line in page)
    numbers = Counter(
        int(line.text) - line.page for page in edge_lines for _, line in page if _BARE_NUMBER.fullmatch(line.text)
    )
    for page, candidates in zip(pages, edge_lines, strict=True):
        for top, line in candidates:
            text = line.text.strip()
            if (
                _DASHED_NUMBER.fullmatch(text.replace("\t", " "))
                or (_BARE_NUMBER.fullmatch(text) and (int(text) == line.page or numbers[int(text) - line.page] > 1))
                or (heads[top, re.sub(r"\d", "", line.text)] >= REPEATED and any(map(is_han, text)))
            ):
                page[:] = [element for element in page if element is not line]


def _at_edge(line: Printed, sheet: Sheet) -> bool:
    return line.y1 < MARGIN * sheet.height or line.y0 > (1 - MARGIN) * sheet.height


def _right_edges(pages: list[list[Element]]) -> list[float]:
    """Return where full lines end, page by page; a page of few lines takes it from the whole document."""
    ends = [[element.x1 for element in page if isinstance(element, Printed)] for page in pages]
    usual = max((end for page in ends for end in page), default=0.0)
    enough = 5
    return [max(page) if len(page) >= enough else usual for page in ends]


def _continues(above: Printed, below: Printed, *, edge: float) -> bool:
    """Tell whether a line is the next of the same paragraph: the one above is full, this one is not indented."""
    em = above.em
    same_page = above.page == below.page
    return (
        above.x1 > max(edge - 1.6 * em, above.x0 + SHORTEST * em)
        and below.x0 < above.x0 + 0.8 * em
        and abs(below.em - em) <= 0.2 * em
        and "\t" not in above.text
        and "\t" not in below.text
        and (not same_page or below.y0 - above.y1 < 1.5 * em)
        and not _HEAD.match(below.text)
    )


def _paragraph(printed: list[Printed]) -> Line:
    text = printed[0].text
    for line in printed[1:]:
        text += ("" if is_han(text[-1]) or is_han(line.text[0]) else " ") + line.text
    return Line(text, printed[0].page)
