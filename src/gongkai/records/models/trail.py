"""What a record leaves behind: versions, read-backs, former index numbers."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.records.models.record import Record


class Version(models.Model):
    """A record as it was at one moment: what was submitted, what was published."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="versions", verbose_name="政府信息")
    number = models.PositiveIntegerField("版次")
    made_at = models.DateTimeField("时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, verbose_name="操作人")
    occasion = models.CharField("缘由", max_length=20)
    snapshot = models.JSONField("内容")
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        """Options."""

        ordering = ("number",)
        verbose_name = "版本"
        verbose_name_plural = "版本"
        constraints = (models.UniqueConstraint(fields=("record", "number"), name="version_number"),)

    def __str__(self) -> str:
        """Return the number."""
        return f"第 {self.number} 版"


class ReadBack(models.Model):
    """Somebody looked at the published page and compared it (复核读网)."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="read_backs", verbose_name="政府信息")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="复核人")
    day = models.DateField("复核日")
    is_right = models.BooleanField("无误")
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        """Options."""

        ordering = ("pk",)
        verbose_name = "复核读网"
        verbose_name_plural = "复核读网"

    def __str__(self) -> str:
        """Return the day."""
        return f"{self.day} {'无误' if self.is_right else '有误'}"


class IndexAlias(models.Model):
    """A former index number: it leads to its record for ever, after a re-coding too."""

    number = models.CharField("原索引号", max_length=40, unique=True)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="aliases", verbose_name="政府信息")
    document = models.CharField("依据", max_length=200)

    class Meta:
        """Options."""

        verbose_name = "索引号别名"
        verbose_name_plural = "索引号别名"

    def __str__(self) -> str:
        """Return the number."""
        return self.number


class IndexRun(models.Model):
    """A run of serials of index numbers and the last number it gave; locked while the next one is issued.

    Numbers that were given never come back, so that the run, not the records, knows the last one.
    """

    key = models.CharField("流水段", max_length=80, unique=True)
    last = models.CharField("末号", max_length=40, blank=True)

    class Meta:
        """Options."""

        verbose_name = "索引号流水"
        verbose_name_plural = "索引号流水"

    def __str__(self) -> str:
        """Return the key."""
        return self.key
