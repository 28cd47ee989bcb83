"""What a page must say before it is kept, and whether the first page has room for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db.models import Q

from gongkai.portal.errors import PlaceError, SlotsFullError
from gongkai.portal.models import APPLIED, FRONT, Page, PageKind, PageStage
from gongkai.records.errors import IncompleteError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

SLOTS = {PageKind.NOTICE: 1, PageKind.HIGHLIGHT: 6}
"""How many of a kind stand on the first page at a time."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check(page: Page) -> None:
    """Raise ``IncompleteError`` or ``PlaceError`` with what is missing, by field."""
    missing = dict(_missing(page))
    if missing:
        raise IncompleteError("页面还不能保存：" + "".join(missing.values()), missing)
    if not _SLUG.fullmatch(page.slug):
        words = "网址名只用小写字母、数字和连字符，如 spring-farming。"
        raise PlaceError(words, {"slug": words})
    if Page.objects.filter(slug=page.slug).exclude(pk=page.pk).exists():
        words = f"网址名“{page.slug}”已有页面使用，公开过的网址永不另作他用。请换一个。"
        raise PlaceError(words, {"slug": words})
    parent = page.parent
    if parent is not None and (page.kind != PageKind.TOPIC or parent.kind != PageKind.TOPIC or parent.parent_id):
        words = "只有专题可以放在另一专题之下，且只分一层。"
        raise PlaceError(words, {"parent": words})
    if parent is not None and page.pk and page.children.exists():
        words = "本专题之下已有子专题，不能再放到别的专题之下。"
        raise PlaceError(words, {"parent": words})


def _missing(page: Page) -> Iterator[tuple[str, str]]:
    if not page.title:
        yield "title", "请填写标题。"
    if page.kind in APPLIED:
        # 《专题专栏开设及首页信息发布申请表》
        for name, words in (("purpose", "目的"), ("responsible", "责任人"), ("begins_on", "开始日")):
            if not getattr(page, name):
                yield name, f"开设专题或在首页发布须写明{words}。"
    if page.kind in FRONT and not page.ends_on:
        yield "ends_on", "首页信息须有截止日。"
    if page.begins_on and page.ends_on and page.ends_on < page.begins_on:
        yield "ends_on", f"截止日早于开始日 {page.begins_on}。"
    targets = len(page.records) + (page.shows_id is not None)
    if page.kind == PageKind.HIGHLIGHT and targets != 1:
        yield "records", "首页推荐须指向一件已公开的信息或一个页面，且只能是一个。"
    if page.kind == PageKind.NOTICE and targets > 1:
        yield "records", "首页提示至多指向一件信息或一个页面。"
    if page.kind not in FRONT and page.shows_id:
        yield "shows", "只有首页信息可以指向页面。"


def check_room(page: Page) -> None:
    """Raise ``SlotsFullError`` where the first page is full on any day of the period of ``page``."""
    most = SLOTS.get(PageKind(page.kind))
    if most is None or page.begins_on is None or page.ends_on is None:
        return
    taken = Q(live__isnull=False) | Q(stage__in=(PageStage.REVIEWING, PageStage.READY))
    others = Page.objects.filter(taken, kind=page.kind, begins_on__lte=page.ends_on, ends_on__gte=page.begins_on)
    periods: list[tuple[date, date]] = list(others.exclude(pk=page.pk).values_list("begins_on", "ends_on"))
    for day in {page.begins_on, *(begin for begin, _ in periods if begin > page.begins_on)}:
        if sum(begin <= day <= end for begin, end in periods) >= most:
            raise SlotsFullError(
                f"首页同时至多有 {most} 条{page.get_kind_display()}，{day} 已排满。请改期，或先撤下一条。",
                {"begins_on": f"{day} 已排满。"},
            )
