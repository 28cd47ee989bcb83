"""The report of a government as the sum of its own level and of the units below it (逐级汇总).

The rules are those of 条例 第三十二条, 国办公开办函〔2021〕30号 and 司法部〔2019〕201号:

- rows only a certain level of government may fill (规章) are taken from the government's own level, never summed;
- every other cell is the sum of the government's own figures and those of its units;
- what several units counted but is one thing counts once: a document they issued jointly, a case in which government
  and department are co-defendants (at the agency that acted first), an application passed on (where it was answered);
- a unit under vertical management (垂直管理) reports to its own superior, and is left out unless asked for;
- a unit that is already inside another part's figures is not added again.

*Not read is never zero*: a sum that lacks a unit, or a cell of one, names who is lacking and is never presented as the
whole.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from gongkai.annual import forms
from gongkai.annual.report import Cell, Number, Provenance, Report, State, Unreadable
from gongkai.annual.shared import deductions_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gongkai.annual.shared import Shared


class AggregateError(Exception):
    """Reports that cannot be added up. ``code`` is stable, for machines."""

    code = "aggregate"


class DifferentYearsError(AggregateError):
    """The parts are reports of different years."""

    code = "different-years"


class NothingToAggregateError(AggregateError):
    """There is no report to add up."""

    code = "nothing-to-aggregate"


class DeductionError(AggregateError):
    """More is to be counted once than the unit counted at all."""

    code = "deduction-exceeds"


class Relation(StrEnum):
    """What a part is to the government the sum is for."""

    OWN = "own"  # 本级
    SUBORDINATE = "subordinate"  # 下级政府、所属部门
    VERTICAL = "vertical"  # 垂直管理单位 (省部属驻当地单位)


class Lack(StrEnum):
    """Why a unit contributes nothing to a cell although it should."""

    NO_REPORT = "no-report"
    UNREADABLE = "unreadable"
    BLANK = "blank"
    NOT_PRINTED = "not-printed"
    OTHER_EDITION = "other-edition"


@dataclass(frozen=True, slots=True)
class Part:
    """One report that goes into the sum. ``covers`` names the units whose figures it already holds."""

    unit: str
    report: Report
    relation: Relation = Relation.SUBORDINATE
    covers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one unit gave to one cell: ``value`` after taking off what counts elsewhere (``deducted``: references)."""

    unit: str
    file: str
    where: Provenance
    value: Number
    deducted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lacking:
    """A unit that should have given to a cell, and why it did not."""

    unit: str
    reason: Lack


