"""What of the pages, key areas and services the public may see."""

from __future__ import annotations

from django.db import models

from gongkai.portal.models.page import PageKind
from gongkai.windows.window import Window


class PublishedPage(Window):
    """The version of a page that is public: of one that is worked on, reviewed or planned nothing is here."""

    unit_id = models.BigIntegerField()
    kind = models.CharField("类别", max_length=12, choices=PageKind.choices)
    slug = models.CharField("网址名", max_length=60)
    parent_id = models.BigIntegerField(null=True)
    parent_slug = models.CharField("所属专题", max_length=60, null=True)  # noqa: DJ001 -- a view's outer join
    title = models.CharField("标题", max_length=120)
    summary = models.CharField("简介", max_length=300)
    body = models.TextField("正文")
    records = models.JSONField("所列信息")
    shows_id = models.BigIntegerField(null=True)
    ends_on = models.DateField("截止日", null=True)
    published_on = models.DateField("发布日")

    select = (
        "SELECT p.id, p.unit_id, p.kind, p.slug, p.parent_id, q.slug AS parent_slug, v.title, v.summary, v.body,"
        " v.records, v.shows_id, v.ends_on, p.published_on FROM portal_page p"
        " JOIN portal_pageversion v ON v.id = p.live_id LEFT JOIN portal_page q ON q.id = p.parent_id"
        " WHERE p.parent_id IS NULL OR q.live_id IS NOT NULL"
    )

    class Meta:
        """Options."""

        managed = False
        db_table = "window_page"
        ordering = ("-published_on", "-id")

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class ClosedPage(Window):
    """A page that was public and is no more: that it was, and why not any longer."""

    kind = models.CharField("类别", max_length=12, choices=PageKind.choices)
    slug = models.CharField("网址名", max_length=60)
    parent_id = models.BigIntegerField(null=True)
    reason = models.CharField("理由", max_length=300)
    published_on = models.DateField("发布日")

    select = (
        "SELECT id, kind, slug, parent_id, closed_reason AS reason, published_on FROM portal_page"
        " WHERE live_id IS NULL AND closed_reason <> ''"
    )

    class Meta:
        """Options."""

        managed = False
        db_table = "window_page_closed"

    def __str__(self) -> str:
        """Return the reason."""
        return self.reason


class OpenArea(Window):
    """A key area with its rule and who must publish in it."""

    slug = models.CharField("网址名", max_length=40)
    name = models.CharField("名称", max_length=40)
    summary = models.CharField("说明", max_length=300)
    position = models.PositiveSmallIntegerField("次序")
    scope_items = models.JSONField("公开事项")
    subjects = models.JSONField("主题分类")
    words = models.CharField("标题词语", max_length=200)
    records = models.JSONField("另外列入的信息")
    duty_kinds = models.JSONField("每年须公开的机构类型")
    duty_units = models.JSONField("每年须公开的其他机构")

    select = (
        "SELECT id, slug, name, summary, position, scope_items, subjects, words, records, duty_kinds, duty_units"
        " FROM portal_keyarea WHERE is_open"
    )

    class Meta:
        """Options."""

        managed = False
        db_table = "window_key_area"
        ordering = ("position", "id")

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class ListedService(Window):
    """An entry of the 办事 directory that is listed."""

    unit_id = models.BigIntegerField()
    code = models.CharField("事项编码", max_length=40)
    name = models.CharField("事项名称", max_length=200)
    basis = models.TextField("设定依据")
    conditions = models.TextField("申请条件")
    materials = models.TextField("办理材料")
    process = models.TextField("办理流程")
    time_limit = models.CharField("办理时限", max_length=200)
    fee = models.CharField("收费", max_length=200)
    place = models.TextField("办理地点和时间")
    telephone = models.CharField("咨询电话", max_length=60)
    link = models.CharField("在线办理", max_length=300)
    updated_on = models.DateField("更新日")

    select = (
        "SELECT id, unit_id, code, name, basis, conditions, materials, process, time_limit, fee, place, telephone,"
        " link, updated_on FROM portal_service WHERE stage = 'listed'"
    )

    class Meta:
        """Options."""

        managed = False
        db_table = "window_service"
        ordering = ("unit_id", "code")

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class WithdrawnService(Window):
    """An entry that was listed and taken down."""

    reason = models.CharField("撤下理由", max_length=300)
    updated_on = models.DateField("更新日")

    select = (
        "SELECT id, withdrawn_reason AS reason, updated_on FROM portal_service"
        " WHERE stage <> 'listed' AND withdrawn_reason <> ''"
    )

    class Meta:
        """Options."""

        managed = False
        db_table = "window_service_withdrawn"

    def __str__(self) -> str:
        """Return the reason."""
        return self.reason
