"""Comparing with the halls, quarter by quarter, what was delivered and what arrived (两馆季度对账)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.units.models import Unit


class Reconciliation(models.Model):
    """What one hall says it received of the lists that a unit sealed for a quarter.

    ``listed`` is the number of lines on those lists when it was entered; where ``received`` differs, ``note`` says why.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reconciliations", verbose_name="送交机构")
    year = models.PositiveSmallIntegerField("年度")
    quarter = models.PositiveSmallIntegerField("季度")
    hall = models.CharField("接收单位", max_length=80)
    listed = models.PositiveIntegerField("清单条数")
    received = models.PositiveIntegerField("实收条数")
    confirmed_by = models.CharField("接收单位经办人", max_length=60)
    note = models.CharField("差异说明", max_length=300, blank=True)
    entered_on = models.DateField("对账日")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="登记人"
    )

    class Meta:
        """Options."""

        ordering = ("-year", "-quarter", "unit", "hall")
        verbose_name = "两馆对账"
        verbose_name_plural = "两馆对账"
        constraints = (
            models.UniqueConstraint(fields=("unit", "year", "quarter", "hall"), name="reconciliation_once"),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="reconciliation_quarter"),
            models.CheckConstraint(
                condition=Q(listed=F("received")) | ~Q(note=""), name="reconciliation_difference_explained"
            ),
        )

    def __str__(self) -> str:
        """Return the quarter and the hall."""
        return f"{self.year} 年第 {self.quarter} 季度 {self.hall}"

    @property
    def agrees(self) -> bool:
        """Tell whether what arrived is what was delivered."""
        return self.listed == self.received
