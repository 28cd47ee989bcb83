"""What people add to the figures of a report: overrides, facts, explanations, confirmations. None is ever deleted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.files.models import Blob
from gongkai.reporting.models.campaign import Aspect
from gongkai.reporting.models.submission import Submission
from gongkai.units.models import Unit


class Override(models.Model):
    """A cell that a person set against the system's figure (人工修正), with the reason; both values stay in sight.

    ``computed`` is the system's figure at that time, ``None`` where there was none. Setting the cell again, or taking
    the override back, ends the one before.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="overrides", verbose_name="填报")
    key = models.CharField("单元格", max_length=80)
    value = models.DecimalField("修正值", max_digits=20, decimal_places=6)
    computed = models.DecimalField("系统值", max_digits=20, decimal_places=6, null=True, blank=True)
    reason = models.CharField("理由", max_length=500)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="修正人"
    )
    entered_at = models.DateTimeField("修正时间", auto_now_add=True)
    ended_at = models.DateTimeField("取消时间", null=True, blank=True)

    class Meta:
        """Options."""

        ordering = ("pk",)
        verbose_name = "人工修正"
        verbose_name_plural = "人工修正"
        constraints = (
            models.UniqueConstraint(
                fields=("submission", "key"), condition=Q(ended_at__isnull=True), name="override_one_standing"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_a_reason"),
        )

    def __str__(self) -> str:
        """Return the cell and its value."""
        return f"{self.key} {self.value}"


class Fact(models.Model):
    """A figure of a unit and year that no room of this system produces: typed in, with where it comes from.

    ``key`` is a key of ``data/facts.toml`` (how many interpretations, surveys, posts …), or the key of a cell of the
    report for units that keep no such cases here. Typing it again ends the one before.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="annual_facts", verbose_name="单位")
    year = models.PositiveSmallIntegerField("年度")
    key = models.CharField("指标", max_length=80)
    value = models.DecimalField("数值", max_digits=20, decimal_places=6)
    period_from = models.DateField("统计起始日")
    period_to = models.DateField("统计截止日")
    source = models.CharField("来源", max_length=200)
    evidence = models.ForeignKey(
        Blob, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="依据文件"
    )
    evidence_name = models.CharField("依据文件名", max_length=200, blank=True)
    signatory = models.CharField("签认人", max_length=40)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="填报人",
    )
    entered_at = models.DateTimeField("填报时间", auto_now_add=True)
    ended_at = models.DateTimeField("取代时间", null=True, blank=True)

    class Meta:
        """Options."""

        ordering = ("pk",)
        verbose_name = "填报数据"
        verbose_name_plural = "填报数据"
        indexes = (models.Index(fields=("year", "unit"), name="fact_year_unit"),)
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "year", "key"), condition=Q(ended_at__isnull=True), name="fact_one_standing"
            ),
            models.CheckConstraint(condition=Q(period_to__gte=models.F("period_from")), name="fact_period_in_order"),
            models.CheckConstraint(condition=~Q(source="") & ~Q(signatory=""), name="fact_has_a_source"),
        )

    def __str__(self) -> str:
        """Return the key and the value."""
        return f"{self.key} {self.value}"


class Explanation(models.Model):
    """The written answer to a warning of the audit; it holds as long as the finding's fingerprint is the same."""

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="explanations", verbose_name="填报"
    )
    fingerprint = models.CharField("发现指纹", max_length=16)
    message = models.CharField("发现", max_length=500)
    words = models.CharField("说明", max_length=500)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="说明人"
    )
    entered_at = models.DateTimeField("说明时间", auto_now_add=True)

    class Meta:
        """Options."""

        ordering = ("pk",)
        verbose_name = "审核说明"
        verbose_name_plural = "审核说明"
        constraints = (models.CheckConstraint(condition=~Q(words=""), name="explanation_says_something"),)

    def __str__(self) -> str:
        """Return the words."""
        return self.words


class Confirmation(models.Model):
    """What a checking unit said of one aspect of a report, and of which figures (``digest`` of the cells it saw)."""

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="confirmations", verbose_name="填报"
    )
    aspect = models.CharField("核对内容", max_length=12, choices=Aspect.choices)
    agrees = models.BooleanField("一致")
    opinion = models.CharField("意见", max_length=500, blank=True)
    digest = models.CharField("数据摘要", max_length=64)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="核对人"
    )
    entered_at = models.DateTimeField("核对时间", auto_now_add=True)

    class Meta:
        """Options."""

        ordering = ("pk",)
        verbose_name = "交叉核对"
        verbose_name_plural = "交叉核对"
        constraints = (
            models.CheckConstraint(condition=Q(agrees=True) | ~Q(opinion=""), name="confirmation_says_what_is_wrong"),
        )

    def __str__(self) -> str:
        """Return the aspect."""
        return self.get_aspect_display()
