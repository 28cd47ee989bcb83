"""The making of one year's reports: who asks whom, by when, and who checks what."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.units.models import Unit


class Campaign(models.Model):
    """The reports of one year, opened by the competent department for ``root`` and everything below it.

    ``unit_deadline`` is 31 January and ``government_deadline`` 31 March of the year after (条例 第四十九条);
    ``local_deadline`` is the earlier day by which the competent department wants the units' reports, if it set one.
    ``includes_vertical``: units under vertical management report here as well and count once.
    """

    year = models.PositiveSmallIntegerField("年度")
    root = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="campaigns", verbose_name="汇总机关")
    edition = models.CharField("表式", max_length=8)
    unit_deadline = models.DateField("单位报送期限")
    government_deadline = models.DateField("政府公布期限")
    local_deadline = models.DateField("本地报送期限", null=True, blank=True)
    includes_vertical = models.BooleanField("含垂直管理单位", default=False)
    opened_on = models.DateField("启动日")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="启动人"
    )

    class Meta:
        """Options."""

        ordering = ("-year",)
        verbose_name = "年报编制"
        verbose_name_plural = "年报编制"
        constraints = (
            models.UniqueConstraint(fields=("year", "root"), name="campaign_once_a_year"),
            models.CheckConstraint(
                condition=models.Q(local_deadline__isnull=True)
                | models.Q(local_deadline__lte=models.F("unit_deadline")),
                name="campaign_local_deadline_not_later",
            ),
        )

    def __str__(self) -> str:
        """Return the year."""
        return f"{self.year} 年度报告编制"


class Aspect(models.TextChoices):
    """What another office confirms before a report is accepted."""

    REMEDIES = "remedies", "复议诉讼、规范性文件"
    CHARGES = "charges", "收费、采购"
    DECISIONS = "decisions", "许可、处罚、强制"


class Checker(models.Model):
    """The unit that confirms one aspect of everybody's figures in a campaign."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="checkers", verbose_name="年报编制")
    aspect = models.CharField("核对内容", max_length=12, choices=Aspect.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="核对单位")

    class Meta:
        """Options."""

        verbose_name = "核对单位"
        verbose_name_plural = "核对单位"
        constraints = (models.UniqueConstraint(fields=("campaign", "aspect"), name="checker_one_per_aspect"),)

    def __str__(self) -> str:
        """Return the aspect."""
        return self.get_aspect_display()
