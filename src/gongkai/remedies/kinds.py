"""The kinds of events of a reconsideration or suit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.eventlog.log import STRUCK, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTIFIED, ANSWERED, EVIDENCE, DECIDED = "notified", "answered", "evidence", "decided"

_KINDS = {
    NOTIFIED: ("收到通知", {"document", "accepted", "simplified"}),
    ANSWERED: ("提交书面答复（答辩状）", {"document", "with_evidence"}),
    EVIDENCE: ("提交证据、依据", {"document"}),
    "heard": ("听证、开庭、听取意见", {"text"}),
    "extended": ("延长审理期限", {"document"}),
    "suspended": ("中止", {"document", "text"}),
    "resumed": ("恢复审理", {"document"}),
    DECIDED: ("作出决定（裁判）", {"result", "document", "served", "until"}),
    "withdrawn": ("撤回申请（起诉、上诉）", {"document"}),
    "mediated": ("调解结案", {"document"}),
    "settled": ("和解后撤回", {"document"}),
    "appealed": ("提起上诉", {"by", "document"}),
    "appeal_copy": ("收到上诉状副本", {"document"}),
    "retrial": ("进入再审", {"document"}),
    "note": ("办案记录", {"text"}),
    STRUCK: ("更正登记", {"reason"}),
}
KINDS: Mapping[str, Kind] = {key: Kind(key, caption, frozenset(params)) for key, (caption, params) in _KINDS.items()}
"""Every kind of event by its key."""

SUIT_ONLY = frozenset({"appealed", "appeal_copy", "retrial"})
RECONSIDERATION_ONLY = frozenset({"extended", "settled"})

ENDING = frozenset({DECIDED, "withdrawn", "mediated", "settled"})
"""Kinds that bring a result."""

BY = {"us": "本机关", "claimant": "原告", "co_defendant": "共同被告", "several": "双方"}
"""Who appealed."""
