"""A unit, and what it was called and where it stood in each period."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Kind(models.TextChoices):
    """What a unit is."""

    GOVERNMENT = "government", "人民政府"
    OFFICE = "office", "办公室（主管部门）"
    DEPARTMENT = "department", "部门"
    TOWN = "town", "乡镇"
    STREET = "street", "街道"
    ZONE = "zone", "开发区"
    VERTICAL = "vertical", "垂直管理单位"
    AUTHORISED = "authorised", "授权组织"
    ENTERPRISE = "enterprise", "公共企事业单位"


class Unit(models.Model):
    """A body with one identity through time; changed only by ``units.domain.structure``.

    The competent department (主管部门, 条例 第三条) is a unit of kind ``OFFICE``; each unit's own disclosure office
    (工作机构, 条例 第四条) is in its ``Guide``. An ``ENTERPRISE`` publishes by the rules of its sector and answers no
    applications (第五十五条); an ``AUTHORISED`` organisation does as an agency does (第五十四条).
    """

    code = models.CharField("机构代码", max_length=40, unique=True)
    kind = models.CharField("类型", max_length=12, choices=Kind.choices)
    established_on = models.DateField("设立日")
    abolished_on = models.DateField("撤销日", null=True, blank=True, help_text="自该日起不再存在")

    class Meta:
        """Options."""

        ordering = ("code",)
        verbose_name = "机构"
        verbose_name_plural = "机构"
        constraints = (
            models.CheckConstraint(
                condition=Q(abolished_on__isnull=True) | Q(abolished_on__gt=F("established_on")),
                name="unit_abolished_after_established",
            ),
        )

    def __str__(self) -> str:
        """Return the code; names belong to periods."""
        return self.code


class Span(models.Model):
    """A period in which a unit had one name and one superior. ``ends_on`` is the first day it no longer holds."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="spans", verbose_name="机构")
    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=40)
    parent = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="child_spans", null=True, blank=True, verbose_name="上级机构"
    )
    position = models.PositiveIntegerField("排序", default=0)
    begins_on = models.DateField("起始日")
    ends_on = models.DateField("截止日", null=True, blank=True)

    class Meta:
        """Options."""

        ordering = ("begins_on",)
        verbose_name = "机构沿革"
        verbose_name_plural = "机构沿革"
        constraints = (
            models.UniqueConstraint(fields=("unit", "begins_on"), name="span_one_per_start"),
            models.UniqueConstraint(fields=("unit",), condition=Q(ends_on__isnull=True), name="span_one_open"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("begins_on")), name="span_ends_after_it_begins"
            ),
        )
        indexes = (models.Index(fields=("begins_on", "ends_on"), name="span_period"),)

    def __str__(self) -> str:
        """Return the name and the period."""
        return f"{self.name}（{self.begins_on}—{self.ends_on or ''}）"
