"""What a matter already tells for a letter: the acts that were entered by hand before it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from gongkai.applications.letters.document import chinese_day
from gongkai.applications.letters.kinds import nature
from gongkai.applications.letters.wording import fields_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gongkai.applications.models import Matter

ORDER = "supervision_order"
_LOOKED = frozenset({"checked", "handled"})


def fields(matter: Matter, kind: str, regulation: str, options: Mapping[str, object]) -> dict[str, str]:
    """Return values for the fields of ``kind`` by key, as far as the acts tell them."""
    what = nature(kind, regulation)
    assert what is not None
    events = list(matter.events.order_by("sequence"))
    told = {"findings": "\n".join(event.payload.get("text", "") for event in events if event.kind in _LOOKED)}
    for event in events:
        if event.kind == what.act:
            told |= {field: event.payload.get(ask, "") for ask, field in what.words}
    day = options.get("until")
    if isinstance(day, str) and day:
        told["deadline"] = f"于{chinese_day(date.fromisoformat(day))}前"
    wanted = fields_of(kind, regulation)
    return {key: value for key, value in told.items() if key in wanted and value}


def until(matter: Matter, kind: str) -> dict[str, object]:
    """Return the last day that an order entered by hand set; nothing for other letters."""
    if kind != ORDER:
        return {}
    ordered = matter.events.filter(kind="ordered").order_by("-sequence").first()
    return {"until": ordered.payload["until"]} if ordered is not None else {}


def asked(matter: Matter) -> str:
    """Return what the matter is about, as a phrase."""
    words = [matter.title, *matter.text.split("\n")]
    return "；".join(word.strip().rstrip("。；") for word in words if word.strip())
