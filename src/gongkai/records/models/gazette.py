"""Issues of the gazette (政府公报)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.records.models.record import Record
from gongkai.units.models import Unit


class GazetteIssue(models.Model):
    """One issue; a draft until ``published_on``, and never changed after it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="gazette_issues", verbose_name="编发机构")
    title = models.CharField("刊名", max_length=80)
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("期号")
    published_on = models.DateField("出刊日", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="签发人"
    )
    digest = models.CharField("摘要", max_length=64, blank=True)

    class Meta:
        """Options."""

        ordering = ("-year", "-number", "unit")
        verbose_name = "公报"
        verbose_name_plural = "公报"
        constraints = (
            models.UniqueConstraint(fields=("unit", "year", "number"), name="gazette_number"),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True) | ~Q(digest=""), name="gazette_published_is_sealed"
            ),
        )

    def __str__(self) -> str:
        """Return title, year and number."""
        return f"{self.title} {self.year} 年第 {self.number} 期"


class GazetteEntry(models.Model):
    """A record in an issue, at its place; title and number as they stood when the issue was published."""

    issue = models.ForeignKey(GazetteIssue, on_delete=models.CASCADE, related_name="entries", verbose_name="公报")
    position = models.PositiveSmallIntegerField("次序")
    record = models.ForeignKey(
        Record, on_delete=models.PROTECT, related_name="gazette_entries", verbose_name="政府信息"
    )
    title = models.CharField("标题", max_length=300)
    document_number = models.CharField("文号", max_length=80, blank=True)

    class Meta:
        """Options."""

        ordering = ("position", "pk")
        verbose_name = "公报篇目"
        verbose_name_plural = "公报篇目"
        constraints = (models.UniqueConstraint(fields=("issue", "record"), name="gazette_record_once"),)

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class GazetteRecipient(models.Model):
    """Who is given how many copies of an issue (赠阅)."""

    issue = models.ForeignKey(GazetteIssue, on_delete=models.CASCADE, related_name="recipients", verbose_name="公报")
    name = models.CharField("赠阅对象", max_length=120)
    copies = models.PositiveIntegerField("份数")

    class Meta:
        """Options."""

        ordering = ("pk",)
        verbose_name = "赠阅"
        verbose_name_plural = "赠阅"
        constraints = (
            models.UniqueConstraint(fields=("issue", "name"), name="gazette_recipient_once"),
            models.CheckConstraint(condition=Q(copies__gte=1), name="gazette_recipient_has_copies"),
        )

    def __str__(self) -> str:
        """Return name and copies."""
        return f"{self.name} {self.copies} 份"
