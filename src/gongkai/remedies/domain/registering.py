"""Registering that an act of ours is contested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.queries.scope import scope_of
from gongkai.accounts.sealing import blind, seal, unseal
from gongkai.applications.domain.identity import mask_name, plain
from gongkai.applications.domain.numbering import next_serial
from gongkai.law import remedies_admission
from gongkai.remedies import rules
from gongkai.remedies.domain import entering
from gongkai.remedies.domain.authority import authorise, demand_past
from gongkai.remedies.domain.trace import trace
from gongkai.remedies.errors import (
    DuplicateError,
    IncompleteError,
    NotAuthorisedError,
    SecretContentError,
    WrongDayError,
    WrongObjectError,
)
from gongkai.remedies.kinds import NOTIFIED
from gongkai.remedies.models import Claimant, Party, PartyRole, Remedy, RemedyKind, Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.models import Application
    from gongkai.applications.models import Event as ApplicationEvent
    from gongkai.units.models import Unit

PURPOSE = "remedies.identity"
NON_ANSWER = "non_answer"
_LETTERS = {RemedyKind.RECONSIDERATION: "FY", RemedyKind.DIRECT: "SS", RemedyKind.AFTER: "SS"}


@dataclass(frozen=True, slots=True)
class Notice:
    """What came to our agency: ``day`` is the day it had it, ``document`` its name and number.

    ``filed_on`` is the day the claimant turned to the body, ``accepted_on`` the day the body took the case.
    """

    day: date
    document: str = ""
    filed_on: date | None = None
    accepted_on: date | None = None
    simplified: bool = False


@dataclass(frozen=True, slots=True)
class Contested:
    """What is contested. ``ground`` is a key of ``law.remedies_admission``.

    An act beside any application has ``act_on`` and ``act_number``; ``answer`` is an event of ``application``, by
    default its last answer, and stays empty where there is none.
    """

    ground: str
    application: Application | None = None
    answer: ApplicationEvent | None = None
    act_on: date | None = None
    act_number: str = ""


@dataclass(frozen=True, slots=True)
class Plaintiff:
    """Who claims, in clear; its ``repr`` shows nothing. The applicant's name stands with the application."""

    role: str = Claimant.APPLICANT
    kind: str = ""
    name: str = ""

    def __repr__(self) -> str:
        """Return no personal data: representations end up in logs."""
        return "Plaintiff(…)"


@transaction.atomic
def register(
    *,
    unit: Unit,
    kind: str,
    body: str,
    notice: Notice,
    contested: Contested,
    user: User | None,
    today: date,
    case_number: str = "",
    claimant: Plaintiff | None = None,
    claims: str = "",
    follows: Remedy | None = None,
    earlier_decision: str = "",
    others: Sequence[tuple[Unit, str]] = (),
) -> Remedy:
    """Register a case against ``unit`` and return it; ``others`` are further units of ours and their roles.

    What is not admissible is registered all the same, for it came: ``queries.admission`` says what to object. Refused
    are days that cannot be, a case known already, and what does not fit together.
    """
    if user is not None and not rules.may_register(scope_of(user, today), unit.pk):
        raise NotAuthorisedError(f"您没有机构 {unit.code} 的经办角色，不能登记。请由该机构的经办人员登记。")
    claimant = claimant or Plaintiff()
    _check(kind, body, notice, contested, today)
    _check_object(unit, notice, contested)
    _check_claimant(contested, claimant)
    _check_earlier(kind, follows, earlier_decision, unit)
    application = contested.application
    if application is not None and application.is_secret and claims.strip():
        raise SecretContentError(
            "涉密申请的复议、诉讼不得在本系统登记请求内容。请清空“请求事项”，在涉密场所另行保管。",
            {"claims": "涉密，不得填写。"},
            article="《保守国家秘密法》（2024年）",
        )
    if case_number.strip():
        _refuse_known(body.strip(), case_number.strip())
    year = notice.day.year
    prefix = _LETTERS[RemedyKind(kind)]
    serial = next_serial(f"remedy:{unit.pk}:{prefix}:{year}")
    remedy = Remedy.objects.create(
        unit=unit,
        kind=kind,
        number=f"{unit.code}-{prefix}-{year:04d}-{serial:03d}",
        application=application,
        answer=_answer(contested),
        follows=follows,
        earlier_decision=earlier_decision.strip(),
        ground=contested.ground,
        act_on=contested.act_on,
        act_number=contested.act_number.strip(),
        body=body.strip(),
        case_number=case_number.strip(),
        filed_on=notice.filed_on,
        claimant=claimant.role,
        claimant_kind=claimant.kind or (application.applicant_kind if application else ""),
        claimant_name=seal(claimant.name.strip(), PURPOSE),
        claimant_index=indexes(claimant.name)[0] if claimant.name.strip() else "",
        claims=claims.strip(),
    )
    Party.objects.create(remedy=remedy, unit=unit, role=PartyRole.RESPONDENT)
    for other, role in others:
        Party.objects.create(remedy=remedy, unit=other, role=PartyRole(role))
    notified = entering.append(
        remedy,
        NOTIFIED,
        notice.day,
        user,
        today=today,
        document=notice.document.strip(),
        accepted=notice.accepted_on,
        simplified=notice.simplified,
    )
    trace("registered", remedy, user, number=remedy.number, kind=str(kind), day=notice.day.isoformat())
    if application is not None:
        text = f"{remedy.get_kind_display()}：收到{body.strip()}通知"
        text += f"（{case_number.strip()}）" if case_number.strip() else ""
        entering.tell(notified, text, user, today)
    return remedy


