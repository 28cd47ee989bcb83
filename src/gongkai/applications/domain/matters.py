"""更正申请, 投诉举报 and 申诉: registered, handled by append-only acts, ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.models import Role
from gongkai.accounts.queries.scope import scope_of
from gongkai.applications.domain import identity as identities
from gongkai.applications.domain.authority import demand_past
from gongkai.applications.domain.numbering import next_serial
from gongkai.applications.domain.trace import trace
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
from gongkai.applications.rules import HANDLING

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.domain.identity import Identity
    from gongkai.applications.matters import Act
    from gongkai.files.models import Blob
    from gongkai.units.models import Unit

SERIES = {MatterKind.RECTIFICATION: "GZ", MatterKind.COMPLAINT: "TS", MatterKind.APPEAL: "SS"}
"""The letters that the numbers of each kind bear."""


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
    if kind == MatterKind.COMPLAINT and about == unit:
        missing["unit"] = "投诉由主管部门或者上一级机关受理，不能由被投诉的机构自己受理。"
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
        number=f"{unit.code}-{SERIES[MatterKind(kind)]}-{day.year:04d}-{serial:04d}",
        received_on=day,
        target_on=target_on,
        title=title.strip(),
        text=text.strip(),
    )
    identities.fill(matter, applicant)
    matter.save()
    append(matter, "received", day, user)
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
    matter = locked(matter, seen)
    _authorise(matter.kind, matter.unit, user, today)
    found = act_of(matter.kind, act)
    if found is None:
        raise StruckError(f"{matter.get_kind_display()}没有“{act}”这一办理方式。请刷新页面后重新选择。")
    if matter.stage == MatterStage.ENDED:
        raise StruckError(f"{matter.number} 已于 {matter.ended_on} 办结（{RESULTS[matter.result]}），不能再办理。")
    return enter(matter, found, day, user, today=today, evidence=evidence, evidence_name=evidence_name, **said)


def locked(matter: Matter, seen: int | None = None) -> Matter:
    """Return the matter, its row locked until the transaction ends.

    ``seen`` is the version the person had before them: ``ChangedMeanwhileError`` where it is another by now.
    """
    found = Matter.objects.select_for_update(of=("self",)).select_related("unit", "about").get(pk=matter.pk)
    if seen is not None and seen != found.version:
        raise ChangedMeanwhileError(f"{found.number} 在您打开之后已有他人办理，您的操作没有登记。请刷新后核对。")
    return found


def enter(
    matter: Matter,
    act: Act,
    day: date,
    user: User,
    *,
    today: date,
    evidence: Blob | None = None,
    evidence_name: str = "",
    **said: object,
) -> Matter:
    """Write an act of a locked matter that is not ended, with the words it asks for, and take its stage."""
    demand_past(day, today, act.caption)
    demand_after(matter, day, act.caption)
    missing = {key: f"请填写{words}。" for key, words in act.asks.items() if not str(said.get(key) or "").strip()}
    if missing:
        raise IncompleteError(f"“{act.caption}”的内容不完整。", missing, article=act.article)
    matter.stage = act.stage
    if act.stage == MatterStage.ENDED:
        matter.result, matter.ended_on = act.result, day
    append(matter, act.key, day, user, evidence=evidence, evidence_name=evidence_name, article=act.article, **said)
    return matter


def demand_after(matter: Matter, day: date, what: str) -> None:
    """Raise ``BeforeApplicationError`` for a day before the matter came."""
    if day < matter.received_on:
        raise BeforeApplicationError(
            f"“{what}”的日期 {day} 早于收到之日 {matter.received_on}。请核对日期。", {"day": "早于收到之日。"}
        )


def append(
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
    """Write an event of a locked or new matter, with its entry in the journal."""
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
    trace(f"matter_{kind}", matter, user, article, number=matter.number, day=day.isoformat())


def _authorise(kind: str, unit: Unit, user: User, today: date) -> None:
    if not scope_of(user, today).may(unit.pk, *HANDLING[MatterKind(kind)]):
        who = "、".join(Role(role).label for role in HANDLING[MatterKind(kind)])
        raise NotAuthorisedError(f"{MatterKind(kind).label}由机构 {unit.code} 的{who}办理，您没有这一角色。")
