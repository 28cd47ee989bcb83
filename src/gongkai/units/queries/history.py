"""What units were called before, and how they came to be what they are (沿革)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.units.models import Change, Span, Unit
from gongkai.units.queries.tree import answering

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


@dataclass(frozen=True, slots=True)
class Step:
    """One act of reform that concerned a unit, in words."""

    day: date
    act: str
    label: str
    words: str
    document: str


def former_names(units: Iterable[int], day: date) -> dict[int, tuple[str, ...]]:
    """Return the names that each of ``units`` no longer bore on ``day``, oldest first. One query."""
    spans = Span.objects.filter(unit__in=units, begins_on__lte=day).order_by("unit", "begins_on")
    names: dict[int, list[str]] = {}
    for unit, name in spans.values_list("unit", "name"):
        names.setdefault(unit, []).append(name)
    return {unit: tuple(dict.fromkeys(name for name in found if name != found[-1])) for unit, found in names.items()}


def timeline(unit: Unit) -> tuple[Step, ...]:
    """Return what reform did to ``unit``, oldest first. Four queries."""
    changes = list(unit.changes.prefetch_related("successions"))
    involved = {unit.pk, *unit.spans.filter(parent__isnull=False).values_list("parent", flat=True)}
    for link in (link for change in changes for link in change.successions.all()):
        involved |= {link.predecessor_id, link.successor_id}
    names = _Names(involved)
    return tuple(
        Step(change.day, change.act, change.get_act_display(), _words(change, unit, names), change.document)
        for change in changes
    )


def ending(unit: Unit, day: date) -> str:
    """Say that ``unit`` has ended by ``day`` and who carries its functions on; empty where it has not."""
    if unit.abolished_on is None or day < unit.abolished_on:
        return ""
    heirs = answering(unit, day)
    names = _Names([unit.pk, *(heir.pk for heir in heirs)])
    now = "、".join(names.on(heir.pk, day) for heir in heirs)
    carried = f"职能现由{now}承接" if now else "没有登记承接机构"
    return f"{names.on(unit.pk, day)}已于 {unit.abolished_on} 撤销，{carried}"


class _Names:
    """The names and superiors of some units through time. One query."""

    def __init__(self, units: Iterable[int]) -> None:
        self._spans: dict[int, list[Span]] = {}
        for span in Span.objects.filter(unit__in=units).order_by("begins_on"):
            self._spans.setdefault(span.unit_id, []).append(span)

    def _before(self, unit: int, day: date) -> Span | None:
        spans = [span for span in self._spans.get(unit, ()) if span.begins_on < day]
        return spans[-1] if spans else None

    def _on(self, unit: int, day: date) -> Span | None:
        spans = [span for span in self._spans.get(unit, ()) if span.begins_on <= day]
        return spans[-1] if spans else None

    def before(self, unit: int, day: date) -> str:
        span = self._before(unit, day)
        return span.name if span else ""

    def on(self, unit: int | None, day: date) -> str:
        span = self._on(unit, day) if unit is not None else None
        return span.name if span else ""

    def parent_before(self, unit: int, day: date) -> str:
        span = self._before(unit, day)
        return self.on(span.parent_id, day) if span else ""

    def parent_on(self, unit: int, day: date) -> str:
        span = self._on(unit, day)
        return self.on(span.parent_id, day) if span else ""


def _words(change: Change, unit: Unit, names: _Names) -> str:
    day = change.day
    if change.act == Change.Act.ESTABLISHED:
        parent = names.parent_on(unit.pk, day)
        return f"设立{names.on(unit.pk, day)}" + (f"，隶属{parent}" if parent else "")
    if change.act == Change.Act.RENAMED:
        return f"由{names.before(unit.pk, day)}更名为{names.on(unit.pk, day)}"
    if change.act == Change.Act.MOVED:
        return f"由隶属{names.parent_before(unit.pk, day)}调整为隶属{names.parent_on(unit.pk, day)}"
    links = list(change.successions.all())
    old = "、".join(dict.fromkeys(names.on(link.predecessor_id, day) for link in links))
    new = "、".join(dict.fromkeys(names.on(link.successor_id, day) for link in links))
    if change.act == Change.Act.MERGED:
        return f"{old}并入{new}，职能由后者承接"
    if change.act == Change.Act.SPLIT:
        return f"{old}分设为{new}，职能由后者分别承接"
    return f"撤销{names.on(unit.pk, day)}" + (f"，职能由{new}承接" if new else "，职能不再延续")
