"""The tree as of a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q

from gongkai.units.models import Span, Succession, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date


@dataclass(frozen=True, slots=True)
class Node:
    """A unit as it stood on the day asked for; ``depth`` is 0 at the root, ``parent`` the superior's id."""

    id: int
    code: str
    kind: str
    name: str
    short_name: str
    parent: int | None
    depth: int


@dataclass(frozen=True, slots=True)
class Tree:
    """All units that existed on ``day``, each below its superior, in their order. One query made it."""

    day: date
    nodes: tuple[Node, ...]
    _by_id: dict[int, Node] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {node.id: node for node in self.nodes})

    def __iter__(self) -> Iterator[Node]:
        """Walk the units from the root down."""
        return iter(self.nodes)

    def node(self, unit: int) -> Node | None:
        """Return the unit with this id, or ``None`` if it did not exist on the day."""
        return self._by_id.get(unit)

    def below(self, units: Iterable[int]) -> frozenset[int]:
        """Return the ids of ``units`` and of everything below them on the day."""
        found = set(units)
        for node in self.nodes:  # a superior always stands before those below it
            if node.parent in found:
                found.add(node.id)
        return frozenset(found)


def as_of(day: date) -> Tree:
    """Return the tree as it stood on ``day``."""
    spans = (
        Span.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), begins_on__lte=day)
        .select_related("unit")
        .order_by("position", "unit__code")
    )
    children: dict[int | None, list[Span]] = {}
    existing = {span.unit_id for span in spans}
    for span in spans:
        parent = span.parent_id if span.parent_id in existing else None
        children.setdefault(parent, []).append(span)
    nodes: list[Node] = []
    stack = [(span, 0) for span in reversed(children.get(None, []))]
    while stack:
        span, depth = stack.pop()
        unit = span.unit
        nodes.append(Node(unit.pk, unit.code, unit.kind, span.name, span.short_name, span.parent_id, depth))
        stack += [(child, depth + 1) for child in reversed(children.get(unit.pk, []))]
    return Tree(day, tuple(nodes))


def answering(unit: Unit, day: date) -> tuple[Unit, ...]:
    """Return who exercises the functions of ``unit`` on ``day``: itself, or whoever carries them on.

    Follows chains of reform (国办公开办函〔2019〕14号); empty where a unit ended without a successor.
    """
    if unit.abolished_on is None or day < unit.abolished_on:
        return (unit,)
    found: dict[int, Unit] = {}
    waiting = [unit]
    seen = {unit.pk}
    while waiting:
        current = waiting.pop()
        if current.abolished_on is None or day < current.abolished_on:
            found[current.pk] = current
            continue
        links = Succession.objects.filter(predecessor=current, change__day__lte=day).select_related("successor")
        waiting += [link.successor for link in links if link.successor_id not in seen]
        seen |= {link.successor_id for link in links}
    return tuple(found[key] for key in sorted(found))