@dataclass(frozen=True, slots=True)
class Sum:
    """One cell of the aggregate: who gave what, and who is lacking."""

    key: str
    contributions: tuple[Contribution, ...]
    lacking: tuple[Lacking, ...] = ()

    @property
    def so_far(self) -> Number:
        """The sum of what was given; the whole only where ``complete``."""
        return sum((part.value for part in self.contributions), 0)

    @property
    def complete(self) -> bool:
        """Whether nobody is lacking."""
        return not self.lacking


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part that was not added, and why, in words."""

    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class Aggregate:
    """The result: one ``Sum`` per cell of the form, the units without a report, the parts left out."""

    body: str
    year: int
    table_editions: Mapping[str, str]
    sums: Mapping[str, Sum]
    missing: tuple[str, ...]
    left_out: tuple[LeftOut, ...]

    def report(self) -> Report:
        """Return the aggregate as a report; a cell with somebody lacking is unreadable, never a part as the whole."""
        cells: dict[str, Cell] = {}
        unreadable: dict[str, Unreadable] = {}
        for key, found in self.sums.items():
            if not found.complete:
                unreadable[key] = Unreadable(key, (key,), "")
            elif found.contributions:
                cells[key] = Cell(key, State.VALUE, found.so_far, str(found.so_far))
            else:
                cells[key] = Cell(key, State.NOT_APPLICABLE, None, "/")
        table = "proactive" if "proactive" in self.table_editions else next(iter(self.table_editions))
        return Report(
            edition=self.table_editions[table],
            cells=cells,
            unreadable=unreadable,
            title=f"{self.body}{self.year}年政府信息公开工作年度报告（汇总）",
            body=self.body,
            year=self.year,
            table_editions=self.table_editions,
        )


def aggregate(
    parts: Sequence[Part],
    *,
    body: str,
    roster: Iterable[str] = (),
    shared: Iterable[Shared] = (),
    include_vertical: bool = False,
) -> Aggregate:
    """Add up ``parts`` into the report of ``body``.

    ``roster`` names the units that owe a report (责任单位): who is on it without a part is lacking in every cell.
    ``shared`` lists what several units counted that is one thing. Units under vertical management are left out unless
    ``include_vertical``.

    Raises ``NothingToAggregateError``, ``DifferentYearsError`` and ``DeductionError``.
    """
    kept, left_out = _sift(parts, include_vertical=include_vertical)
    years = {part.report.year for part in kept}
    if not kept or years == {None}:
        raise NothingToAggregateError(f"{body}：没有可以汇总的报告（或报告都没有年份）；请先给出本级和下级的年度报告")
    if len(years) > 1:
        names = "、".join(f"{part.unit}（{part.report.year or '年份不明'}）" for part in kept)
        raise DifferentYearsError(f"{body}：要汇总的报告不是同一年的：{names}；请只汇总同一年度的报告")
    editions = _editions(kept)
    present = {part.unit for part in kept}.union(*(part.covers for part in kept), (out.unit for out in left_out))
    own_level = f"{body}（本级）"
    missing = tuple(unit for unit in roster if unit not in present)
    if all(part.relation is not Relation.OWN for part in kept):
        missing = (own_level, *missing)
    deductions = deductions_of(shared, tuple(part.unit for part in kept), editions)
    return Aggregate(
        body=body,
        year=next(year for year in years if year is not None),
        table_editions=editions,
        sums={
            key: _sum(key, kept, editions, _owing(key, missing, own_level, editions), deductions)
            for key in _keys(kept, editions)
        },
        missing=missing,
        left_out=left_out,
    )


def _sift(parts: Sequence[Part], *, include_vertical: bool) -> tuple[tuple[Part, ...], tuple[LeftOut, ...]]:
    """Separate the parts that are added from those that must not be, so that nobody is added twice."""
    kept: list[Part] = []
    left_out: list[LeftOut] = []
    for part in parts:
        holder = next((other.unit for other in parts if other is not part and part.unit in other.covers), None)
        if part.relation is Relation.VERTICAL and not include_vertical:
            left_out.append(LeftOut(part.unit, "垂直管理单位，由其上级主管部门汇总"))
        elif holder is not None:
            left_out.append(LeftOut(part.unit, f"已计入{holder}的数据"))
        elif any(other.unit == part.unit for other in kept):
            left_out.append(LeftOut(part.unit, "同一单位已有一份报告计入"))
        else:
            kept.append(part)
    return tuple(kept), tuple(left_out)


def _edition(report: Report, table: str) -> str:
    return report.table_editions.get(table, report.edition)


def _tables(report: Report) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key.partition(".")[0] for key in (*report.cells, *report.unread_keys)))


def _editions(parts: Sequence[Part]) -> dict[str, str]:
    """Say which edition each table is added up in: that of the own level, else the one most parts use."""
    editions: dict[str, str] = {}
    for name in dict.fromkeys(table for part in parts for table in _tables(part.report)):
        own = [part for part in parts if part.relation is Relation.OWN and name in _tables(part.report)]
        votes = Counter(_edition(part.report, name) for part in own or parts if name in _tables(part.report))
        editions[name] = max(votes, key=lambda edition: (votes[edition], edition))
    return editions


def _keys(parts: Sequence[Part], editions: Mapping[str, str]) -> list[str]:
    """List the cells that at least one part printed in the edition of the sum, in the order of the form."""
    printed = {
        key
        for part in parts
        for key in (*part.report.cells, *part.report.unread_keys)
        if _edition(part.report, key.partition(".")[0]) == editions[key.partition(".")[0]]
    }
    national = [key for name, edition in editions.items() for key in tuple(forms.table(edition, name).keys())]
    order = {key: place for place, key in enumerate(national)}
    return sorted(printed, key=lambda key: (order.get(key, len(order)), key))


def _sum(
    key: str,
    parts: Sequence[Part],
    editions: Mapping[str, str],
    owing: tuple[str, ...],
    deductions: Mapping[tuple[str, str], tuple[str, ...]],
) -> Sum:
    contributions: list[Contribution] = []
    lacking = [Lacking(unit, Lack.NO_REPORT) for unit in owing]
    own_level_only = _own_level_only(key, editions)
    for part in parts:
        if own_level_only and part.relation is not Relation.OWN:
            continue
        given = _given(key, part, editions, deductions.get((part.unit, key), ()))
        if isinstance(given, Contribution):
            contributions.append(given)
        elif given is not None:
            lacking.append(given)
    return Sum(key, tuple(contributions), tuple(lacking))


def _owing(key: str, missing: tuple[str, ...], own_level: str, editions: Mapping[str, str]) -> tuple[str, ...]:
    """Return who owes the cell without having sent a report: for a row of the own level only the government itself."""
    return tuple(unit for unit in missing if unit == own_level) if _own_level_only(key, editions) else missing


def _own_level_only(key: str, editions: Mapping[str, str]) -> bool:
    name, row = key.split(".")[:2]
    return any(found.levels for found in forms.table(editions[name], name).rows if found.key == row)


def _given(
    key: str, part: Part, editions: Mapping[str, str], references: tuple[str, ...]
) -> Contribution | Lacking | None:
    """Return what ``part`` gives to the cell, who is lacking, or ``None`` where it says the cell does not apply."""
    table = key.partition(".")[0]
    report = part.report
    cell = report.cells.get(key)
    if _edition(report, table) != editions[table]:
        return Lacking(part.unit, Lack.OTHER_EDITION)
    if key in report.unread_keys:
        return Lacking(part.unit, Lack.UNREADABLE)
    if cell is None:
        return Lacking(part.unit, Lack.NOT_PRINTED)
    if cell.state is State.NOT_APPLICABLE:
        return None
    if cell.value is None:
        return Lacking(part.unit, Lack.BLANK)
    if len(references) > cell.value:
        raise DeductionError(
            f"{part.unit}：单元格 {key} 填报 {cell.value}，却有 {len(references)} 项应在其他单位计数"
            f"（{'、'.join(references)}）；请核对这些文号、案号是否确已计入该单位"
        )
    return Contribution(part.unit, report.file, cell.where, cell.value - len(references), references)
