"""The list of those who report for a year, as the sixth part of a report tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gongkai.units.models import Change, Kind, Span, Succession, Unit
from gongkai.units.queries import roster, tree

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True)
class Line:
    """A unit that reports: what it is, whom it stands below, and what reform did in the year.

    ``former_name`` is what it was called at the end of the year before, where it has another name now.
    """

    unit: int
    code: str
    name: str
    kind: str
    superior: str
    state: str
    former_name: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """A unit that ended in the year, and who carries its functions on (names)."""

    unit: int
    name: str
    day: date
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportList:
    """Who reports for ``year``; who is reported by a superior; who ended."""

    year: int
    lines: tuple[Line, ...]
    vertical: tuple[Line, ...]
    ended: tuple[Ended, ...]

    def in_state(self, state: str) -> tuple[Line, ...]:
        """Return the lines in one state."""
        return tuple(line for line in self.lines if line.state == state)

    @property
    def sentence(self) -> str:
        """Say it as the sixth part of a report does: how many, who is new, re-formed, renamed."""
        parts = [f"{self.year} 年政府信息公开责任单位共 {len(self.lines)} 个"]
        for state, words in (
            (NEW, "为首次编制年度报告"),
            (RE_FORMED, "为重新组建单位"),
            (RENAMED, "更换单位名称"),
        ):
            if found := self.in_state(state):
                names = "、".join(line.name for line in found)
                parts.append(f"{names}等 {len(found)} 个{words}")
        return "；".join(parts) + "。"


NEW, RE_FORMED, RENAMED, SAME = "首次编报", "重新组建", "更名", "未变动"


def report_list(year: int) -> ReportList:
    """Return who reports for ``year``. Seven queries, whatever the number of units."""
    last = date(year, 12, 31)
    now = tree.as_of(last)
    before = {node.id: node.name for node in tree.as_of(date(year - 1, 12, 31))}
    lines = tuple(_line(reporter.node, now, state_of(reporter.acts), before) for reporter in roster.reporters(year))
    vertical = tuple(_line(node, now, SAME, before) for node in now if node.kind == Kind.VERTICAL)
    return ReportList(year, lines, vertical, _ended(year))


def _line(node: tree.Node, now: tree.Tree, state: str, before: dict[int, str]) -> Line:
    superior = now.node(node.parent) if node.parent is not None else None
    former = before.get(node.id, node.name)
    return Line(
        unit=node.id,
        code=node.code,
        name=node.name,
        kind=Kind(node.kind).label,
        superior=superior.name if superior else "",
        state=state,
        former_name=former if former != node.name else "",
    )


def state_of(acts: Collection[str]) -> str:
    """Return what the list says of a unit with ``acts`` of reform in the year.

    One established and merged into in one year is re-formed: its forerunners have reported before.
    """
    if not {Change.Act.MERGED, Change.Act.SPLIT}.isdisjoint(acts):
        return RE_FORMED
    if Change.Act.ESTABLISHED in acts:
        return NEW
    return RENAMED if Change.Act.RENAMED in acts else SAME


def _ended(year: int) -> tuple[Ended, ...]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    ended = list(Unit.objects.filter(abolished_on__range=(first, last)).order_by("abolished_on", "code"))
    links: dict[int, list[int]] = {}
    acts = (Change.Act.MERGED, Change.Act.SPLIT, Change.Act.ABOLISHED)
    for old, new in Succession.objects.filter(
        change__act__in=acts, predecessor__in=[unit.pk for unit in ended]
    ).values_list("predecessor", "successor"):
        links.setdefault(old, []).append(new)
    involved = {unit.pk for unit in ended} | {new for found in links.values() for new in found}
    names = dict(
        Span.objects.filter(unit__in=involved, begins_on__lte=last).order_by("begins_on").values_list("unit", "name")
    )
    return tuple(
        Ended(unit.pk, names[unit.pk], unit.abolished_on, tuple(names[new] for new in links.get(unit.pk, ())))
        for unit in ended
    )
