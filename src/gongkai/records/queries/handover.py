"""Which periods are to be handed over, by which day, and what each holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Max, Q

from gongkai.law.calendar import CHINA
from gongkai.records.models import HandOverItem, HandOverKind, HandOverRule, Record, Stage
from gongkai.units.models import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gongkai.units.queries.tree import Tree

DAY = timedelta(days=1)
DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Period:
    """Days whose publications a unit (its id) delivers by ``due_on`` to ``halls``; both ends belong to it."""

    unit: int
    begins_on: date
    ends_on: date
    due_on: date
    halls: str

    def urgency(self, day: date) -> str:
        """Return ``late``, ``soon`` (it has ended and can be sealed) or ``normal`` (it is still running)."""
        if day > self.due_on:
            return "late"
        return "soon" if day > self.ends_on else "normal"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list to be sealed; ``replaces`` is the earlier line it refers to."""

    kind: HandOverKind
    record: Record
    replaces: HandOverItem | None = None


def days_of(rule: HandOverRule) -> list[int]:
    """Return the days of the month of a rule."""
    return [int(day) for day in rule.days.split(",")]


def periods(unit: int, rules: list[HandOverRule], since: date, until: date) -> Iterator[Period]:
    """Yield the periods that begin on or before ``until``, without gaps, from ``since`` or the first rule's start on.

    ``rules`` come in the order of their starts; each ends where the next begins, and cuts its last period short. A
    delivery day that is no working day moves to the next one.
    """
    for number, rule in enumerate(rules):
        limit = rules[number + 1].begins_on - DAY if number + 1 < len(rules) else None
        if limit is not None and limit < since:
            continue
        start = max(rule.begins_on, since)
        for end, nominal in _deliveries(rule, start):
            if end < start:
                continue
            if start > until:
                return
            last = end if limit is None else min(end, limit)
            yield Period(unit, start, last, CHINA.on_or_after(nominal), rule.halls)
            start = last + DAY
            if last == limit:
                break


def open_periods(units: Iterable[int], tree: Tree, day: date) -> list[Period]:
    """Return the periods of ``units`` not handed over by ``day``, the running one included; earliest due first.

    Two queries. A unit without a rule, its own or of a unit above it, owes nothing.
    """
    rules: dict[int, list[HandOverRule]] = {}
    for rule in HandOverRule.objects.order_by("begins_on"):
        rules.setdefault(rule.unit_id, []).append(rule)
    wanted = {node.id for node in tree} & set(units)
    found = [
        period
        for unit in Unit.objects.filter(pk__in=wanted).annotate(sealed=Max("hand_overs__ends_on"))
        for period in periods(
            unit.pk,
            rules_for(unit.pk, rules, tree),
            max(unit.established_on, unit.sealed + DAY) if unit.sealed else unit.established_on,
            day,
        )
    ]
    return sorted(found, key=lambda period: (period.due_on, period.begins_on, period.unit))


def rules_for(unit: int, rules: dict[int, list[HandOverRule]], tree: Tree) -> list[HandOverRule]:
    """Return the rules that hold for a unit one after the other: its own, before them those of the units above it."""
    found: list[HandOverRule] = []
    node = tree.node(unit)
    while node is not None:
        own = [rule for rule in rules.get(node.id, []) if not found or rule.begins_on < found[0].begins_on]
        found = own + found
        node = tree.node(node.parent) if node.parent is not None else None
    return found


def contents(period: Period) -> list[Line]:
    """Return what the list of ``period`` holds if it is sealed now: new records, replaced ones, those taken back.

    A record handed over before and published anew in the period takes the place of its earlier line; one that was
    handed over and is not published any more is taken back. Two queries.
    """
    records = list(
        Record.objects.filter(
            unit=period.unit, stage=Stage.PUBLISHED, published_on__range=(period.begins_on, period.ends_on)
        )
        .defer("body")
        .order_by("published_on", "pk")
    )
    is_gone = ~Q(record__stage=Stage.PUBLISHED)
    items = HandOverItem.objects.filter(Q(record__in=[record.pk for record in records]) | is_gone)
    items = items.filter(record__unit=period.unit).select_related("hand_over", "record").defer("record__body")
    earlier = {item.record_id: item for item in items.order_by("pk")}
    lines = [
        Line(HandOverKind.REPLACED, record, earlier[record.pk])
        if record.pk in earlier
        else Line(HandOverKind.NEW, record)
        for record in records
    ]
    lines.sort(key=lambda line: line.kind != HandOverKind.NEW)
    return lines + [
        Line(HandOverKind.TAKEN_BACK, item.record, item)
        for item in earlier.values()
        if item.record.stage != Stage.PUBLISHED and item.kind != HandOverKind.TAKEN_BACK
    ]


def _deliveries(rule: HandOverRule, start: date) -> Iterator[tuple[date, date]]:
    """Yield the last day of each period and its delivery day, from the month of ``start`` on."""
    year, month = start.year, start.month
    while True:
        for day in days_of(rule):
            nominal = date(year, month, day)
            yield nominal - timedelta(days=rule.cut_off), nominal
        year, month = (year + 1, 1) if month == DECEMBER else (year, month + 1)
