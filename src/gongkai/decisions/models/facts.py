"""Annual facts that are no decisions: charges and procurement."""

from __future__ import annotations

from decimal import Decimal

from django.db import models

from gongkai.decisions.models.batch import ImportBatch
from gongkai.units.models import Unit

FEN_PER_YUAN = 100
FEN_PER_WAN = 1_000_000
"""分 in 万元: six decimals of 万元 are whole 分, so that sums are exact on every database."""


class Charge(models.Model):
    """What a unit collected in a year under one item of 行政事业性收费 (条例 第二十条第八项).

    ``batch`` and ``row`` say where it came from; they are empty where it was typed in.
    """

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="charges", db_index=False, verbose_name="收费单位"
    )
    year = models.PositiveSmallIntegerField("年度")
    item = models.CharField("收费项目", max_length=200)
    amount_fen = models.BigIntegerField("金额（分）")
    basis = models.CharField("收费依据", max_length=500, blank=True)
    batch = models.ForeignKey(
        ImportBatch, on_delete=models.PROTECT, null=True, related_name="charges", verbose_name="导入批次"
    )
    row = models.PositiveBigIntegerField("所在行", null=True)

    class Meta:
        """Options."""

        ordering = ("-year", "unit", "item")
        verbose_name = "行政事业性收费"
        verbose_name_plural = "行政事业性收费"
        constraints = (
            models.UniqueConstraint(fields=("unit", "year", "item"), name="charge_once_a_year"),
            models.CheckConstraint(condition=models.Q(amount_fen__gte=0), name="charge_not_negative"),
        )

    def __str__(self) -> str:
        """Return the item and the year."""
        return f"{self.item}（{self.year}）"

    @property
    def amount(self) -> Decimal:
        """The amount in 万元, as the annual report states it."""
        return in_wan(self.amount_fen)


class Procurement(models.Model):
    """One project of 政府集中采购 of a unit in a year (条例 第二十条第九项)."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="procurements", db_index=False, verbose_name="采购单位"
    )
    year = models.PositiveSmallIntegerField("年度")
    project = models.CharField("采购项目", max_length=200)
    amount_fen = models.BigIntegerField("金额（分）")
    batch = models.ForeignKey(
        ImportBatch, on_delete=models.PROTECT, null=True, related_name="procurements", verbose_name="导入批次"
    )
    row = models.PositiveBigIntegerField("所在行", null=True)

    class Meta:
        """Options."""

        ordering = ("-year", "unit", "project")
        verbose_name = "政府集中采购"
        verbose_name_plural = "政府集中采购"
        constraints = (
            models.UniqueConstraint(fields=("unit", "year", "project"), name="procurement_once_a_year"),
            models.CheckConstraint(condition=models.Q(amount_fen__gte=0), name="procurement_not_negative"),
        )

    def __str__(self) -> str:
        """Return the project and the year."""
        return f"{self.project}（{self.year}）"

    @property
    def amount(self) -> Decimal:
        """The amount in 元."""
        return in_yuan(self.amount_fen)


def in_wan(fen: int) -> Decimal:
    """Return 分 as 万元, without zeros at its end."""
    return _plain(Decimal(fen) / FEN_PER_WAN)


def in_yuan(fen: int) -> Decimal:
    """Return 分 as 元, without zeros at its end."""
    return _plain(Decimal(fen) / FEN_PER_YUAN)


def _plain(amount: Decimal) -> Decimal:
    """Drop zeros behind the point and never write an exponent."""
    whole = amount.to_integral_value()
    return whole if amount == whole else amount.normalize()
