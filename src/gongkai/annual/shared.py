"""What several units counted although it is one thing, and where it counts (law of aggregation, 司法部〔2019〕201号).

A joint document counts once, at the unit that leads it; a case with government and department as co-defendants counts
at the agency that acted first; an application passed on counts where it was answered. The facts come from outside:
document numbers, case numbers and the register of applications are not in an annual report.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.annual import forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Shared:
    """One thing that several units counted.

    ``reference`` is its document or case number. ``counted`` gives, per unit, the cells it was counted in; sums over
    those cells follow by themselves. It counts at ``keeper``; where the keeper is not part of the sum it counts at the
    first of the others (``falls_back``) or not at all.
    """

    reference: str
    keeper: str
    counted: Mapping[str, tuple[str, ...]]
    falls_back: bool = True


def joint_document(
    number: str,
    holders: Sequence[str],
    columns: Sequence[str] = ("made", "in_force"),
    *,
    row: str = "normative_documents",
) -> Shared:
    """Return a document (文号 ``number``) issued by ``holders`` together; the first of them leads it.

    ``columns`` are those of table 二 it was counted in by every holder.
    """
    cells = tuple(f"proactive.{row}.{column}" for column in columns)
    return Shared(number, holders[0], dict.fromkeys(holders, cells))


def co_defendants(number: str, original: str, others: Sequence[str], cell: str) -> Shared:
    """Return a case (案号 ``number``) against ``original`` and ``others``, counted in ``cell`` of table 四.

    It counts at the agency whose act is in dispute and, where that agency is not part of the sum, not at all
    (司法部〔2019〕201号).
    """
    return Shared(number, original, dict.fromkeys((original, *others), (cell,)), falls_back=False)


def transferred(number: str, answered_by: str, counted: Mapping[str, tuple[str, ...]]) -> Shared:
    """Return an application (登记号 ``number``) that units passed on; it counts where it was answered.

    ``counted`` gives per unit the cells of table 三 it was counted in, such as ``requests.received.natural_person`` and
    ``requests.granted.natural_person``.
    """
    return Shared(number, answered_by, counted)


def deductions_of(
    shared: Iterable[Shared], units: Sequence[str], editions: Mapping[str, str]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return per unit and cell the references to take off: one each, in the cells named and in their totals."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for thing in shared:
        counting = [unit for unit in thing.counted if unit in units]
        keeper = thing.keeper if thing.keeper in counting or not thing.falls_back else next(iter(counting), "")
        for unit in counting:
            if unit == keeper:
                continue
            for key in _with_totals(thing.counted[unit], editions):
                found[unit, key] = (*found.get((unit, key), ()), thing.reference)
    return found


def _with_totals(keys: Sequence[str], editions: Mapping[str, str]) -> list[str]:
    """Return ``keys`` and every printed total they are part of, each once."""
    result = dict.fromkeys(keys)
    waiting = list(result)
    while waiting:
        key = waiting.pop()
        table = key.partition(".")[0]
        for identity in forms.identities(editions[table], table):
            total = identity.left[0]
            if identity.code != "balance" and key in identity.right and total not in result:
                result[total] = None
                waiting.append(total)
    return list(result)
