"""Writing a unit's 政府信息公开指南."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.journal.domain.entry import Actor, record
from gongkai.law.clock import CHANNELS
from gongkai.units.errors import GuideDayError, NotExistingError, UnknownChannelError
from gongkai.units.models import Guide, Unit

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

OPTIONAL_CHANNELS = {code: CHANNELS[code] for code in ("internet", "fax")}
"""Channels that a guide may announce or not; in person and by post cannot be refused (国办公开办函〔2017〕19号)."""


@transaction.atomic
def set_guide(
    *,
    unit: Unit,
    office: str,
    address: str,
    hours: str,
    telephone: str,
    day: date,
    actor: Actor,
    fax: str = "",
    email: str = "",
    postcode: str = "",
    channels: Collection[str] = (),
    cautions: str = "",
    classification: str = "",
    arrangement: str = "",
    obtaining: str = "",
) -> Guide:
    """Write or renew the guide of ``unit`` as of ``day`` (条例 第十二条).

    Raises ``UnknownChannelError``, ``NotExistingError`` for a unit that has ended and ``GuideDayError`` for a day
    before the last renewal.
    """
    unknown = sorted(set(channels) - OPTIONAL_CHANNELS.keys())
    if unknown:
        raise UnknownChannelError(
            f"申请渠道 {'、'.join(unknown)} 不在可选之列。当面提交和邮政寄送是基本渠道，无需列出"
            "（国办公开办函〔2017〕19号）；可另列互联网、传真。"
        )
    if unit.abolished_on is not None and day >= unit.abolished_on:
        raise NotExistingError(
            f"机构 {unit.code} 已于 {unit.abolished_on} 撤销，不再编制指南。请在承接机构的指南中说明。"
        )
    guide = Guide.objects.select_for_update().filter(unit=unit).first() or Guide(unit=unit)
    if guide.pk and day < guide.updated_on:
        raise GuideDayError(f"更新日 {day} 早于上次更新日 {guide.updated_on}。请核对日期。")
    written = {
        "office": office,
        "address": address,
        "hours": hours,
        "telephone": telephone,
        "fax": fax,
        "email": email,
        "postcode": postcode,
        "channels": sorted(channels),
        "cautions": cautions,
        "classification": classification,
        "arrangement": arrangement,
        "obtaining": obtaining,
    }
    changed = sorted(name for name, value in written.items() if getattr(guide, name) != value)
    for name, value in written.items():
        setattr(guide, name, value)
    guide.updated_on = day
    guide.save()
    record(
        act="units.guide_set",
        actor=actor,
        subject=f"units.unit:{unit.pk}",
        article="条例 第十二条",
        detail={"day": day.isoformat(), "unit": unit.code, "changed": changed},
    )
    return guide
