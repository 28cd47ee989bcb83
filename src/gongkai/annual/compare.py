"""Reports side by side: the years of one body, the bodies of one year, or both.

Every line is one indicator (or, in detail, one cell) across the reports. Changes are worked out between one report and
the one before it of the same body; where the form changed in between, the change says so, because the two numbers were
counted by different rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from gongkai.annual import forms, indicators
from gongkai.annual.audit.series import body_key
from gongkai.annual.indicators import Entry, Known, percent
from gongkai.annual.narrow import Narrowed, narrow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from gongkai.annual.report import Number, Report


class CompareError(Exception):
    """Reports that cannot be put side by side. ``code`` is stable, for machines."""

    code = "compare"


class UnnamedReportError(CompareError):
    """A report does not say whose it is or of which year."""

    code = "unnamed-report"


class Kind(StrEnum):
    """What is put side by side."""

    YEARS = "years"
    BODIES = "bodies"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Head:
    """One report as a column. ``label`` is short enough for a table head."""

    label: str
    body: str
    year: int
    edition: str
    file: str


@dataclass(frozen=True, slots=True)
class Change:
    """From the report before, of the same body. ``growth`` is per cent, ``None`` where the earlier value is zero.

    For a rate ``difference`` is in percentage points and there is no growth. ``form_changed`` warns that the two were
    counted by different forms; ``years`` is the distance.
    """

    difference: Number
    growth: Decimal | None
    form_changed: bool
    years: int


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator or cell across the reports; ``entries`` and ``changes`` are in the order of the heads."""

    key: str
    caption: str
    unit: str
    group: str
    entries: tuple[Entry, ...]
    changes: tuple[Change | None, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Reports side by side. ``remarks`` says in words which files were not used, and what another year decided."""

    kind: Kind
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    remarks: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What is compared, in words."""
        years = sorted({head.year for head in self.heads})
        span = f"{years[0]}—{years[-1]}年" if len(years) > 1 else f"{years[0]}年"
        bodies = list(dict.fromkeys(head.body for head in self.heads))
        return f"{bodies[0] if len(bodies) == 1 else f'{len(bodies)}个机构'}{span}政府信息公开情况对比"

    def line(self, key: str) -> Line:
        """Return the line ``key``; ``KeyError`` if there is none."""
        return {line.key: line for line in self.lines}[key]


def compare(reports: Sequence[Report], *, detail: bool = False) -> Comparison:
    """Put ``reports`` side by side, by body and year; with ``detail`` cell by cell instead of by indicator.

    A body is the same with or without 人民政府 in its name. Cells that only another year of the body decides are filled
    in and named. Of several reports of one body and year the first counts. Lines on which no report says anything are
    left out.
    Raises ``UnnamedReportError`` for a report without a body or a year.
    """
    chosen: dict[tuple[str, int], Report] = {}
    said: list[str] = []
    for report in reports:
        if report.body is None or report.year is None:
            what = "机构名称" if report.body is None else "年份"
            raise UnnamedReportError(f"{report.file}：报告里没有找到{what}，无法对比；请在标题中写明“某机构某年”")
        place = (body_key(report) or report.body, report.year)
        if place in chosen:
            said.append(f"{report.file}：与 {chosen[place].file} 是同一机构同一年度的报告，未重复列入")
        else:
            chosen[place] = report
    order = list(dict.fromkeys(body for body, _ in chosen))
    keys = sorted(chosen, key=lambda key: (order.index(key[0]), key[1]))
    kind = _kind(keys)
    names = {body: chosen[body, year].body or body for body, year in keys}  # the name it bears in its last year
    heads = tuple(_head(chosen[key], kind, names[key[0]]) for key in keys)
    ordered: list[Report] = []
    for body in order:
        years, narrowed = narrow([chosen[key] for key in keys if key[0] == body])
        ordered += years
        said += [_narrowed(note) for note in narrowed]
    lines = _cells(ordered, heads) if detail else _indicators(ordered, heads)
    shown = tuple(line for line in lines if any(entry.known is not Known.ABSENT for entry in line.entries))
    return Comparison(kind, heads, shown, tuple(said))


def _narrowed(note: Narrowed) -> str:
    values = "、".join("空白" if value is None else str(value) for value in note.values)
    return f"{note.file}：{note.key} 印为“{note.printed}”，单凭本报告有多种拆法，按 {note.against} 的数取 {values}"


def _kind(keys: Sequence[tuple[str, int]]) -> Kind:
    if len({body for body, _ in keys}) == 1:
        return Kind.YEARS
    return Kind.BODIES if len({year for _, year in keys}) == 1 else Kind.MIXED


def _head(report: Report, kind: Kind, body: str) -> Head:
    year = report.year or 0
    label = {Kind.YEARS: f"{year}年", Kind.BODIES: body, Kind.MIXED: f"{body} {year}年"}[kind]
    return Head(label, body, year, report.edition, report.file)


def _indicators(reports: Sequence[Report], heads: tuple[Head, ...]) -> list[Line]:
    known = [indicators.entries(report) for report in reports]
    titles = {group.key: group.title for group in indicators.groups()}
    lines = []
    shown: tuple[indicators.Indicator | indicators.Rate, ...] = (*indicators.indicators(), *indicators.rates())
    for group in indicators.groups():
        for found in shown:
            if found.group == group.key:
                entries = tuple(entry[found.key] for entry in known)
                forms_used = tuple(_form_of(found, report) for report in reports)
                changes = _changes(entries, heads, forms_used, rate=isinstance(found, indicators.Rate))
                lines.append(Line(found.key, found.caption, found.unit, titles[group.key], entries, changes))
    return lines


def _form_of(found: indicators.Indicator | indicators.Rate, report: Report) -> str:
    """Return the edition of the table that decides an indicator in ``report``."""
    if isinstance(found, indicators.Rate):
        return report.edition
    tables = [keys[0].partition(".")[0] for keys in found.cells.values()]
    return next((report.table_editions[table] for table in tables if table in report.table_editions), report.edition)


def _cells(reports: Sequence[Report], heads: tuple[Head, ...]) -> list[Line]:
    declared = {
        key: (edition, table, key)
        for edition in forms.EDITIONS
        for table in forms.form(edition).tables
        for key in table.keys()  # noqa: SIM118 -- a method of the table, not of a mapping
    }
    printed = dict.fromkeys(key for report in reports for key in (*report.cells, *report.unread_keys))
    order = {key: place for place, key in enumerate(declared)}
    lines = []
    for key in sorted(printed, key=lambda key: (order.get(key, len(order)), key)):
        name = key.partition(".")[0]
        entries = tuple(indicators.total(report, (key,)) for report in reports)
        used = tuple(report.table_editions.get(name, report.edition) for report in reports)
        changes = _changes(entries, heads, used, rate=False)
        caption, unit = _caption(key, next(iter(used)), reports)
        lines.append(Line(key, caption, unit, _title(name, used), entries, changes))
    return lines


def _title(name: str, editions: Sequence[str]) -> str:
    return next(table.title for edition in (*editions, *forms.EDITIONS) for table in _tables(edition, name))


def _tables(edition: str, name: str) -> list[forms.Table]:
    return [table for table in forms.form(edition).tables if table.key == name]


def _caption(key: str, edition: str, reports: Sequence[Report]) -> tuple[str, str]:
    """Return caption and unit of a cell: from the first form that has it, else from the labels of a report."""
    name, row_key, *rest = key.split(".")
    column_key = rest[0] if rest else ""
    for tried in (edition, *forms.EDITIONS):
        for table in _tables(tried, name):
            for block in table.blocks:
                for row in block.rows:
                    for column in block.columns:
                        if (row.key, column.key) == (row_key, column_key):
                            return _words(block, row, column), column.unit or row.unit or "件"
    return next((report.labels[key] for report in reports if key in report.labels), key), ""


def _words(block: forms.Block, row: forms.Row, column: forms.Column) -> str:
    head = block.caption if block.caption and not block.scope else ""
    parts = [head, row.caption, column.caption if len(block.columns) > 1 else ""]
    return " · ".join(dict.fromkeys(part for part in parts if part))


def _changes(
    entries: Sequence[Entry], heads: Sequence[Head], editions: Sequence[str], *, rate: bool
) -> tuple[Change | None, ...]:
    changes: list[Change | None] = []
    for place, entry in enumerate(entries):
        before = place - 1
        if place == 0 or heads[before].body != heads[place].body:
            changes.append(None)
            continue
        earlier = entries[before].value
        if earlier is None or entry.value is None:
            changes.append(None)
            continue
        difference = entry.value - earlier
        changes.append(
            Change(
                difference=difference,
                growth=percent(difference, earlier) if earlier and not rate else None,
                form_changed=editions[before] != editions[place],
                years=heads[place].year - heads[before].year,
            )
        )
    return tuple(changes)
