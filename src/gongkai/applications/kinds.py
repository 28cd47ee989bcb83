"""The kinds of events: those the clock of the law knows, and those of the office around it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from gongkai.applications.models import Medium
from gongkai.eventlog.log import STRUCK, Kind
from gongkai.law.clock import events as law
from gongkai.law.clock.events import Event as LawEvent
from gongkai.law.editions import edition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gongkai.applications.models import Event

RECEIVED, ATTEMPT, CONFIRMED, REANSWER = "received", "attempt", "confirmed", "reanswer"

_OFFICE = {
    RECEIVED: ("收到申请", {"medium", "elsewhere_on", "mail"}),
    ATTEMPT: ("联系申请人确认未果", {"way", "result"}),
    CONFIRMED: ("与申请人确认收到", {"way"}),
    STRUCK: ("更正登记", {"reason"}),
    REANSWER: ("被要求重新答复", {"until", "document", "body", "source"}),
    "allocated": ("交办", {"desk", "officer"}),
    "claimed": ("承办", {"officer"}),
    "handed_back": ("退回交办", {"reason"}),
    "meeting": ("召开会议", {"form", "participants", "summary"}),
    "mail_returned": ("邮件退回", {"mail", "reason", "letter"}),
    "redelivered": ("重新送达", {"mail", "mode", "letter"}),
    "delivered": ("签收", {"letter", "by"}),
    "taken_over": ("承接办理", {"former"}),
    "fee_waived": ("免收信息处理费", {"schedule", "count", "amount", "reason", "approver"}),
    "fee_reduced": ("减收信息处理费", {"amount", "remaining", "reason", "approver"}),
    "fee_refunded": ("退还信息处理费", {"amount", "reason", "approver"}),
    "split": ("拆分办理", {"numbers", "reason"}),
    "secrecy": ("按涉密申请处理", {"level", "period"}),
    "guided": ("请示市级工作机构", {"question"}),
    "mediated": ("调解、沟通", {"summary"}),
    "remedied": ("复议、诉讼", {"text", "source"}),
    "converted": ("转为主动公开", {"record", "reason"}),
    "archived": ("归档", {"volume", "years"}),
    "note": ("办理记录", {"text", "rules"}),
}
_ANSWER = frozenset(
    {
        "mode",
        "outcome",
        "parts",
        "letter",
        "number",
        "mail",
        "earlier_answer_number",
        "classification_level",
        "classification_period",
        "harm_evidence",
        "text",
    }
)
_TOLD = frozenset({"letter", "text"})
_BESIDES = {"answer": _ANSWER, "fee_notice": _TOLD | {"schedule", "count"}, "fee_paid": _TOLD | {"waived"}}
_LEGAL = {
    kind: (caption, frozenset(params) | _BESIDES.get(kind, _TOLD)) for kind, (caption, params) in law.KINDS.items()
}

KINDS: Mapping[str, Kind] = {
    **{key: Kind(key, caption, frozenset(params)) for key, (caption, params) in _OFFICE.items()},
    **{key: Kind(key, caption, params, is_legal=True) for key, (caption, params) in _LEGAL.items()},
}
"""Every kind of event by its key."""

CHANNEL_OF = {
    Medium.COUNTER: "in_person",
    Medium.REGISTERED_POST: "registered_post",
    Medium.ORDINARY_POST: "ordinary_post",
    Medium.WEB_FORM: "internet",
    Medium.EMAIL: "internet",
    Medium.FAX: "fax",
}
"""The channel of Art 31 each medium belongs to; e-mail counts as the internet (Art 31(3) prevails over 207号)."""

ANNOUNCED = frozenset({Medium.WEB_FORM, Medium.EMAIL, Medium.FAX})
"""Media a unit must announce in its guide; in person and by post cannot be refused (国办公开办函〔2017〕19号)."""

_DATES = frozenset({"until", "notified", "elsewhere_on"})


def plain(params: Mapping[str, object]) -> dict[str, object]:
    """Return ``params`` as JSON can hold them, without those that say nothing."""
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in params.items()
        if value is not None and value != ""
    }


def legal(event: Event) -> LawEvent:
    """Return ``event``, of a legal kind, as the clock of the law takes it."""
    return law_event(event.kind, event.day, event.payload)


def law_event(kind: str, day: date, payload: Mapping[str, object]) -> LawEvent:
    """Return an event of a legal kind as the clock takes it."""
    params = {key: value for key, value in payload.items() if key in law.KINDS[kind][1]}
    for key in _DATES & params.keys():
        value = params[key]
        params[key] = date.fromisoformat(value) if isinstance(value, str) else value
    return LawEvent(kind, day, **params)


_RULES = {"correction": "correction", "fee": "fee", "reasons": "reasons", "reasonable": "reasons", "answer": "answer"}


def article_of(kind: str, regulation: str) -> str:
    """Return the article of ``regulation`` that an event of a legal kind rests on; empty where none is named."""
    if not KINDS[kind].is_legal or not regulation:
        return ""
    key = next((name for name in ("third_party", "co_maker", "other_agency") if kind.startswith(name)), "")
    provision = edition(regulation).provisions.get(key or _RULES.get(kind.partition("_")[0], kind))
    return provision.article if provision else ""
