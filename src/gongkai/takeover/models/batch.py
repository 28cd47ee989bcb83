"""A run over an old site, and what became of each of its pages."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.records.models import Record


class TakeOver(models.Model):
    """One run that took pages over; made by ``takeover.domain.taking`` alone. ``basis`` is who decided on it."""

    site = models.CharField("原网站域名", max_length=200)
    source = models.CharField("来源", max_length=200)
    basis = models.CharField("依据", max_length=200)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="接收人"
    )
    day = models.DateField("接收日")
    started_at = models.DateTimeField("开始时间", auto_now_add=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        """Options."""

        ordering = ("-pk",)
        verbose_name = "旧网站接收"
        verbose_name_plural = "旧网站接收"

    def __str__(self) -> str:
        """Return the site and the day."""
        return f"{self.site}（{self.day}）"


class PageState(models.TextChoices):
    """What became of a page. Only ``BAD`` ones are looked at again by the next run."""

    TAKEN = "taken", "已接收"
    SAME = "same", "与已接收的相同"
    BAD = "bad", "有错未收"
    LEFT_OUT = "left_out", "不接收"
    LISTING = "listing", "栏目页"


class PageLine(models.Model):
    """A page of an old site, once, whatever run met it last. ``cells`` are those of the report.

    ``digest`` is of the page as it was read, ``text_digest`` of its words: two pages of the same words are one record.
    ``awaits_links`` is set while its text has links to pages of the site that are not there yet.
    """

    takeover = models.ForeignKey(TakeOver, on_delete=models.PROTECT, related_name="pages", verbose_name="批次")
    site = models.CharField("原网站域名", max_length=200)
    address = models.CharField("原地址", max_length=500)
    place = models.CharField("位置", max_length=300)
    digest = models.CharField("摘要", max_length=64, blank=True)
    text_digest = models.CharField("文字摘要", max_length=64, blank=True)
    state = models.CharField("状态", max_length=10, choices=PageState.choices)
    record = models.ForeignKey(
        Record, on_delete=models.PROTECT, null=True, related_name="old_pages", verbose_name="政府信息"
    )
    cells = models.JSONField("所读", default=list)
    problems = models.TextField("错误", blank=True)
    notes = models.TextField("提示", blank=True)
    awaits_links = models.BooleanField("待链接", default=False)

    class Meta:
        """Options."""

        ordering = ("pk",)
        verbose_name = "旧网页"
        verbose_name_plural = "旧网页"
        constraints = (
            models.UniqueConstraint(fields=("site", "address"), name="old_page_once"),
            models.CheckConstraint(
                condition=~Q(state__in=("taken", "same")) | Q(record__isnull=False),
                name="old_page_taken_has_its_record",
            ),
            models.CheckConstraint(condition=~Q(state="bad") | ~Q(problems=""), name="old_page_bad_says_why"),
        )
        indexes = (
            models.Index(fields=("text_digest",), condition=Q(state="taken"), name="old_page_text"),
            models.Index(fields=("site", "state"), name="old_page_state"),
            models.Index(fields=("site", "id"), condition=Q(awaits_links=True), name="old_page_awaits_links"),
        )

    def __str__(self) -> str:
        """Return the address."""
        return f"{self.site}{self.address}"
