"""Changing the tree: each verb is one act of reform on one day, with the document that ordered it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.journal.domain.entry import Actor, record
from gongkai.units.errors import (
    CircularTreeError,
    DuplicateCodeError,
    HasChildrenError,
    NotExistingError,
    UnknownParentError,
)
from gongkai.units.models import Change, Span, Succession, Unit
from gongkai.units.queries import tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date


@transaction.atomic
def establish(
    *,
    code: str,
    kind: str,
    name: str,
    short_name: str,
    parent: Unit | None,
    day: date,
    document: str,
    actor: Actor,
    position: int = 0,
) -> Unit:
    """Establish a unit on ``day``."""
    if Unit.objects.filter(code=code).exists():
        raise DuplicateCodeError(f"机构代码 {code} 已被使用。机构代码终身不变、不得重用，请另取代码。")
    _check_parent(parent, day)
    unit = Unit.objects.create(code=code, kind=kind, established_on=day)
    Span.objects.create(unit=unit, name=name, short_name=short_name, parent=parent, position=position, begins_on=day)
    _note(Change.Act.ESTABLISHED, [unit], day, document, actor)
    return unit


@transaction.atomic
def rename(*, unit: Unit, name: str, short_name: str, day: date, document: str, actor: Actor) -> Span:
    """Give a unit a new name from ``day`` on."""
    span = _cut(unit, day)
    span.name, span.short_name = name, short_name
    span.save()
    _note(Change.Act.RENAMED, [unit], day, document, actor)
    return span


@transaction.atomic
def move(*, unit: Unit, parent: Unit, day: date, document: str, actor: Actor) -> Span:
    """Put a unit, with all that stands below it, under another superior from ``day`` on."""
    _check_parent(parent, day)
    if parent.pk in tree.as_of(day).below([unit.pk]):
        raise CircularTreeError(f"{parent.code} 在 {day} 是 {unit.code} 的下级，不能成为其上级。请先调整下级的隶属。")
    span = _cut(unit, day)
    span.parent = parent
    span.save()
    _note(Change.Act.MOVED, [unit], day, document, actor)
    return span


@transaction.atomic
def merge(*, units: Sequence[Unit], into: Unit, day: date, document: str, actor: Actor) -> Change:
    """End ``units`` on ``day``; ``into``, which exists on that day, carries their functions on."""
    _check_parent(into, day)
    for unit in units:
        _end(unit, day)
    return _note(Change.Act.MERGED, [*units, into], day, document, actor, successions=[(unit, into) for unit in units])


@transaction.atomic
def split(*, unit: Unit, into: Sequence[Unit], day: date, document: str, actor: Actor) -> Change:
    """End ``unit`` on ``day``; the units of ``into``, which exist on that day, share its functions."""
    for successor in into:
        _check_parent(successor, day)
    _end(unit, day)
    return _note(
        Change.Act.SPLIT, [unit, *into], day, document, actor, successions=[(unit, successor) for successor in into]
    )


@transaction.atomic
def abolish(*, unit: Unit, day: date, document: str, actor: Actor, successor: Unit | None = None) -> Change:
    """End a unit on ``day``. Name a ``successor`` wherever its functions go on (国办公开办函〔2019〕14号)."""
    if successor is not None:
        _check_parent(successor, day)
    _end(unit, day)
    return _note(
        Change.Act.ABOLISHED, [unit], day, document, actor, successions=[(unit, successor)] if successor else []
    )


def _check_parent(unit: Unit | None, day: date) -> None:
    if unit is not None and tree.as_of(day).node(unit.pk) is None:
        raise UnknownParentError(f"机构 {unit.code} 在 {day} 不存在。请核对生效日，或先登记该机构的设立。")


def _cut(unit: Unit, day: date) -> Span:
    """End the unit's present span on ``day`` and return the next one, unsaved where a new one begins."""
    span = Span.objects.select_for_update().filter(unit=unit, ends_on__isnull=True).first()
    if span is None or day < span.begins_on:
        raise NotExistingError(f"机构 {unit.code} 在 {day} 没有可变动的沿革：已撤销，或此后已有登记的变动。")
    if day == span.begins_on:
        return span
    span.ends_on = day
    span.save()
    return Span(
        unit=unit,
        name=span.name,
        short_name=span.short_name,
        parent=span.parent,
        position=span.position,
        begins_on=day,
    )


def _end(unit: Unit, day: date) -> None:
    below = tree.as_of(day).below([unit.pk]) - {unit.pk}
    if below:
        codes = "、".join(Unit.objects.filter(pk__in=below).values_list("code", flat=True)[:5])
        raise HasChildrenError(f"机构 {unit.code} 之下还有 {len(below)} 个机构（{codes}）。请先调整它们的隶属。")
    span = Span.objects.select_for_update().filter(unit=unit, ends_on__isnull=True).first()
    if span is None or day <= span.begins_on:
        raise NotExistingError(f"机构 {unit.code} 在 {day} 不能撤销：已撤销，或此后已有登记的变动。")
    span.ends_on = day
    span.save()
    unit.abolished_on = day
    unit.save(update_fields=["abolished_on"])


def _note(
    act: Change.Act,
    units: Iterable[Unit],
    day: date,
    document: str,
    actor: Actor,
    *,
    successions: Iterable[tuple[Unit, Unit]] = (),
) -> Change:
    change = Change.objects.create(act=act, day=day, document=document)
    involved = list(units)
    change.units.set(involved)
    for predecessor, successor in successions:
        Succession.objects.create(change=change, predecessor=predecessor, successor=successor)
    record(
        act=f"units.{act.value}",
        actor=actor,
        subject=f"units.change:{change.pk}",
        article="国办公开办函〔2019〕14号",
        detail={"day": day.isoformat(), "document": document, "units": [unit.code for unit in involved]},
    )
    return change
