"""Title, body, year and 统计期限, read from the words of the report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from gongkai.annual.report import Diagnostic
from gongkai.text.normalise import clean, fold, squeeze
from gongkai.text.numerals import chinese_number

if TYPE_CHECKING:
    from collections.abc import Sequence

_YEAR = r"(?P<year>(?:19|20)\s?\d\s?\d|二[〇○零O0][一二三四五六七八九〇○零]{2})\s*年"
_YEAR_OF = re.compile(r"((?:19|20)\s?\d\s?\d)\s*年")
_TITLE = re.compile(
    rf"(?P<before>[^\s。,;:|]{{0,40}}?(?:\s[^\s。,;:|]{{1,20}})?)\s*{_YEAR}\s*度?\s*(?P<after>[^\d。,;:|]{{0,40}}?)"
    r"(?:政府)?\s*信息\s*公开\s*(?:工\s*作)?\s*(?:情况)?\s*(?:的)?\s*(?:年\s*度)?\s*(?:工\s*作)?\s*(?:年\s*度)?\s*报\s*告"
)
_YEARLESS = re.compile(
    r"(?P<before>[^\s。,;:|\d]{2,40}?)(?:政府)?信息公开(?:工作)?(?:年度)?(?:工作)?报告\s*\(\s*(?P<year>(?:19|20)\d\d)\s*年?度?\s*\)"
)
_OTHER_YEAR = re.compile(r"(?:19|20)\d\d年?度?[与和、及至-]*\Z")  # 2023年与2024年: the body stands before both
_NAVIGATION = re.compile(r"^(?:标题|当前位置|首页|关于|附件\d*)\s*[:：]?\s*")
_BODY_END = re.compile(
    r"(?:人民政府|办事处|管委会|管理委员会|委员会|办公室|办公厅|[局厅院委]|综合实验区)(?:办公室|办公厅)?\Z"
)
_BODY_LINE = re.compile(r"[\u4e00-\u9fff()、]{3,30}")
_DATE = r"(?:(\d{4})\s*年)\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"
_PERIOD = re.compile(
    rf"(?:统计期限|统计时限|统计时段|统计期间|起止时间|数据.{{0,6}}期限)[^\d]{{0,8}}{_DATE}[^\d]{{0,8}}"
    r"(?:(\d{4})\s*年)?\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"
)
_PERIOD_WORDS = re.compile(r"统计(?:期限|时限|时段|期间)[^。;]{0,60}")
_FIRST_LINES = 30


@dataclass(frozen=True, slots=True)
class Title:
    """What the title says."""

    text: str = ""
    body: str | None = None
    year: int | None = None


def title_of(candidates: Sequence[str], lines: Sequence[str]) -> Title:
    """Return the title found in ``candidates`` (the page's own titles) or at the head of ``lines``."""
    head = [fold(clean(line)) for line in lines[:_FIRST_LINES]]
    joined = [first + second for first, second in pairwise(head)]
    for text in (*(fold(clean(candidate)) for candidate in candidates), *head, *joined):
        found = _title(text)
        if found is not None:
            return found if found.body else Title(found.text, _signature(lines), found.year)
    return Title("", _signature(lines), None)


def title_years(lines: Sequence[str]) -> frozenset[int]:
    """Return the years that the titles at the head of ``lines`` name: two titles may stand side by side."""
    head = [fold(clean(line)) for line in lines[: _FIRST_LINES + 1]]
    found = [year for line in head for match in _TITLE.finditer(line) for year in _YEAR_OF.findall(match[0])]
    return frozenset(int(re.sub(r"\s", "", year)) for year in found)


def _title(text: str) -> Title | None:
    match = _TITLE.search(text)
    if match is None:
        match = _YEARLESS.search(text)
        if match is None:
            return None
        return Title(squeeze(match[0]).strip(), _body(match["before"]), int(match["year"]))
    year = re.sub(r"\s", "", match["year"])
    number = int(year) if year.isascii() and year.isdecimal() else chinese_number(re.sub("[○零O0]", "〇", year))
    return Title(squeeze(match[0]).strip(), _body(match["before"]) or _body(match["after"]), number)


def _body(text: str) -> str | None:
    text = squeeze(text).replace(" ", "")
    text = _OTHER_YEAR.sub("", _NAVIGATION.sub("", text)).strip("《》“”\"'-—_:：·,，")
    return text if len(text) > 1 else None


def _signature(lines: Sequence[str]) -> str | None:
    candidates = [squeeze(line).strip() for line in (*lines[:5], *lines[-5:])]
    return next((line for line in candidates if _BODY_LINE.fullmatch(line) and _BODY_END.search(line)), None)


def period_of(text: str) -> tuple[tuple[date, date] | None, Diagnostic | None]:
    """Return the printed 统计期限 in the folded ``text``, and a diagnostic where it is there but damaged."""
    match = _PERIOD.search(text)
    if match is not None:
        year, month, day, last_year, last_month, last_day = match.groups()
        try:
            first = date(int(year), int(month), int(day))
            return (first, date(int(last_year or year), int(last_month), int(last_day))), None
        except ValueError:
            pass
    words = next((m[0] for m in _PERIOD_WORDS.finditer(text) if re.search(r"\d", m[0])), None)
    if words is None:
        return None, None
    words = squeeze(words).strip()
    year_match = re.search(r"(20\d\d)", words)
    guess = f"（可能是{year_match[1]}年1月1日至12月31日，未采用）" if year_match else ""
    message = f"统计期限的日期残缺：“{words}”{guess}。请核对原文。"
    return None, Diagnostic("warning", "damaged-period", message, "统计期限")


def same_body(first: str, second: str) -> bool:
    """Tell whether two printed names mean one body: ``晋江市`` is ``晋江市人民政府``, ``…区管委会`` is ``…区``."""
    return _stem(first) == _stem(second)


def _stem(name: str) -> str:
    return re.sub(r"(?:人民政府|管委会|管理委员会)\Z", "", name)
