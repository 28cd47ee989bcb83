"""Numbers of letters (文号): writing, reading, checking, and finding gaps.

No national format was found, so the pattern is a setting. The default is ``{agency}{kind}〔{year}〕{n}号``: the
characters that stand for the agency (机关代字) and for the class of letter (类别字), the year, and a serial per class
and year. Numbers are never used twice and leave no gaps; the year stands in hexagonal brackets and the serial has no
leading zeros (党政机关公文处理工作条例; GB/T 9704).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from string import Formatter
from typing import TYPE_CHECKING

from gongkai.law.catalogue import CatalogueError
from gongkai.law.parameters import read

if TYPE_CHECKING:
    from collections.abc import Iterable

_YEARS = range(1949, 2100)
_FORMS = {"agency": r".+?", "kind": r".*?", "year": r"\d{4}", "n": r"[1-9]\d*"}
_HEXAGONAL = str.maketrans("[]［］()（）【】", "〔〕" * 5)


class LetterNumberError(CatalogueError):
    """The text is not a number of this format, or the parts do not make one."""

    code = "letter-number"


class PatternError(CatalogueError):
    """The pattern cannot serve as a number format."""

    code = "letter-number-pattern"


@dataclass(frozen=True, slots=True)
class LetterNumber:
    """The parts of a number: 机关代字, 类别字 (may be empty), year, serial from 1."""

    agency: str
    kind: str
    year: int
    n: int


@dataclass(frozen=True)
class NumberFormat:
    """One way to number letters. ``kinds`` are the 类别字 in use: without them agency and kind cannot be told apart.

    The pattern names each of ``{year}`` and ``{n}`` once, ``{agency}`` and ``{kind}`` at most once; anything else is
    printed as it stands. ``PatternError`` otherwise.
    """

    pattern: str = ""
    kinds: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.pattern:
            object.__setattr__(self, "pattern", read("letters")["number"]["pattern"])
        names = [name for _, name, _, _ in Formatter().parse(self.pattern) if name is not None]
        if len(names) != len(set(names)) or not {"year", "n"} <= set(names) <= set(_FORMS):
            raise PatternError(
                f"文号格式“{self.pattern}”不可用：年份 {{year}} 和序号 {{n}} 必须各出现一次，"
                "机关代字 {agency} 和类别字 {kind} 至多各一次，不能有其他项目；请修改设置。"
            )

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        forms = _FORMS | {"kind": "|".join(re.escape(kind) for kind in sorted(self.kinds, key=len, reverse=True))}
        parts = (
            re.escape(text) + (f"(?P<{name}>{forms[name]})" if name is not None else "")
            for text, name, _, _ in Formatter().parse(self.pattern)
        )
        return re.compile("".join(parts))

    def format(self, number: LetterNumber) -> str:
        """Return ``number`` in this format; ``LetterNumberError`` if a part is not possible."""
        if number.year not in _YEARS or number.n < 1:
            raise LetterNumberError(
                f"文号的年份应为四位公历年份、序号应从1起，现为{number.year}年、{number.n}号；请核对后重新编号。"
            )
        if number.kind not in (self.kinds or ("",)):
            raise LetterNumberError(f"类别字“{number.kind}”没有登记；已登记的类别字：{'、'.join(self.kinds) or '无'}。")
        return self.pattern.format(agency=number.agency, kind=number.kind, year=number.year, n=number.n)

    def parse(self, text: str) -> LetterNumber:
        """Return the parts of ``text``; ``LetterNumberError``, with what is wrong, if it is not in this format."""
        found = self._expression.fullmatch(text)
        if found is None or int(found["year"]) not in _YEARS:
            raise LetterNumberError(f"“{text}”不是规范的文号：{self._explain(text)}")
        parts = found.groupdict()
        return LetterNumber(parts.get("agency") or "", parts.get("kind") or "", int(parts["year"]), int(parts["n"]))

    def is_valid(self, text: str) -> bool:
        """Tell whether ``text`` is a number of this format."""
        try:
            self.parse(text)
        except LetterNumberError:
            return False
        return True

    def next_after(self, issued: Iterable[LetterNumber], *, agency: str, kind: str = "", year: int) -> LetterNumber:
        """Return the number that follows those already issued for the same agency, class and year."""
        serials = [one.n for one in issued if (one.agency, one.kind, one.year) == (agency, kind, year)]
        return LetterNumber(agency, kind, year, max(serials, default=0) + 1)

    def _explain(self, text: str) -> str:
        tight = re.sub(r"\s+", "", text)
        if tight != text and self.is_valid(tight):
            return f"中间不应有空格，应为“{tight}”。"
        hexagonal = tight.translate(_HEXAGONAL)
        if hexagonal != tight and self.is_valid(hexagonal):
            return f"年份应当用六角括号，应为“{hexagonal}”。"
        plain = re.sub(r"(?<=[〔〕])第(?=\d)", "", re.sub(r"(?<!\d)0+(?=[1-9]\d*号)", "", hexagonal))
        if plain != hexagonal and self.is_valid(plain):
            return f"序号不编虚位、不加“第”，应为“{plain}”。"
        return f"格式应为“{self.pattern}”，例如“{self.pattern.format(agency='某政', kind='', year=2024, n=1)}”。"


def gaps(issued: Iterable[LetterNumber]) -> tuple[tuple[LetterNumber, ...], tuple[LetterNumber, ...]]:
    """Return the numbers that are missing below the highest of their class and year, and those used twice."""
    highest: dict[tuple[str, str, int], int] = {}
    used = Counter(issued)
    for one in used:
        key = (one.agency, one.kind, one.year)
        highest[key] = max(highest.get(key, 0), one.n)
    wanted = (LetterNumber(*key, n) for key, top in highest.items() for n in range(1, top + 1))
    twice = tuple(one for one, times in used.items() if times > 1)
    return tuple(one for one in wanted if one not in used), twice
