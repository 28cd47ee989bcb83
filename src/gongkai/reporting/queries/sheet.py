"""The statutory tables as the office sees them: laid out as they are printed, each cell with what is to be known of it.

Nothing here decides a figure; it says where each comes from, what a person set against the system, what is still
unsaid, what changed since the year before and what the audit has against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from gongkai.annual.writer.boxes import Box, Kind
from gongkai.annual.writer.layout import tables
from gongkai.reporting.captions import caption
from gongkai.reporting.queries.cells import SET, TYPED, UPLOADED, Value, as_report, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from gongkai.annual.report import Number, Report
    from gongkai.annual.writer.boxes import TableLayout
    from gongkai.reporting.models import Submission

MARKS = {TYPED: ("填", "填报的数据"), UPLOADED: ("", "上传的报告所载"), SET: ("改", "人工修正")}
"""The sign that stands beside a figure that no case was counted for, and what it means."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell. ``number`` is its text, empty where nobody has said it; ``system`` the figure a person set it against.

    ``state`` is ``unread``, ``blank``, ``zero`` or empty; ``severity`` what the audit says of it; ``trend`` ``up`` or
    ``down`` since the year before. ``words`` says all of it for whoever does not see the signs.
    """

    key: str
    number: str
    state: str
    source: str
    mark: str
    system: str
    severity: str
    trend: str
    words: str

    @property
    def classes(self) -> str:
        """The classes the sheet colours it by."""
        found = (self.state, f"from-{self.source}", self.severity and f"has-{self.severity}")
        return " ".join(one for one in found if one)


@dataclass(frozen=True, slots=True)
class Place:
    """One box of a table: a head in ``lines``, or a figure in ``cell``. ``scope`` is what the head stands over."""

    box: Box
    lines: tuple[str, ...]
    scope: str = ""
    cell: Shown | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table, its rows from the top; ``head`` are those that stand above the figures."""

    key: str
    title: str
    head: tuple[tuple[Place, ...], ...]
    rows: tuple[tuple[Place, ...], ...]


def sheets(
    submission: Submission, found: Mapping[str, Value], before: Report | None, answered: Collection[str]
) -> list[Sheet]:
    """Return the tables of a report; ``answered`` are the fingerprints of warnings that need no more answer."""
    edition = submission.campaign.edition
    grave = severities(submission.findings, answered)
    shown = {
        key: _shown(one, caption(edition, key), None if before is None else before.value(key), grave.get(key, ""))
        for key, one in found.items()
    }
    return list(_laid_out(as_report(found.values(), edition=edition), shown))


def printed_sheets(report: Report) -> list[Sheet]:
    """Return the tables of a file as it was read, without any of our own figures."""
    return list(_laid_out(report, {}))


def severities(findings: Sequence[Mapping[str, Any]], answered: Collection[str]) -> dict[str, str]:
    """Return the gravest open finding per cell; the findings come gravest first."""
    found: dict[str, str] = {}
    for one in findings:
        if one["severity"] != "info" and one["fingerprint"] not in answered:
            for key in one["cells"]:
                found.setdefault(key, one["severity"])
    return found


def text_of(number: Number | None) -> str:
    """Return a number as it is printed, nothing where there is none."""
    return "" if number is None else f"{number:f}" if isinstance(number, Decimal) else str(number)


def _laid_out(report: Report, shown: Mapping[str, Shown]) -> Iterator[Sheet]:
    for table in tables(report):
        rows = [tuple(_place(table, box, shown) for box in row) for row in table.rows()]
        yield Sheet(table.key, table.title, tuple(rows[: table.head_rows]), tuple(rows[table.head_rows :]))


def _place(table: TableLayout, box: Box, shown: Mapping[str, Shown]) -> Place:
    if box.kind is Kind.VALUE:
        return Place(box, (box.text,), cell=shown.get(box.keys[0]) if box.keys else None)
    if box.kind in (Kind.BAND, Kind.HEAD, Kind.NOTE):
        return Place(box, table.lines(box), "colgroup" if box.colspan > 1 else "col")
    return Place(box, table.lines(box), "rowgroup" if box.kind is Kind.GROUP and box.rowspan > 1 else "row")


def _shown(one: Value, words: str, last: Number | None, severity: str) -> Shown:
    number = text_of(one.number)
    state = "unread" if one.unreadable is not None else "blank" if not number else "zero" if not one.number else ""
    mark, meaning = MARKS.get(one.source, ("", ""))
    system = ""
    if one.override is not None and one.override.computed is not None:
        system = text_of(plain(one.override.computed))
    said = [words, number or ("未读出" if state == "unread" else "未填"), meaning]
    if one.source == SET:
        said.append(f"系统为 {system or '空'}")
    trend = ""
    if last is not None and one.number is not None and last != one.number:
        trend = "up" if one.number > last else "down"
        said.append(f"上年为 {text_of(last)}")
    if severity:
        said.append("有审核错误" if severity == "error" else "有待说明的审核提示")
    return Shown(
        one.key, number, state, one.source, mark, system, severity, trend, "，".join(part for part in said if part)
    )
