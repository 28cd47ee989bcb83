"""The words of the report: what stands before the first section, and the sections without the statutory tables."""

from __future__ import annotations

import re

from gongkai.annual.reader.flow import SECTION_TITLES, Row
from gongkai.annual.report import Section
from gongkai.text.normalise import fold
from gongkai.text.numerals import chinese_number

_ORDINAL = re.compile(r"\s*([一二三四五六七八九十]{1,2})\s*、\s*")
_KNOWN = re.compile(SECTION_TITLES)
_LONGEST_TITLE = 50


class Prose:
    """Collects paragraphs and headings in reading order."""

    def __init__(self) -> None:
        self._preamble: list[str] = []
        self._sections: list[tuple[int | None, str, list[str]]] = []

    def heading(self, row: Row) -> str:
        """Start a section with ``row``; return its folded title. What follows the title on the line is its text."""
        folded = fold(row.printed)
        ordinal = _ORDINAL.match(folded)
        number = chinese_number(ordinal[1]) if ordinal else None
        start = ordinal.end() if ordinal else 0
        known = _KNOWN.match(folded, start)
        end = known.end() if known else len(folded)
        rest = row.printed[end:]
        if len(folded) <= _LONGEST_TITLE and rest[:1].strip() and not re.search(r"[:。,;]", folded[end:]):
            end, rest = len(folded), ""  # a short line is the title as a whole
        rest = rest.strip()
        title = row.printed[start:end].strip()
        self._sections.append((number, title, [rest] if rest else []))
        return folded[start:end]

    def text(self, paragraph: str) -> None:
        """Add a paragraph to the current section."""
        (self._sections[-1][2] if self._sections else self._preamble).append(paragraph.strip())

    @property
    def preamble(self) -> str:
        """What stands before the first section."""
        return "\n".join(self._preamble)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections, in order."""
        return tuple(Section(number, title, "\n".join(text)) for number, title, text in self._sections)

    @property
    def folded(self) -> str:
        """Everything, folded."""
        parts = [self.preamble, *(f"{title}\n" + "\n".join(text) for _, title, text in self._sections)]
        return fold("\n".join(parts))
