"""Keeping the key areas."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.queries.scope import scope_of
from gongkai.portal import rules
from gongkai.portal.domain.trace import trace_area
from gongkai.portal.errors import PlaceError, RuleError
from gongkai.portal.models import KeyArea
from gongkai.records.errors import IncompleteError, NotAuthorisedError

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User

EDITABLE = frozenset(
    {
        "slug",
        "name",
        "summary",
        "position",
        "scope_items",
        "subjects",
        "words",
        "records",
        "duty_kinds",
        "duty_units",
        "is_open",
    }
)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@transaction.atomic
def set_area(*, user: User, day: date, area: KeyArea | None = None, **fields: object) -> KeyArea:
    """Write a key area down, or change one; ``fields`` are those of ``EDITABLE``. Its address stays."""
    if not rules.may_set_areas(scope_of(user, day)):
        raise NotAuthorisedError("重点领域由政务公开主管部门设定。请与主管部门联系。")
    if unknown := fields.keys() - EDITABLE:
        raise TypeError(f"not fields of a key area: {sorted(unknown)}")
    area = KeyArea.objects.select_for_update().get(pk=area.pk) if area else KeyArea()
    for name, value in fields.items():
        if name != "slug" or not area.pk:
            setattr(area, name, value.strip() if isinstance(value, str) else value)
    _check(area)
    is_new = area.pk is None
    area.save()
    trace_area("set" if is_new else "changed", area, user, **{name: getattr(area, name) for name in sorted(fields)})
    return area


@transaction.atomic
def set_usual(*, user: User, day: date) -> list[KeyArea]:
    """Set the usual areas that are not there yet."""
    known = set(KeyArea.objects.values_list("slug", flat=True))
    usual = tomllib.loads(files("gongkai.portal").joinpath("areas.toml").read_text(encoding="utf-8"))["area"]
    numbered = [{"position": number, **one} for number, one in enumerate(usual, 1) if one["slug"] not in known]
    return [set_area(user=user, day=day, **one) for one in numbered]


def _check(area: KeyArea) -> None:
    if not area.name:
        raise IncompleteError("请填写名称。", {"name": "请填写。"})
    if not _SLUG.fullmatch(area.slug) or KeyArea.objects.filter(slug=area.slug).exclude(pk=area.pk).exists():
        words = f"网址名“{area.slug}”须为小写字母、数字和连字符，且不与其他领域相同。"
        raise PlaceError(words, {"slug": words})
    if not (area.scope_items or area.subjects or area.records):
        words = "请选择公开事项、主题分类，或列出具体信息，否则本领域没有内容。"
        raise RuleError(words, {"scope_items": words})
    if area.words.strip() and not (area.scope_items or area.subjects):
        words = "标题词语须与公开事项或主题分类一起使用，只按词语会逐条翻查全库。"
        raise RuleError(words, {"words": words})
