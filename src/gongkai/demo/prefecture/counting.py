"""What the units of the prefecture-level city count in their own systems: typed in, unit by unit, with its source.

Of a million decisions the report says no more than their number, so no more is kept of them here.
"""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.models import Role
from gongkai.demo.prefecture.figures import YEAR
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.domain.entry import record as note
from gongkai.reporting.models import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from gongkai.demo.city import City, Place
    from gongkai.demo.founding import Cast
    from gongkai.demo.prefecture.figures import Figures

_FEN = 100
_SOURCES = {
    "permits": "行政审批系统、单位台账",
    "other_services": "网上办事大厅、单位台账",
    "penalties": "行政处罚办案系统",
    "coercion": "行政处罚办案系统",
    "charges": "非税收入收缴系统",
    "procurement": "政府采购管理系统",
}
_DECIDE = frozenset({"department", "zone"})
"""Bodies that decide; others serve, charge and buy."""
_DECISIONS = frozenset({"permits", "penalties", "coercion"})


def count(city: City, cast: Cast, figures: Figures, random: Random) -> int:
    """Type in the counts of every unit, 0 where it has none; return how many figures there are.

    The units' figures add up to those of the city, to the 分.
    """
    keys = [*figures.counted, *figures.amounts]
    shares: dict[str, Sequence[int]] = {}
    for key, total in figures.counted.items():
        shares[key] = _shared(total, _weights(city, key, random))
    for key, amount in figures.amounts.items():
        # Who bought nothing paid nothing.
        bought = shares["procurement.projects"]
        weights = [projects * random.randint(1, 9) for projects in bought]
        shares[key] = _shared(int(amount * _FEN), weights)
    facts = [
        Fact(
            unit=cast.units[place.code],
            year=YEAR,
            key=f"proactive.{key}",
            value=Decimal(shares[key][number]) / (_FEN if key in figures.amounts else 1),
            period_from=date(YEAR, 1, 1),
            period_to=date(YEAR, 12, 31),
            source=_SOURCES[key.partition(".")[0]],
            signatory=cast.people[place.code, Role.OFFICE_HEAD].name,
            entered_by=cast.people[place.code, Role.HANDLER],
        )
        for number, place in enumerate(city.places)
        for key in keys
    ]
    with transaction.atomic():
        Fact.objects.bulk_create(facts, batch_size=500)
        note(
            act="reporting.facts_entered_in_bulk",
            actor=SYSTEM,
            subject=f"reporting.fact:{YEAR}",
            detail={"facts": len(facts), "units": len(city.places), "sha256": _digest(facts)},
        )
    return len(facts)


def _weights(city: City, key: str, random: Random) -> list[int]:
    decided = key.partition(".")[0] in _DECISIONS
    return [random.randint(1, 100) if _takes_part(place, decided=decided) else 0 for place in city.places]


def _takes_part(place: Place, *, decided: bool) -> bool:
    return place.kind in _DECIDE if decided else place.kind != "government"


def _shared(total: int, weights: Sequence[int]) -> list[int]:
    """Divide ``total`` by ``weights``, to the last one: what the rounding leaves goes to the first that have most."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    rest = sorted(range(len(weights)), key=lambda number: (-(total * weights[number] % whole), number))
    for number in rest[: total - sum(parts)]:
        parts[number] += 1
    return parts


def _digest(facts: Sequence[Fact]) -> str:
    rows: Iterator[str] = (f"{fact.unit_id}:{fact.key}={fact.value}" for fact in facts)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
