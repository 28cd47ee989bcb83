"""Clean-up campaigns of normative documents (规范性文件清理)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.records.models.record import Record
from gongkai.units.models import Unit


class Outcome(models.TextChoices):
    """What a clean-up finds of a document."""

    KEPT = "kept", "继续有效"
    MODIFIED = "modified", "修改"
    REPEALED = "repealed", "废止"
    EXPIRED = "expired", "失效"


class CleanUp(models.Model):
    """One campaign, led by a unit, over the documents in force of ``units``; closed once and never opened again."""

    lead = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="clean_ups_led", verbose_name="牵头机构")
    units = models.ManyToManyField(Unit, related_name="clean_ups", verbose_name="清理范围")
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("名称", max_length=120)
    basis = models.CharField("依据", max_length=200)
    opened_on = models.DateField("开始日")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="发起人"
    )
    due_on = models.DateField("报送期限")
    closed_on = models.DateField("结束日", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="结束人"
    )
    document = models.CharField("清理结果文号", max_length=80, blank=True)
    digest = models.CharField("清单摘要", max_length=64, blank=True)

    class Meta:
        """Options."""

        ordering = ("-opened_on", "-pk")
        verbose_name = "规范性文件清理"
        verbose_name_plural = "规范性文件清理"
        constraints = (
            models.UniqueConstraint(fields=("lead", "year", "title"), name="clean_up_title"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(document="") & ~Q(digest=""),
                name="clean_up_closed_by_document",
            ),
        )

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class CleanUpLine(models.Model):
    """One document of a campaign. ``unit`` is who decides: its maker, or who carries on the functions of the maker.

    ``title``, ``document_number`` and ``made_on`` are kept as they stood when the campaign was closed: the published
    list does not change afterwards.
    """

    clean_up = models.ForeignKey(CleanUp, on_delete=models.CASCADE, related_name="lines", verbose_name="清理")
    record = models.ForeignKey(
        Record, on_delete=models.PROTECT, related_name="clean_up_lines", verbose_name="规范性文件"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="clean_up_lines", verbose_name="责任机构")
    outcome = models.CharField("结论", max_length=10, choices=Outcome.choices, blank=True)
    reason = models.CharField("理由", max_length=300, blank=True)
    decided_on = models.DateField("决定日", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="决定人"
    )
    title = models.CharField("标题", max_length=300)
    document_number = models.CharField("文号", max_length=80, blank=True)
    made_on = models.DateField("成文日期")

    class Meta:
        """Options."""

        ordering = ("unit", "made_on", "pk")
        verbose_name = "清理文件"
        verbose_name_plural = "清理文件"
        constraints = (
            models.UniqueConstraint(fields=("clean_up", "record"), name="clean_up_record_once"),
            models.CheckConstraint(condition=Q(outcome="") | ~Q(reason=""), name="clean_up_outcome_has_a_reason"),
        )
        indexes = (models.Index(fields=("unit", "outcome"), name="clean_up_line_unit"),)

    def __str__(self) -> str:
        """Return the title."""
        return self.title
