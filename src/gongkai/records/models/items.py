"""Lists of items (事项清单) with their history."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.units.models import Unit


class ItemKind(models.TextChoices):
    """Which list an item stands on."""

    PERMIT = "permit", "行政许可"
    SERVICE = "service", "其他对外管理服务事项"
    PENALTY = "penalty", "行政处罚"
    COERCION = "coercion", "行政强制"
    CHARGE = "charge", "行政事业性收费"
    PROOF = "proof", "证明事项"
    ONE_VISIT = "one_visit", "最多跑一趟事项"


class ServiceItem(models.Model):
    """An item on a unit's list from ``begins_on`` on. ``ends_on`` is the first day it no longer stands there."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="service_items", verbose_name="实施机构")
    kind = models.CharField("清单", max_length=10, choices=ItemKind.choices)
    code = models.CharField("事项编码", max_length=40, blank=True)
    name = models.CharField("事项名称", max_length=200)
    begins_on = models.DateField("列入日")
    ends_on = models.DateField("取消日", null=True, blank=True)
    basis = models.CharField("列入依据", max_length=200, blank=True)
    end_basis = models.CharField("取消依据", max_length=200, blank=True)

    class Meta:
        """Options."""

        ordering = ("unit", "kind", "name", "begins_on")
        verbose_name = "事项"
        verbose_name_plural = "事项"
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "kind", "name"), condition=Q(ends_on__isnull=True), name="service_item_once"
            ),
            models.UniqueConstraint(fields=("unit", "kind", "name", "begins_on"), name="service_item_start"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("begins_on")), name="service_item_ends_later"
            ),
        )
        indexes = (models.Index(fields=("unit", "begins_on", "ends_on"), name="service_item_period"),)

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class ItemImport(models.Model):
    """A file of items that was read: how many rows were new, how many known, and the rows that could not be taken."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="item_imports", verbose_name="机构")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="导入人"
    )
    day = models.DateField("导入日")
    name = models.CharField("文件名", max_length=200)
    digest = models.CharField("文件摘要", max_length=64)
    added = models.PositiveIntegerField("新增")
    known = models.PositiveIntegerField("已有")
    refused = models.PositiveIntegerField("未导入")
    errors = models.TextField("未导入的行", blank=True)

    class Meta:
        """Options."""

        ordering = ("-pk",)
        verbose_name = "事项导入"
        verbose_name_plural = "事项导入"

    def __str__(self) -> str:
        """Return the file name."""
        return self.name
