"""A page that staff write: a topic, a page of its own, a rule of disclosure, or what stands on the first page."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.units.models import Unit


class PageKind(models.TextChoices):
    """What a page is, and with that where it stands."""

    TOPIC = "topic", "专题专栏"
    COLUMN = "column", "栏目页"
    INSTITUTION = "institution", "政府信息公开制度"
    NOTICE = "notice", "首页提示"
    HIGHLIGHT = "highlight", "首页推荐"


APPLIED = frozenset({PageKind.TOPIC, PageKind.NOTICE, PageKind.HIGHLIGHT})
"""What needs the 《专题专栏开设及首页信息发布申请表》."""
FRONT = frozenset({PageKind.NOTICE, PageKind.HIGHLIGHT})
"""What stands on the first page and has no address of its own."""


class PageStage(models.TextChoices):
    """Where the working copy is on its way; what the public sees is ``Page.live``."""

    DRAFT = "draft", "草稿"
    REVIEWING = "reviewing", "审核中"
    READY = "ready", "待发布"
    PUBLISHED = "published", "已发布"
    ENDED = "ended", "已结束"
    WITHDRAWN = "withdrawn", "已撤下"


class Content(models.Model):
    """What a page says and what the application for it says, as it is worked on and as a version keeps it.

    ``records`` are ids of published records in their order. ``begins_on`` is the planned day of publication,
    ``ends_on`` the last day on which it stands.
    """

    title = models.CharField("标题", max_length=120)
    summary = models.CharField("简介", max_length=300, blank=True)
    body = models.TextField("正文", blank=True)
    records = models.JSONField("所列信息", default=list, blank=True)
    shows = models.ForeignKey(
        "portal.Page", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="指向的页面"
    )
    begins_on = models.DateField("开始日", null=True, blank=True)
    ends_on = models.DateField("截止日", null=True, blank=True)
    purpose = models.CharField("目的", max_length=300, blank=True)
    responsible = models.CharField("责任人", max_length=60, blank=True)

    class Meta:
        """Options."""

        abstract = True


class Page(Content):
    """A page of the site. Changed only by ``portal.domain``.

    The public sees ``live``, a version that passed its review, while the page itself is worked on. ``closed_reason``
    is what the address answers once nothing is live any more.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="portal_pages", verbose_name="主办机构")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="portal_pages", verbose_name="经办人"
    )
    kind = models.CharField("类别", max_length=12, choices=PageKind.choices)
    slug = models.SlugField("网址名", max_length=60, unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name="所属专题"
    )
    stage = models.CharField("状态", max_length=10, choices=PageStage.choices, default=PageStage.DRAFT)
    live = models.ForeignKey(
        "portal.PageVersion", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="公开的版本"
    )
    published_on = models.DateField("发布日", null=True, blank=True)
    closed_reason = models.CharField("撤下或结束的理由", max_length=300, blank=True)

    class Meta:
        """Options."""

        ordering = ("-pk",)
        verbose_name = "门户页面"
        verbose_name_plural = "门户页面"
        constraints = (
            models.CheckConstraint(
                condition=Q(live__isnull=True) | Q(published_on__isnull=False), name="page_live_is_published"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="page_not_its_own_parent"),
        )
        indexes = (models.Index(fields=("unit", "stage"), name="page_unit_stage"),)

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class PageVersion(Content):
    """A page as it was at one moment: what was submitted, what was published. Never changed."""

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="versions", verbose_name="页面")
    number = models.PositiveIntegerField("版次")
    made_at = models.DateTimeField("时间", auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="操作人"
    )
    occasion = models.CharField("缘由", max_length=20)
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        """Options."""

        ordering = ("number",)
        verbose_name = "页面版本"
        verbose_name_plural = "页面版本"
        constraints = (models.UniqueConstraint(fields=("page", "number"), name="page_version_number"),)

    def __str__(self) -> str:
        """Return the number."""
        return f"第 {self.number} 版"
