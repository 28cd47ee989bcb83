"""The blocks of a source as printed lines, one after the other, and the marks that tell where a table begins.

Everything here works on folded text (one spelling, same offsets); what was printed is kept beside it for the prose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from gongkai.annual.reader.source import Grid
from gongkai.text.normalise import clean, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.annual.reader.source import Block, GridCell

PROACTIVE, REQUESTS, REMEDIES = "proactive", "requests", "remedies"
SUMMARY, STATISTICS = "summary_2008", "statistics_2014"


@dataclass(slots=True)
class Row:
    """One printed line: a row of a grid, a line of text, or a part of a line that holds several.

    ``cells`` is folded text; ``columns`` the grid column of each cell. ``mark`` says what begins here: a table's key,
    ``section`` or nothing. ``grid`` numbers the grids from 1; 0 is a line of text.
    """

    cells: list[str]
    printed: str
    mark: str = ""
    page: int | None = None
    grid: int = 0
    row: int = 0
    columns: Sequence[int] = ()


def gapped(words: str) -> str:
    """Return a pattern for ``words`` that allows white space between any two characters."""
    return r"\s*".join(re.escape(char) for char in words)


def _any(*captions: str) -> str:
    return "(?:" + "|".join(gapped(caption) for caption in captions) + ")"


SECTION_TITLES = (
    r"(?:总体情况|概述|概况|基本情况|总体工作情况"
    r"|主动公开政府(?:政府)?信息的?情况|政府信息主动公开(?:的|工作)?情况"
    r"|收到和处理政府信息公开申请的?情况|(?:政府信息)?依申请公开(?:政府信息)?(?:工作|办理)?的?情况"
    r"|[^。,;]{0,20}行政法?复议[、和及]?(?:提起)?(?:行政)?诉讼的?情况"
    r"|(?:政府信息公开)?(?:工作)?(?:中)?存在的?(?:主要)?(?:困难和)?问题[^。,;]{0,16}?(?:情况|措施)|主要问题和改进措施"
    r"|政府信息公开的?收费及减免情况|其他需要(?:报告|说明)的(?:其他)?事项|需要(?:报告|说明)的(?:其他)?事项(?:与附表)?"
    r"|[^。,;\d]{0,24}(?:情况)?统计表)"
)
_ORDINAL = r"[一二三四五六七八九十]{1,2}\s*、\s*"
_OUTCOMES = _any("结果维持结果纠正其他结果尚未审结")
_ITEM = gapped("第二十条") + r"\s*第?\s*\(?\s*[一五六八九]\s*\)?\s*项"
_MARKS = {
    PROACTIVE: (
        rf"{_ITEM}(?=\s*(?:信\s*息\s*内\s*容|\||$))"
        rf"|{gapped('信息内容')}(?=\s*\|?\s*{_any('本年', '上一年', '采购')})"
    ),
    REQUESTS: (
        rf"\(\s*{gapped('本列数据的勾稽关系')}|{gapped('申请人情况')}(?=\s*(?:\(|\||{gapped('自然人')}|{gapped('法人')}|$))"
        rf"|一\s*、\s*{gapped('本年新收政府信息公开申请')}"
    ),
    REMEDIES: (
        rf"{gapped('行政复议')}[\s|]*{gapped('行政诉讼')}[\s|]*(?={_OUTCOMES}|{gapped('未经复议')}|[\s|]*$)|{_OUTCOMES}"
    ),
    SUMMARY: rf"{gapped('指标名称')}\s*\|?\s*{gapped('计量单位')}",
    STATISTICS: rf"{gapped('统计指标')}\s*\|?\s*{gapped('单位')}\s*\|?\s*{_any('统计数', '数量', '数据')}",
}
_MARK = re.compile(
    "|".join(f"(?P<{name}>{pattern})" for name, pattern in _MARKS.items())
    + rf"|(?P<section>{_ORDINAL}(?={gapped('总体情况')}|{SECTION_TITLES}))"
)
_HINTS = re.compile(
    r"第\s*二\s*十|信\s*息\s*内|勾\s*稽|申\s*请\s*人|本\s*年\s*新|行\s*政\s*复|结\s*果\s*维|指\s*标"
    r"|情\s*况|事\s*项|问\s*题|概\s*[述况]|统\s*计\s*表"
)
_HEADING = re.compile(rf"{_ORDINAL}\S[^。]{{0,50}}")
_TABLE_ROW = re.compile(rf"[一二三四]\s*、\s*(?:{_any('本年新收', '上年结转', '结转下年')}|本)")
_PAGE_IN_WORDS = r"第\s*\d{1,3}\s*页(?:\s*[/,]?\s*共\s*\d{1,3}\s*页)?"
# What stands on and around the pages of a book to leaf through on the screen.
_TURNING = r"(?:首页|上一?页|下一?页|尾页|末页|目录|缩略图|自动播放|全屏|放大|缩小|打印|分享|返回)"
_PAGE_FOOT = re.compile(
    rf"\s*(?:-{{1,2}}\s*\d{{1,3}}\s*-{{1,2}}|{_PAGE_IN_WORDS}|\d{{1,3}}\s*/\s*\d{{1,3}}"
    rf"|{_TURNING}(?:[\s|/]*{_TURNING})*)\s*"
)
# In words it is a page number only behind a digit: prose may end with the page of something else.
_GLUED_FOOT = re.compile(rf"(?:(?<=[\w)])\s*-\s*\d{{1,3}}\s*-|(?<=\d)\s*{_PAGE_IN_WORDS})\s*$")
_ALONE = re.compile(r"(?:^|\s)-(?:\s|$)")


def rows(blocks: Sequence[Block]) -> Iterator[Row]:
    """Yield the printed lines of ``blocks`` in reading order, page numbers left out, marks set."""
    grid = 0
    for block in blocks:
        if isinstance(block, Grid):
            grid += 1
            yield from _grid_rows(block, grid)
        else:
            printed = clean(block.text)
            text = fold(printed)
            if not text or text.isspace() or _PAGE_FOOT.fullmatch(text):
                continue
            yield from _line_rows(text, printed, block.page)


def _grid_rows(block: Grid, number: int) -> Iterator[Row]:
    by_row: dict[int, list[GridCell]] = {}
    for cell in block.cells:
        by_row.setdefault(cell.row, []).append(cell)
    for index in sorted(by_row):
        cells = by_row[index]
        texts = [cell.text if cell.text.isascii() else _folded(cell.text) for cell in cells]
        columns = [cell.column for cell in cells]
        yield Row(texts, "", _grid_mark(texts), block.page, number, index + 1, columns)


def _grid_mark(cells: list[str]) -> str:
    for text in cells:
        if not text.isascii() and _hints(text):
            match = _MARK.match(text.strip()) or _MARK.match("|".join(cells))
            if match is not None and match.lastgroup:
                return match.lastgroup
    return ""


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    return fold(clean(text))


@lru_cache(maxsize=8192)
def _hints(text: str) -> bool:
    return _HINTS.search(text) is not None


def _line_rows(text: str, printed: str, page: int | None) -> Iterator[Row]:
    if ("-" in text or "页" in text) and (foot := _GLUED_FOOT.search(text)) and not _ALONE.search(text[: foot.start()]):
        text, printed = text[: foot.start()], printed[: foot.start()]
    cuts = [(0, "")]
    if _HINTS.search(text):
        for match in _MARK.finditer(text):
            name = match.lastgroup or ""
            if cuts[-1][0] == match.start():
                cuts[-1] = (match.start(), name)
            else:
                cuts.append((match.start(), name))
    if not cuts[0][1] and _HEADING.fullmatch(text.strip()) and not _TABLE_ROW.match(text.strip()):
        cuts[0] = (0, "section")
    for number, (start, mark) in enumerate(cuts):
        end = cuts[number + 1][0] if number + 1 < len(cuts) else len(text)
        part = text[start:end]
        if part.strip():
            yield Row(_cells(part), printed[start:end], mark, page)


def _cells(text: str) -> list[str]:
    if "|" not in text:
        return [text.strip()]
    cells = [cell.strip() for cell in text.split("|")]
    if not cells[0]:
        del cells[0]
    if len(cells) > 1 and (not cells[-1] or _PAGE_FOOT.fullmatch(cells[-1])):
        del cells[-1]
    return cells
