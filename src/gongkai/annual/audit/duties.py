"""What is owed beyond the form: publication in time, the results of Art 50(4), a limit of length where one is set."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from gongkai.annual.audit.registry import RULES
from gongkai.annual.audit.structure import is_cut
from gongkai.law import duties
from gongkai.law.levels import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.annual.audit.context import Context
    from gongkai.annual.audit.prose import Passage
    from gongkai.annual.finding import Finding

_DAY = r"(20\d\d)[年\-./](\d{1,2})[月\-./](\d{1,2})日?"
_PUBLISHED = re.compile(rf"(?:发布|公布|公开|发文|成文|上传)(?:日期|时间)：?{_DAY}")
_SIGNED = re.compile(rf"{_DAY}$")
_SIGNATURE = re.compile(
    r"\s*(?:\S{1,24}[局厅府委办会院室处队心所镇乡县市区])?\s*20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*"
)
_RESULTS = {
    "工作考核": ("考核", "评估", "测评", "绩效"),
    "社会评议": ("评议", "满意度", "评价", "监督员"),
    "责任追究": ("追责", "问责", "追究"),
}
_BY_LAW = ("2019", "2021")


def check_duties(context: Context) -> Iterator[Finding]:
    """Yield the findings on what a body owes by its level."""
    yield from _late(context)
    yield from _results(context)
    yield from _length(context)


def _late(context: Context) -> Iterator[Finding]:
    """Yield a day of publication or signature that the report itself prints, if it lies after the last day."""
    printed = [(passage, match) for passage in context.passages for match in _days(passage)]
    due = _due(context) if printed else None
    for passage, match in printed if due else ():
        day = _date(match)
        if due and day is not None and due.due < day < date(due.due.year + 2, 1, 1):
            yield RULES["A6"].finding(
                expected=str(due.due),
                found=str(day),
                evidence=passage.printed(match.start(), match.end()),
                where=passage.title,
                article=due.article,
            )
            return


def _due(context: Context) -> duties.Duty | None:
    """Return the duty to publish, where the year and the level say by when."""
    year, level = context.report.year, context.level
    if year is None or level is None:
        return None
    try:
        owed = duties.duties(year, level)
    except duties.NoReportError:
        return None
    return next((duty for duty in owed if duty.act == "publish"), None)


def _days(passage: Passage) -> Iterator[re.Match[str]]:
    if "日期" in passage.text or "时间" in passage.text:
        yield from _PUBLISHED.finditer(passage.text)
    if _SIGNATURE.fullmatch(passage.raw.rstrip().rpartition("\n")[2]) and (signed := _SIGNED.search(passage.text)):
        yield signed


def _date(match: re.Match[str]) -> date | None:
    year, month, day = map(int, match.groups()[:3])
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _results(context: Context) -> Iterator[Finding]:
    """Art 50(4): the report of a government tells the results of assessment, public review and accountability."""
    report = context.report
    if report.edition not in _BY_LAW or not report.sections:
        return
    text = report.prose
    missing = [name for name, words in _RESULTS.items() if not any(word in text for word in words)]
    if missing and context.level not in (None, Level.DEPARTMENT, Level.NATIONAL) and not is_cut(text):
        yield RULES["E8"].finding(expected="、".join(missing), missing="、".join(missing))


def _length(context: Context) -> Iterator[Finding]:
    limit = context.overview_limit
    if limit is None:
        return
    for section in context.report.sections:
        length = len("".join(section.text.split()))
        if "总体情况" in section.title and length > limit:
            yield RULES["A8"].finding(expected=limit, found=length, where=section.title)
