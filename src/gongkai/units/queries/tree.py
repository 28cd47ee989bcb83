"""The tree as of a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import F, Q

from gongkai.units.models import Span, Succession, Unit

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator, Mapping
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
class Past:
    """A unit that had ended by the day asked for, as it last stood; ``heirs`` are the ids of those who took over."""

    id: int
    code: str
    short_name: str
    parent: int | None
    ended_on: date
    heirs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """All units that existed on ``day``, each below its superior, in their order; ``ended`` are those before them.

    One query made it.
    """

    day: date
    nodes: tuple[Node, ...]
    ended: Mapping[int, Past] = field(default_factory=dict)
    _by_id: dict[int, Node] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {node.id: node for node in self.nodes})

    def __iter__(self) -> Iterator[Node]:
        """Walk the units from the root down."""
        return iter(self.nodes)

    def node(self, unit: int) -> Node | None:
        """Return the unit with this id, or ``None`` if it did not exist on the day."""
        return self._by_id.get(unit)

    def coded(self, code: str) -> Node | None:
        """Return the unit with this code, or ``None`` if none had it on the day."""
        return next((node for node in self.nodes if node.code == code), None)

    def below(self, units: Iterable[int]) -> frozenset[int]:
        """Return the ids of ``units`` and of everything below them on the day."""
        found = set(units)
        for node in self.nodes:  # a superior always stands before those below it
            if node.parent in found:
                found.add(node.id)
        return frozenset(found)

    def left_to(self, units: Iterable[int], *, with_subtree: bool) -> frozenset[int]:
        """Return the ended units whose papers are kept at ``units``, as far back as reform goes.

        Papers go where the functions went (国办公开办函〔2019〕14号); who is over a unit ``with_subtree`` stays over
        what ended there. An ended unit of ``units`` is itself among those returned.
        """
        found = set(units)
        size = -1
        while size != len(found):
            size = len(found)
            found |= {
                past.id
                for past in self.ended.values()
                if not found.isdisjoint(past.heirs) or (with_subtree and past.parent in found)
            }
        return frozenset(found & self.ended.keys())

    def with_ended(self, units: Iterable[int]) -> frozenset[int]:
        """Return ``units``, everything below them, and the ended units whose papers are kept there."""
        below = self.below(units)
        return below | self.left_to(below, with_subtree=True)

    def is_everything(self, units: Collection[int]) -> bool:
        """Tell whether ``units`` are all there ever were."""
        return all(node.id in units for node in self.nodes) and all(past in units for past in self.ended)

    def outline(self, among: Container[int]) -> list[tuple[int, str]]:
        """Return the units of ``among`` to choose from, indented as they stand in the tree, the ended ones last."""
        nodes = [(node.id, "　" * node.depth + node.short_name) for node in self.nodes if node.id in among]
        return nodes + [(past, self.name(past)) for past in self.ended if past in among]

    def name(self, unit: int, *, in_full: bool = False) -> str:
        """Return what the unit with this id is called for short, or was last; empty where it is not known.

        ``in_full``: its full name where it exists, as letters have it.
        """
        if node := self.node(unit):
            return node.name if in_full else node.short_name
        past = self.ended.get(unit)
        return f"{past.short_name}（已撤销）" if past else ""


def as_of(day: date) -> Tree:
    """Return the tree as it stood on ``day``."""
    stands = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    has_ended = Q(unit__abolished_on__lte=day, ends_on=F("unit__abolished_on"))
    # Plain rows: every page asks for the tree, and making two objects a unit takes longer than the query.
    rows = (
        Span.objects.filter(stands | has_ended, begins_on__lte=day)
        .order_by("position", "unit__code", "unit__successors__successor")
        .values_list(
            "unit_id",
            "unit__code",
            "unit__kind",
            "name",
            "short_name",
            "parent_id",
            "ends_on",
            "unit__successors__successor",
            "unit__successors__change__day",
        )
    )
    spans: dict[int, tuple[int, str, str, str, str, int | None]] = {}
    ended: dict[int, Past] = {}
    for *span, ends_on, heir, since in rows:  # one for each unit, or one for each heir it has or will have
        unit, code, _, _, short_name, parent = span
        if ends_on is None or ends_on > day:
            spans[unit] = tuple(span)
            continue
        heirs = ended[unit].heirs if unit in ended else ()
        heirs += (heir,) if heir is not None and since <= day else ()
        ended[unit] = Past(unit, code, short_name, parent, ends_on, heirs)
    children: dict[int | None, list[int]] = {}
    for unit, *_, parent in spans.values():
        children.setdefault(parent if parent in spans else None, []).append(unit)
    nodes: list[Node] = []
    stack = [(unit, 0) for unit in reversed(children.get(None, []))]
    while stack:
        unit, depth = stack.pop()
        nodes.append(Node(*spans[unit], depth))
        stack += [(child, depth + 1) for child in reversed(children.get(unit, []))]
    return Tree(day, tuple(nodes), ended)


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
