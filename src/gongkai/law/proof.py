"""What an agency must prove when its handling of an application is contested (举证责任).

The agency bears the burden: 行政诉讼法 Art 34, 行政复议法 Art 44; what it does not file in time counts as not existing
(行政复议法 Art 70, 行政诉讼法 Art 34(2)). Which papers that means follows from what happened and how it ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from gongkai.law.parameters import read

if TYPE_CHECKING:
    from collections.abc import Collection

_NEW_LAW = date(2024, 1, 1)
_DISCLOSING = frozenset({"A1", "A2", "P"})


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to prove. ``unconfirmed``: courts ask for it, but no text that says so was read."""

    key: str
    caption: str
    article: str
    unconfirmed: bool = False


def items(outcomes: Collection[str], events: Collection[str], *, third_party_refused: bool = False) -> tuple[Item, ...]:
    """Return what must be proved, in the order of a catalogue of evidence.

    ``outcomes`` are the codes of the answer and its parts, empty where there is none; ``events`` the kinds of what
    happened: those of the clock, ``confirmed`` and ``attempt``. ``third_party_refused``: one was against disclosure.
    """
    against = third_party_refused and not _DISCLOSING.isdisjoint(outcomes)
    return tuple(
        Item(entry["key"], entry["caption"], entry["article"], entry.get("unconfirmed", False))
        for entry in read("proof")["item"]
        if _is_due(entry, outcomes, events, against=against)
    )


def burden(procedure: str, day: date) -> str:
    """Return by which provision the agency bears the burden in a ``reconsideration`` or ``litigation`` on ``day``."""
    articles: dict[str, str] = read("proof")["burden"]
    is_old = procedure == "reconsideration" and day < _NEW_LAW
    return articles["reconsideration_before_2024" if is_old else procedure]


def _is_due(entry: dict[str, Any], outcomes: Collection[str], events: Collection[str], *, against: bool) -> bool:
    happened = (*entry.get("events", ()), *entry.get("office_events", ()))
    return bool(
        entry.get("always")
        or (entry.get("answered") and outcomes)
        or (entry.get("against_third_party") and against)
        or not set(outcomes).isdisjoint(entry.get("outcomes", ()))
        or not set(events).isdisjoint(happened)
    )
