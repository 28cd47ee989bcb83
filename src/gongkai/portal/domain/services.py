"""Keeping the entries of the 办事 directory: writing one, making it public, taking it down."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db import transaction

from gongkai.portal import rules
from gongkai.portal.domain.trace import trace_service
from gongkai.portal.errors import PlaceError
from gongkai.portal.models import Service, ServiceStage
from gongkai.records.domain.authority import authorise
from gongkai.records.errors import IncompleteError, StageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.units.models import Unit

ELEMENTS = (
    "code",
    "name",
    "basis",
    "conditions",
    "materials",
    "process",
    "time_limit",
    "fee",
    "place",
    "telephone",
)
"""What every entry must say: a guide without its elements is what inspections find (政府网站与政务新媒体检查指标)."""
LABELS = {name: str(Service._meta.get_field(name).verbose_name) for name in (*ELEMENTS, "link")}  # noqa: SLF001 -- Django documents it for this


@transaction.atomic
def write(*, user: User, day: date, unit: Unit, service: Service | None = None, **fields: str) -> Service:
    """Write an entry of ``unit`` down, or change one; what is public is changed by the head alone."""
    if service is None:
        authorise(unit, user, day, "登记办事指南", lambda scope: rules.may_write_services(scope, unit.pk))
        one = Service(unit=unit)
    else:
        one = _again(service)
        authorise(one.unit, user, day, "修改办事指南", lambda scope: rules.may_edit_service(scope, one))
    put(one, fields)
    check(one)
    if Service.objects.filter(unit=one.unit, code=one.code).exclude(pk=one.pk).exists():
        words = f"本机构已有编码为“{one.code}”的办事指南。"
        raise PlaceError(words, {"code": words})
    is_new, one.updated_on = one.pk is None, day
    one.save()
    trace_service("written" if is_new else "changed", one, user, fields=sorted(fields))
    return one


@transaction.atomic
def list_waiting(*, user: User, day: date, services: Iterable[Service]) -> int:
    """Make entries public, each with all its elements; return how many."""
    count = 0
    for each in services:
        one = _again(each)
        authorise(one.unit, user, day, "公布办事指南", lambda scope, one=one: rules.may_list_service(scope, one))
        check(one)
        one.stage, one.withdrawn_reason, one.updated_on = ServiceStage.LISTED, "", day
        one.save(update_fields=["stage", "withdrawn_reason", "updated_on"])
        trace_service("listed", one, user, day=day.isoformat())
        count += 1
    return count


@transaction.atomic
def withdraw(*, service: Service, user: User, day: date, reason: str) -> Service:
    """Take an entry down; its address answers with the reason."""
    if not reason.strip():
        raise IncompleteError("撤下办事指南必须写明理由。", {"reason": "请填写理由。"})
    one = _again(service)
    if one.stage != ServiceStage.LISTED:
        raise StageError(f"“{one.name}”{one.get_stage_display()}，无须撤下。")
    authorise(one.unit, user, day, "撤下办事指南", lambda scope: rules.may_withdraw_service(scope, one))
    one.stage, one.withdrawn_reason = ServiceStage.WITHDRAWN, reason.strip()
    one.save(update_fields=["stage", "withdrawn_reason"])
    trace_service("withdrawn", one, user, day=day.isoformat(), reason=reason)
    return one


def put(service: Service, fields: dict[str, str]) -> None:
    """Set fields of an entry."""
    if unknown := fields.keys() - {*ELEMENTS, "link"}:
        raise TypeError(f"not fields of a service: {sorted(unknown)}")
    for name, value in fields.items():
        setattr(service, name, value.strip())


def check(service: Service) -> None:
    """Raise ``IncompleteError`` with every element that is missing, and every one that is too long."""
    wrong = {name: f"缺少{LABELS[name]}" for name in ELEMENTS if not getattr(service, name)}
    for name in (*ELEMENTS, "link"):
        most = Service._meta.get_field(name).max_length  # noqa: SLF001 -- Django documents it for this
        if most and len(getattr(service, name)) > most:
            wrong[name] = f"{LABELS[name]}超过 {most} 字"
    if service.link and urlsplit(service.link).scheme not in {"http", "https"}:
        wrong["link"] = "在线办理须为 http 或 https 网址"
    if wrong:
        raise IncompleteError("办事指南要素不全：" + "、".join(wrong.values()) + "。", wrong)


def _again(service: Service) -> Service:
    return Service.objects.select_for_update().select_related("unit").get(pk=service.pk)
