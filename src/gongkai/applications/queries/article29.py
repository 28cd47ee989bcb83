"""What an application lacks of what Art 29 asks for: hints at the counter, never a reason to refuse it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gongkai.applications.models import IdentityProof

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.applications.domain.identity import Identity
    from gongkai.applications.domain.receiving import Request
    from gongkai.applications.models import Application


class Lack(NamedTuple):
    """Something not given, what to do about it, and how a correction notice asks for it."""

    what: str
    advice: str
    item: str


ARTICLE = "《政府信息公开条例》第二十九条"
_ASK = "可以当场请申请人补充；申请已收到，仍应登记，需要补正的在 7 个工作日内告知（第三十条）。"


def lacking(applicants: Sequence[Identity], request: Request | Application) -> list[Lack]:
    """Return what of Art 29 is lacking, in its order: who, how to reach them, what, in what form."""
    found = []
    principals = [one for one in applicants if not one.is_proxy]
    if not principals or not all(one.name.strip() for one in principals):
        found.append(Lack("没有写明申请人的姓名或者名称。", _ASK, "申请人的姓名或者名称"))
    if any(one.proof == IdentityProof.NONE for one in principals):
        found.append(Lack("没有提供身份证明。", _ASK, "申请人的身份证明"))
    if principals and not any(one.has_contact for one in applicants):
        found.append(Lack("没有留下联系方式。", "没有联系方式将无法告知和送达，请务必当场补充。", "申请人的联系方式"))
    if any(one.is_proxy and not one.has_authority for one in applicants):
        found.append(Lack("代理人没有提交授权委托书。", _ASK, "委托代理人的授权委托书"))
    if not request.title.strip() and not request.document_number.strip() and not request.description.strip():
        item = "所需政府信息的名称、文号或者便于查询的其他特征性描述"
        found.append(Lack("没有写明所需信息的名称、文号或者特征性描述。", _ASK, item))
    if not request.delivery_form and not request.delivery_way:
        advice = "没有写明的，按最便于申请人取得的形式提供。"
        found.append(Lack("没有写明提供信息的形式。", advice, "获取政府信息的形式要求，包括获取信息的方式、途径"))
    return found
