"""国家秘密: a count, and nothing else."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.units.models import Unit


class SecretCount(models.Model):
    """How many documents a unit withheld as 国家秘密 in a year; no title, no text, no file (上网不涉密、涉密不上网)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="secret_counts", verbose_name="机构")
    year = models.PositiveSmallIntegerField("年度")
    count = models.PositiveIntegerField("件数")
    responsible = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="责任人")

    class Meta:
        """Options."""

        verbose_name = "涉密件数"
        verbose_name_plural = "涉密件数"
        constraints = (models.UniqueConstraint(fields=("unit", "year"), name="secret_count_once_a_year"),)

    def __str__(self) -> str:
        """Return the year and the count."""
        return f"{self.year}：{self.count}"
