"""更正申请, 投诉举报 and 申诉: registered, handled by append-only acts, ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.accounts.models import Role
from gongkai.accounts.queries.scope import scope_of
from gongkai.applications.domain import identity as identities
from gongkai.applications.domain.authority import demand_past
from gongkai.applications.domain.numbering import next_serial
from gongkai.applications.errors import (
    BeforeApplicationError,
    ChangedMeanwhileError,
    IncompleteError,
    NotAuthorisedError,
    StruckError,
)
from gongkai.applications.kinds import plain
from gongkai.applications.matters import RESULTS, SECTORS, act_of
from gongkai.applications.models import Matter, MatterEvent, MatterKind, MatterStage
from gongkai.journal.domain.entry import record

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.domain.identity import Identity
    from gongkai.files.models import Blob
    from gongkai.units.models import Unit

SUBJECT = "applications.matter"
_LETTER = {MatterKind.RECTIFICATION: "GZ", MatterKind.COMPLAINT: "TS", MatterKind.APPEAL: "SS"}
ROLES = {
    MatterKind.RECTIFICATION: (Role.HANDLER, Role.OFFICE_HEAD),
    MatterKind.COMPLAINT: (Role.COMPETENT,),
    MatterKind.APPEAL: (Role.HANDLER, Role.OFFICE_HEAD, Role.COMPETENT),
}
"""Who works on each kind: a complaint is the matter of the competent department (Art 47)."""


@transaction.atomic
def receive(
    *,
    kind: str,
    unit: Unit,
    day: date,
    applicant: Identity,
    title: str,
    text: str,
    user: User,
    today: date,
    about: Unit | None = None,
    about_name: str = "",
    sector: str = "",
    target_on: date | None = None,
) -> Matter:
    """Register a matter made to ``unit``; a complaint says about which unit, an appeal about which enterprise."""
    _authorise(kind, unit, user, today)
    demand_past(day, today, "收到")
    missing = {name: "请填写。" for name, words in (("title", title), ("name", applicant.name)) if not words.strip()}
    if kind == MatterKind.COMPLAINT and about is None:
        missing["about"] = "请选择被投诉的机构。"
    if kind == MatterKind.APPEAL and (not about_name.strip() or sector not in SECTORS):
        missing["about_name"] = "请填写公共企事业单位并选择行业。"
    if missing:
        raise IncompleteError("登记的内容不完整。请补充后再登记。", missing)
    serial = next_serial(f"matter:{kind}:{unit.pk}:{day.year}")
    matter = Matter(
        kind=kind,
        unit=unit,
        about=about,
        about_name=about_name.strip(),
        sector=sector,
        number=f"{unit.code}-{_LETTER[MatterKind(kind)]}-{day.year:04d}-{serial:04d}",
        received_on=day,
        target_on=target_on,
        title=title.strip(),
        text=text.strip(),
    )
    identities.fill(matter, applicant)
    matter.save()
    _append(matter, "received", day, user)
    return matter


@transaction.atomic
def do(
    *,
    matter: Matter,
    act: str,
    day: date,
    user: User,
    today: date,
    seen: int | None = None,
    evidence: Blob | None = None,
    evidence_name: str = "",
    **said: object,
) -> Matter:
    """Enter an act of ``matters.ACTS`` with the words it asks for; ended matters take none."""
    matter = Matter.objects.select_for_update(of=("self",)).select_related("unit").get(pk=matter.pk)
    _authorise(matter.kind, matter.unit, user, today)
    if seen is not None and seen != matter.version:
        raise ChangedMeanwhileError(f"{matter.number} 在您打开之后已有他人办理，您的操作没有登记。请刷新后核对。")
    found = act_of(matter.kind, act)
    if found is None:
        raise StruckError(f"{matter.get_kind_display()}没有“{act}”这一办理方式。请刷新页面后重新选择。")
    if matter.stage == MatterStage.ENDED:
        raise StruckError(f"{matter.number} 已于 {matter.ended_on} 办结（{RESULTS[matter.result]}），不能再办理。")
    demand_past(day, today, found.caption)
    if day < matter.received_on:
        raise BeforeApplicationError(
            f"“{found.caption}”的日期 {day} 早于收到之日 {matter.received_on}。请核对日期。", {"day": "早于收到之日。"}
        )
    missing = {key: f"请填写{words}。" for key, words in found.asks.items() if not str(said.get(key) or "").strip()}
    if missing:
        raise IncompleteError(f"“{found.caption}”的内容不完整。", missing, article=found.article)
    matter.stage = found.stage
    if found.stage == MatterStage.ENDED:
        matter.result, matter.ended_on = found.result, day
    _append(matter, act, day, user, evidence=evidence, evidence_name=evidence_name, article=found.article, **said)
    return matter


def _append(
    matter: Matter,
    kind: str,
    day: date,
    user: User,
    *,
    evidence: Blob | None = None,
    evidence_name: str = "",
    article: str = "",
    **said: object,
) -> None:
    matter.version += 1
    matter.save()
    MatterEvent(
        matter=matter,
        sequence=matter.version,
        kind=kind,
        day=day,
        payload=plain(said),
        entered_by=user,
        evidence=evidence,
        evidence_name=evidence_name,
    ).save()
    record(
        act=f"applications.matter_{kind}",
        actor=actor_of(user, matter.unit),
        subject=f"{SUBJECT}:{matter.pk}",
        article=article,
        detail={"number": matter.number, "day": day.isoformat()},
    )


def _authorise(kind: str, unit: Unit, user: User, today: date) -> None:
    if not scope_of(user, today).may(unit.pk, *ROLES[MatterKind(kind)]):
        who = "、".join(Role(role).label for role in ROLES[MatterKind(kind)])
        raise NotAuthorisedError(f"{MatterKind(kind).label}由机构 {unit.code} 的{who}办理，您没有这一角色。")
