"""What an event says, in words for a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.applications.kinds import KINDS
from gongkai.applications.models import Medium
from gongkai.law import outcomes
from gongkai.law.catalogue import CatalogueError
from gongkai.law.clock.events import MODES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gongkai.applications.models import Event

_CONSENT = {True: "同意公开", False: "不同意公开"}
_PHRASES: dict[str, str | Callable[[object], str]] = {
    "medium": lambda value: Medium(value).label,
    "mail": "邮件号 {}",
    "elsewhere_on": "其他部门 {} 先收到",
    "way": "{}",
    "result": "{}",
    "form": "{}",
    "participants": "参加：{}",
    "summary": "{}",
    "party": "{}",
    "consent": lambda value: _CONSENT[bool(value)],
    "period_days": "限 {} 个工作日内补正",
    "justified": lambda value: "有正当理由" if value else "",
    "days": "延长 {} 个工作日",
    "approver": "{}批准",
    "notified": "{} 告知申请人",
    "until": "至 {}",
    "document": "依据 {}",
    "body": "{}",
    "amount": "{} 元",
    "remaining": "尚应缴 {} 元",
    "mode": lambda value: MODES[str(value)][0],
    "number": "{}",
    "earlier_answer_number": "此前的答复 {}",
    "numbers": "、".join,
    "desk": "{}",
    "former": "原机构 {}",
    "by": "{} 签收",
    "question": "{}",
    "years": "保管 {} 年",
    "volume": "案卷号 {}",
    "level": "密级 {}",
    "period": "保密期限 {}",
    "reason": "理由：{}",
    "text": "{}",
}
"""What each parameter of an event reads like, in the order it is told; what is not here is not told."""


def told(event: Event, people: Mapping[int, str], regulation: str) -> str:
    """Return the parameters of ``event`` in words; ``people`` are names by account, ``regulation`` that of the case."""
    payload = event.payload
    said = [
        phrase(payload[key]) if callable(phrase) else phrase.format(payload[key])
        for key, phrase in _PHRASES.items()
        if key in payload
    ]
    if "officer" in payload and payload["officer"] != event.entered_by_id:
        said.insert(0, people.get(payload["officer"], ""))
    if payload.get("outcome"):
        said.insert(0, caption_of(payload["outcome"], regulation))
    said += [
        f"{part.get('label', '')}：{caption_of(part['outcome'], regulation)}" for part in payload.get("parts") or ()
    ]
    return "；".join(part for part in said if part)


def caption(event: Event) -> str:
    """Return what the kind of ``event`` is called."""
    return KINDS[event.kind].caption


def caption_of(code: str, regulation: str) -> str:
    """Return what an outcome is called; its code where the edition has none of this code."""
    try:
        return outcomes.outcome(code, regulation or "2019").caption
    except CatalogueError:
        return code
