"""What can happen to a matter beside applications: the acts of each kind, and where each leaves it."""

from __future__ import annotations

from typing import NamedTuple

from gongkai.applications.models import MatterKind, MatterStage


class Act(NamedTuple):
    """One act: what it is called, the words it asks for (caption by key), the stage it leaves, the result it gives."""

    key: str
    caption: str
    asks: dict[str, str]
    stage: str
    result: str = ""
    article: str = ""


_ACCURATE = "《政府信息公开条例》第四十一条"
_SUPERVISE = "《政府信息公开条例》第四十七条"
_REMEDIES = "《政府信息公开条例》第五十一条"
_SECTOR = "《政府信息公开条例》第五十五条"

ACTS: dict[str, tuple[Act, ...]] = {
    MatterKind.RECTIFICATION: (
        Act("checked", "核查", {"text": "核查情况和证据"}, MatterStage.OPEN, article=_ACCURATE),
        Act("corrected", "予以更正", {"text": "更正内容"}, MatterStage.ENDED, "corrected", _ACCURATE),
        Act("refused", "不予更正", {"text": "理由"}, MatterStage.ENDED, "refused", _ACCURATE),
        Act("forwarded", "转送有权机关", {"to": "转送的机关"}, MatterStage.ENDED, "forwarded", _ACCURATE),
        Act("told", "告知向有权机关提出", {"to": "有权更正的机关"}, MatterStage.ENDED, "told", _ACCURATE),
    ),
    MatterKind.COMPLAINT: (
        Act("checked", "调查", {"text": "调查情况"}, MatterStage.OPEN, article=_SUPERVISE),
        Act("ordered", "督促整改", {"text": "整改要求", "until": "整改期限"}, MatterStage.ORDERED, article=_SUPERVISE),
        Act("reported", "整改情况报告", {"text": "整改情况"}, MatterStage.OPEN, article=_SUPERVISE),
        Act("criticised", "通报批评", {"text": "通报内容", "document": "通报文号"}, MatterStage.OPEN, "", _SUPERVISE),
        Act("upheld", "投诉属实，办结", {"text": "处理结果"}, MatterStage.ENDED, "upheld", _SUPERVISE),
        Act("dismissed", "投诉不属实，办结", {"text": "理由"}, MatterStage.ENDED, "dismissed", _SUPERVISE),
        Act(
            "elsewhere",
            "告知其他途径",
            {"text": "途径"},
            MatterStage.ENDED,
            "elsewhere",
            "《政府信息公开条例》第五十一条",
        ),
    ),
    MatterKind.APPEAL: (
        Act("passed_on", "交行业主管部门处理", {"to": "行业主管部门"}, MatterStage.OPEN, article=_SECTOR),
        Act("handled", "主管部门处理意见", {"text": "处理意见"}, MatterStage.OPEN, article=_SECTOR),
        Act("upheld", "责令公开，办结", {"text": "处理结果"}, MatterStage.ENDED, "upheld", _SECTOR),
        Act("dismissed", "不予支持，办结", {"text": "理由"}, MatterStage.ENDED, "dismissed", _SECTOR),
    ),
}
"""The acts by kind of matter. A matter begins with ``received`` and may be withdrawn by whoever brought it."""

WITHDRAWN = Act("withdrawn", "撤回", {}, MatterStage.ENDED, "withdrawn")

SHORT = {MatterKind.RECTIFICATION: "更正申请", MatterKind.COMPLAINT: "投诉举报", MatterKind.APPEAL: "申诉"}
"""What a matter is called on a button."""

SECTORS = ("教育", "卫生健康", "供水", "供电", "供气", "供热", "环境保护", "公共交通")
"""The sectors of Art 55 whose enterprises and institutions follow rules of their own."""

RESULTS = {
    "corrected": "予以更正",
    "refused": "不予更正",
    "forwarded": "已转送",
    "told": "已告知向有权机关提出",
    "upheld": "属实",
    "dismissed": "不予支持",
    "elsewhere": "告知其他途径",
    "withdrawn": "撤回",
}
"""What a matter ended in."""


PAPERWORK = {
    "received": "收到",
    "sent": "发出文书",
    "delivered": "签收",
    "mail_returned": "邮件退回",
    "redelivered": "重新送达",
    "archived": "归档",
}
"""What happens to a matter besides its acts, by the key of the event."""

ASKED = {"text": "文书", "number": "文号", "by": "签收情况", "mail": "邮件号码", "reason": "邮政企业批注的原因"}
ASKED |= {"mode": "送达方式", "years": "保管年限（0 为永久）", "note": "说明"}
"""What is kept with that, by key."""


def caption_of(kind: str, key: str) -> str:
    """Return what an event of a kind of matter is called."""
    act = act_of(kind, key)
    return act.caption if act else PAPERWORK[key]


def act_of(kind: str, key: str) -> Act | None:
    """Return the act ``key`` of a kind of matter, ``None`` where there is none."""
    return next((act for act in (*ACTS[kind], WITHDRAWN) if act.key == key), None)
