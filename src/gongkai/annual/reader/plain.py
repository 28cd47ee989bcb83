"""Plain text and markdown, with the tables people paste into them: by pipes, by tabs, or as HTML."""

from __future__ import annotations

import html as entities
import re
from typing import TYPE_CHECKING

from gongkai.annual.errors import TooLargeError
from gongkai.annual.reader import html, limits, sniff
from gongkai.annual.reader.encoding import decode
from gongkai.annual.reader.grids import Box, join, lay_out
from gongkai.annual.reader.source import Block, Grid, GridCell, Line, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_RULE = frozenset("-:| \t\u3000\xa0")
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_BOLD = re.compile(r"(\*\*|__)(.+?)\1")
_WHOLLY_BOLD = re.compile(r"(\*\*|__)([^*_]+)\1")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MARKER = re.compile(r"={3,}\s*正文\s*={3,}")
_TITLE = re.compile(r"标题[:：]\s*(.+)")
_PIPE = re.compile(r"(?<!\\)\|")
_HEADER_LINES = 12
_LONGEST_CELL = 200
_SHORTEST_ROW = 3


def load(data: bytes, *, file: str) -> Source:
    """Return the text in ``data``: a ``Grid`` per run of piped or tabbed lines, a ``Line`` per other line.

    Blank lines are left out. A piece of a web page without its frame is read as HTML. Raises ``DamagedFileError``
    where the encoding is unknown, ``TooLargeError`` over the limit.
    """
    limits.check_size(len(data), limits.MAX_TEXT_BYTES)
    text, diagnostics = decode(data, html.declared_charset(data))
    if sniff.is_html(text):
        return html.load_text(text, file=file, diagnostics=diagnostics)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    if text.count("\n") > limits.MAX_LINES:
        raise TooLargeError(f"文件超过 {limits.MAX_LINES} 行，不像年度报告。请只保留年度报告的部分。")
    lines = text.split("\n")
    title, lines = _header(lines)
    blocks = tuple(_blocks(lines))
    if not title:
        title = next(
            (block.text for block in blocks if isinstance(block, Line) and block.heading and "报告" in block.text), ""
        )
    return Source(file=file, kind="text", blocks=blocks, title=title, diagnostics=diagnostics)


def _header(lines: list[str]) -> tuple[str, list[str]]:
    # Crawled pages carry their title, date and address above a marker; what is above it is not the report.
    for number, line in enumerate(lines[:_HEADER_LINES]):
        if _MARKER.fullmatch(line.strip()):
            titles = [match[1].strip() for match in map(_TITLE.match, lines[:number]) if match]
            return next(iter(titles), ""), lines[:number] + lines[number + 1 :]
    return "", lines


def _blocks(lines: Iterable[str]) -> Iterator[Block]:
    piped: list[str] = []
    tabbed: list[str] = []
    markup: list[str] = []
    depth = 0
    for line in lines:
        lowered = line.lower()
        if markup or "<table" in lowered:
            yield from _flush(piped, tabbed)
            markup.append(line)
            depth += lowered.count("<table") - lowered.count("</table")
            if depth <= 0:
                depth = 0
                yield from html.load_text("\n".join(markup), file="").blocks
                markup.clear()
            continue
        stripped = line.strip()
        if _is_piped(stripped):
            yield from _flush([], tabbed)
            piped.append(stripped)
        elif "\t" in line and stripped:
            yield from _flush(piped, [])
            tabbed.append(line)
        elif stripped:
            yield from _flush(piped, tabbed)
            yield _line(stripped)
        else:
            yield from _flush(piped, [])
    yield from _flush(piped, tabbed)
    if markup:
        yield from html.load_text("\n".join(markup), file="").blocks


def _line(stripped: str) -> Line:
    heading = _HEADING.fullmatch(stripped)
    text = heading[1].rstrip("# \t\u3000") if heading else stripped
    if bold := _WHOLLY_BOLD.fullmatch(text):
        return Line(bold[2].strip(), heading=True)
    return Line(_BOLD.sub(r"\2", text) if "*" in text else text, heading=heading is not None)


def _flush(piped: list[str], tabbed: list[str]) -> Iterator[Block]:
    if piped:
        yield from _pipe_table(piped)
        piped.clear()
    if tabbed:
        yield from _tab_table(tabbed)
        tabbed.clear()


def _is_piped(stripped: str) -> bool:
    if _is_rule(stripped):
        return True
    return len(stripped) > 1 and stripped[0] == stripped[-1] == "|"


def _is_rule(stripped: str) -> bool:
    return "|" in stripped and "-" in stripped and _RULE.issuperset(stripped)


def _pipe_table(lines: list[str]) -> Iterator[Block]:
    rows = [_pipe_row(line) for line in lines if not _is_rule(line)]
    if any(box.text for row in rows for box in row):
        yield lay_out(rows)


def _pipe_row(line: str) -> list[Box]:
    # "||" after a padded cell widens that cell (MultiMarkdown); where nothing is padded it is an empty cell.
    boxes: list[Box] = []
    padded = " " in line or "\u3000" in line
    for raw in _PIPE.split(line)[1:-1]:
        if not raw and boxes and padded:
            boxes[-1] = boxes[-1]._replace(colspan=boxes[-1].colspan + 1)
        else:
            boxes.append(Box(_cell(raw)))
    return boxes


def _cell(raw: str) -> str:
    text = raw.replace("\\|", "|")
    if "<" in text:
        text = _BREAK.sub("\n", text)
    if "&" in text:
        text = entities.unescape(text)
    if "*" in text or "_" in text:
        text = _BOLD.sub(r"\2", text)
    return join(text.split("\n"))


def _tab_table(lines: list[str]) -> Iterator[Block]:
    # Tabs also indent and align prose: a table has short cells and more than one of them in a row.
    rows = [[cell.strip() for cell in line.split("\t")] for line in lines]
    filled = [sum(map(bool, row)) for row in rows]
    widest = max(filled)
    longest = max(len(cell) for row in rows for cell in row)
    if longest > _LONGEST_CELL or widest == 1 or (len(rows) == 1 and widest < _SHORTEST_ROW):
        yield from (_line(" ".join(line.split("\t")).strip()) for line in lines)
        return
    limits.check_positions(len(rows), max(map(len, rows)))
    cells = [GridCell(text, number, column) for number, row in enumerate(rows) for column, text in enumerate(row)]
    yield Grid(tuple(cells))
