"""A report as a sequence of titles, headings, paragraphs and tables: the one order of every visual format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from gongkai.annual.writer.boxes import TableLayout
from gongkai.annual.writer.layout import tables

if TYPE_CHECKING:
    from gongkai.annual.report import Report, Section

NUMERALS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")
"""Digits in Chinese, by value; 0 is empty as it is in 十 and 二十."""

_WORDS = {"proactive": ("主动公开",), "requests": ("申请",), "remedies": ("复议", "诉讼")}
_PLACES = {"proactive": 2, "requests": 3, "remedies": 4}
_APPENDED = ("附表", "统计表")
_LEADS = (
    (2, re.compile(r"（[一二三四五六七八九十]{1,3}）[^。；：\n]{1,30}(?:。|$)")),
    (3, re.compile(r"[0-9０-９]{1,2}[.．、][^0-9０-９。；：\n][^。；：\n]{0,30}(?:。|$)")),
)
_LINE = 20  # characters of 二号 type that fit on a line of 156 mm
_TITLE_WITHIN = 8  # the title of a page stands among its first lines
_TITLE_LINES = 4
_BROKEN_AT = re.compile(r"(?=\d{4}\s*年)")


@dataclass(frozen=True, slots=True)
class Title:
    """The title of the report, one entry a line."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the first level: ``一、总体情况``. ``section`` is the index of its section, if it is one."""

    text: str
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose; its first ``lead`` characters are a heading of ``level`` 2 (（一）) or 3 (1.) in it."""

    text: str
    level: int = 0
    lead: int = 0


Item: TypeAlias = Title | Heading | Paragraph | TableLayout


def items(report: Report) -> tuple[Item, ...]:
    """Return what the report prints, in order. Raises ``UnplacedCellError`` as ``layout.tables`` does."""
    waiting = {table.key: table for table in tables(report)}
    places = {key: _place(key, report.sections) for key in waiting}
    result: list[Item] = [Title(title_lines(report)), *_paragraphs(_untitled(report))]
    for index, section in enumerate(report.sections):
        result += [Heading(heading(section), index), *_paragraphs(section.text)]
        result += [table for key, table in waiting.items() if places[key] == index]
    for key, table in waiting.items():
        if places[key] is None:
            result += [Heading(table.title), table]
    return tuple(result)


def heading(section: Section) -> str:
    """Return the heading of a section with its number: ``一、总体情况``."""
    return f"{chinese(section.number)}、{section.title}" if section.number else section.title


def chinese(number: int) -> str:
    """Return a number from 1 to 99 in Chinese: 十, 十二, 二十."""
    tens, units = divmod(number, 10)
    return ("" if tens <= 1 else NUMERALS[tens]) + ("十" if tens else "") + NUMERALS[units]


def title_of(report: Report) -> str:
    """Return the title on one line: as printed, else made of body and year."""
    printed = "".join(report.title.split("\n")).strip()
    year = f"{report.year}年" if report.year else ""
    return printed or f"{report.body or ''}{year}政府信息公开工作年度报告"


def title_lines(report: Report) -> tuple[str, ...]:
    """Return the title in lines that hold together (GB/T 9704—2012 7.3.1: 回行时词意完整, 排列对称)."""
    title = title_of(report)
    if len(title) <= _LINE:
        return (title,)
    body = report.body or ""
    cuts = [len(body)] if body and title.startswith(body) else []
    cuts += [match.start() for match in _BROKEN_AT.finditer(title)]
    cut = next((cut for cut in cuts if 0 < cut < len(title)), None)
    return (title,) if cut is None else (title[:cut].strip(), title[cut:].strip())


def _untitled(report: Report) -> str:
    """Return the preamble without the title: a report read from a file has it there as well, on one line or two."""
    title = _squeezed(title_of(report))
    lines = report.preamble.split("\n")
    for first in range(min(len(lines), _TITLE_WITHIN)):
        for last in range(first + 1, min(len(lines), first + _TITLE_LINES) + 1):
            if _squeezed("".join(lines[first:last])) == title:
                return "\n".join([*lines[:first], *lines[last:]])
    return report.preamble


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _place(key: str, sections: tuple[Section, ...]) -> int | None:
    """Return the index of the section that the table ``key`` belongs to, ``None`` where it has none."""
    if key not in _WORDS:
        named = [i for i, section in enumerate(sections) if any(word in section.title for word in _APPENDED)]
        return named[-1] if named else (len(sections) - 1 if sections else None)
    named = [
        i
        for i, section in enumerate(sections)
        if any(word in section.title for word in _WORDS[key]) and not (key == "requests" and "复议" in section.title)
    ]
    numbered = [i for i, section in enumerate(sections) if section.number == _PLACES[key]]
    return next((i for i in numbered if i in named), next(iter(named), next(iter(numbered), None)))


def _paragraphs(text: str) -> list[Paragraph]:
    result: list[Paragraph] = []
    for line in text.split("\n"):
        words = line.strip()
        if not words:
            continue
        found = next(((level, match) for level, shape in _LEADS if (match := shape.match(words))), None)
        result.append(Paragraph(words, found[0], found[1].end()) if found else Paragraph(words))
    return result
