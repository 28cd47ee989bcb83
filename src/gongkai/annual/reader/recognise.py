"""From lines and grids to a ``Report``: tables by their labels, their order and their sums; prose by its headings."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from gongkai.annual import forms
from gongkai.annual.errors import NotAReportError
from gongkai.annual.reader import evidence, metadata, sides
from gongkai.annual.reader.flow import PROACTIVE, REMEDIES, REQUESTS, STATISTICS, SUMMARY
from gongkai.annual.reader.partition import partition
from gongkai.annual.reader.tables import Tables
from gongkai.annual.report import Diagnostic, Report
from gongkai.text.normalise import fold

if TYPE_CHECKING:
    from gongkai.annual.reader.partition import Parts
    from gongkai.annual.reader.source import Source

_NOT_A_REPORT = (
    "没有找到政府信息公开年度报告的法定表格（国办公开办函〔2021〕30号、〔2019〕60号，2019年以前的附表、统计表）。"
    "请确认文件是年度报告全文，表格不是图片。"
)


def recognise(source: Source) -> Report:
    """Return the report in ``source``.

    The other readings of the file are tried where the first is no report or lacks tables. Raises ``NotAReportError``
    where there is none, ``SeveralReportsError`` where there are two.
    """
    best: Report | None = None
    for reading in (source, *source.alternatives):
        try:
            report = _recognise(reading)
        except NotAReportError:
            continue
        if not any(diagnostic.severity == "error" for diagnostic in report.diagnostics):
            return report
        if best is None or len(report.cells) > len(best.cells):
            best = report
    if best is None:
        raise NotAReportError(_NOT_A_REPORT)
    return best


def _recognise(source: Source) -> Report:
    parts = partition(source.blocks)
    words = parts.prose.folded
    tables = Tables(parts.tables, lambda: evidence.from_prose(words), lambda: _heads(source, parts))
    if not tables.editions:
        raise NotAReportError(_NOT_A_REPORT)
    return _report(source, parts, words, tables)


def _heads(source: Source, parts: Parts) -> sides.Sides | None:
    """Return which half of the tables is whose: by the heads in the tables and by the lines around them."""
    rows = [row for table in parts.tables.values() for row in table]
    titles = metadata.title_years([source.title, *parts.lines])
    return sides.sides_of(rows, [fold(line) for line in parts.lines], titles)


def _report(source: Source, parts: Parts, words: str, tables: Tables) -> Report:
    title = metadata.title_of([source.title] if source.title else [], parts.lines)
    period, damaged = metadata.period_of(words)
    year = tables.year or title.year or (period[0].year if period else None)
    diagnostics = [*source.diagnostics, *tables.diagnostics]
    if damaged is not None:
        diagnostics.append(damaged)
    edition = next(
        tables.editions[t] for t in (PROACTIVE, SUMMARY, STATISTICS, REQUESTS, REMEDIES) if t in tables.editions
    )
    diagnostics += _edition_diagnostics(edition, year, tables)
    return Report(
        edition=edition,
        cells=MappingProxyType(tables.cells),
        file=source.file,
        title=title.text or source.title if title.year in (None, year) else "",
        body=title.body,
        year=year,
        period=period,
        table_editions=MappingProxyType(dict(tables.editions)),
        unreadable=MappingProxyType(tables.unreadable),
        sections=parts.prose.sections,
        preamble=parts.prose.preamble,
        diagnostics=tuple(diagnostics),
        labels=MappingProxyType(tables.labels),
    )


def _edition_diagnostics(edition: str, year: int | None, tables: Tables) -> list[Diagnostic]:
    result: list[Diagnostic] = []
    if tables.mixed:
        listed = "、".join(f"{_NAMES[table]}{found}版" for table, found in tables.editions.items())
        message = f"各表不是同一版格式：{listed}，已分别按各自格式读取。"
        result.append(Diagnostic("warning", "mixed-editions", message))
    form = forms.form(edition)
    if year is not None and not form.covers(year):
        last = form.last_year or "今"
        message = f"{year}年度报告用的是{form.basis}的格式（适用{form.first_year}—{last}年度）。"
        result.append(Diagnostic("warning", "edition-year", message))
    return result


_NAMES = {PROACTIVE: "表二", REQUESTS: "表三", REMEDIES: "表四", SUMMARY: "附表", STATISTICS: "统计表"}
