"""The years of one body side by side: chart, the same numbers as a table, and what does not add up in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from gongkai.annual import jsonio
from gongkai.annual.audit import audit_series
from gongkai.annual.compare import compare
from gongkai.annual.compare_tables import growth_words, notes
from gongkai.annual.plot import figure, said
from gongkai.reporting.queries import published

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.annual.compare import Line
    from gongkai.annual.finding import Finding
    from gongkai.annual.report import Report

ARITHMETIC = frozenset(
    {
        "row-sum",
        "column-sum",
        "balance",
        "remedy-sum",
        "carry-over",
        "stock-flow",
        "flow-equals-stock",
        "cumulative",
        "level",
        "outlier",
        "unit",
    }
)
"""Findings on the numbers alone: for reports of which only the cells are kept, and for everybody to see."""


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator with its unit, and per year the number in words and the change from the year before."""

    caption: str
    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Indicators that belong together."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """The published reports of one body. ``svg`` draws some of the numbers in ``groups``; ``notes`` are about them.

    ``findings`` are by year, those with the year before among them.
    """

    body: published.Body
    heads: tuple[str, ...]
    svg: str
    groups: tuple[Group, ...]
    notes: tuple[str, ...]
    findings: tuple[tuple[int, tuple[Finding, ...]], ...]


def trend(slug: str, *, in_full: bool = False) -> Trend:
    """Return the years of a body, the last published version of each.

    ``in_full``: also the findings that rest on the words of a report, where its words are kept, and what to do about
    each; without it what does not add up, for readers. Raises ``published.NotPublishedError``.
    """
    body = published.body(slug)
    reports = _reports(body)
    comparison = compare(reports)
    groups = tuple(
        Group(title, tuple(_row(line) for line in lines))
        for title, lines in groupby(comparison.lines, key=lambda line: line.group)
    )
    return Trend(
        body=body,
        heads=tuple(head.label for head in comparison.heads),
        svg=figure(comparison),
        groups=groups,
        notes=notes(comparison),
        findings=tuple(_findings(reports, in_full=in_full)),
    )


def _reports(body: published.Body) -> list[Report]:
    lines = published.rows().filter(slug=body.slug).order_by("year", "version").values_list("year", "report")
    # The name it bears now, for it is one body whatever it was called; the year stands for the file in findings.
    return [
        replace(jsonio.loads(line), body=body.name, year=year, file=f"{year}年报告")
        for year, line in dict(lines).items()
    ]


def _row(line: Line) -> Row:
    entries = tuple(
        (said(entry), growth_words(change, line.unit) if change is not None else "")
        for entry, change in zip(line.entries, line.changes, strict=True)
    )
    return Row(f"{line.caption}（{line.unit}）", entries)


def _findings(reports: Sequence[Report], *, in_full: bool) -> list[tuple[int, tuple[Finding, ...]]]:
    result = []
    for report, findings in zip(reports, audit_series(reports), strict=True):
        every = in_full and bool(report.sections)
        kept = tuple(
            one if in_full else replace(one, message=one.message.partition("依据：")[0])
            for one in findings
            if every or one.code in ARITHMETIC
        )
        if kept:
            result.append((report.year or 0, kept))
    return result