def indexes(name: str) -> list[str]:
    """Return the blind indexes of a name, whatever its spacing and width."""
    return blind(plain(name), f"{PURPOSE}.name")


def masked(remedy: Remedy) -> str:
    """Return the name of who claims as a page shows it; empty where it stands with the application.

    Names of organisations are hidden as well: the case does not say which they are.
    """
    return mask_name(unseal(remedy.claimant_name, PURPOSE))


@transaction.atomic
def reveal(*, remedy: Remedy, user: User, today: date, reason: str) -> str:
    """Return who claims, in clear, and enter in the journal who looked and why (个人信息保护法 第五十一条)."""
    authorise(remedy, user, today, "查看申请人（原告）的完整信息", rules.may_reveal)
    if not reason.strip():
        raise IncompleteError("查看完整信息须写明理由，以备审计。", {"reason": "请填写理由。"})
    trace("revealed", remedy, user, "《个人信息保护法》第五十一条", reason=reason.strip())
    return unseal(remedy.claimant_name, PURPOSE)


def _answer(contested: Contested) -> ApplicationEvent | None:
    """Return the answer that is contested: the one named, else the last one; none where none was given."""
    if contested.answer is not None or contested.application is None or contested.ground == NON_ANSWER:
        return contested.answer
    answers = contested.application.events.filter(kind="answer", struck_by__isnull=True)
    return answers.order_by("-day", "-sequence").first()


def _check(kind: str, body: str, notice: Notice, contested: Contested, today: date) -> None:
    if kind not in RemedyKind.values or contested.ground not in remedies_admission.acts():
        field = "kind" if kind not in RemedyKind.values else "ground"
        raise IncompleteError("没有选择案件种类或者所针对的行为。请选择。", {field: "请选择。"})
    if not body.strip():
        raise IncompleteError("没有填写复议机关或者法院。请照通知书填写。", {"body": "请填写。"})
    demand_past(notice.day, today, "收到通知")
    if notice.filed_on is not None and notice.filed_on > notice.day:
        raise WrongDayError(
            f"提出复议、诉讼的日期 {notice.filed_on} 晚于收到通知之日 {notice.day}。请核对两个日期。",
            {"filed_on": "不能晚于收到通知之日。"},
        )


def _check_object(unit: Unit, notice: Notice, contested: Contested) -> None:
    application, answer = contested.application, contested.answer
    if application is None:
        if contested.act_on is None:
            raise IncompleteError(
                "没有选择所涉申请，也没有填写所针对行为的日期。请选择申请，或者填写行为日期和文号。",
                {"act_on": "请填写。"},
            )
    elif application.unit_id != unit.pk:
        raise WrongObjectError(
            f"申请 {application.number} 由机构 {application.unit.code} 办理，不是 {unit.code}。"
            "请核对被申请人（被告）。",
            {"application": "不是该机构的申请。"},
        )
    elif notice.day < application.arrived_on:
        raise WrongDayError(
            f"收到通知之日 {notice.day} 早于申请到达之日 {application.arrived_on}。请核对日期。", {"day": "请核对。"}
        )
    if answer is not None and (application is None or answer.application_id != application.pk):
        raise WrongObjectError("所选答复不属于所涉申请。请重新选择。", {"answer": "请重新选择。"})


def _check_claimant(contested: Contested, claimant: Plaintiff) -> None:
    if claimant.role != Claimant.APPLICANT:
        if not claimant.name.strip():
            raise IncompleteError(
                "没有填写申请人（原告）的姓名或者名称。请照申请书、起诉状填写。", {"name": "请填写。"}
            )
    elif contested.application is None:
        raise WrongObjectError(
            "没有所涉申请，申请人（原告）不可能是“申请人本人”。请选择第三方或者其他人，并填写姓名、名称。",
            {"claimant": "请另选。"},
        )


def _check_earlier(kind: str, follows: Remedy | None, earlier_decision: str, unit: Unit) -> None:
    if kind != RemedyKind.AFTER:
        if follows is not None:
            raise WrongObjectError("只有“复议后起诉”才有在先的复议。请核对案件种类。", {"follows": "不应填写。"})
        return
    if follows is None and not earlier_decision.strip():
        raise IncompleteError(
            "“复议后起诉”没有写明在先的复议。请选择登记的复议案件，或者填写复议决定文号。", {"follows": "请填写。"}
        )
    if follows is not None and (follows.kind != RemedyKind.RECONSIDERATION or follows.unit_id != unit.pk):
        raise WrongObjectError(
            f"{follows.number} 不是该机构的行政复议案件，不能作为在先的复议。请重新选择。", {"follows": "请重新选择。"}
        )


def _refuse_known(body: str, case_number: str) -> None:
    known = Remedy.objects.filter(body=body, case_number=case_number).exclude(status=Status.VOID).first()
    if known is not None:
        raise DuplicateError(
            f"{body}{case_number} 已登记为 {known.number}。请在该案中登记后续事项。", {"case_number": "已登记。"}
        )
