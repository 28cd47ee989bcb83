"""Handing over to the archives and the library (两馆送交): on which days, and what was delivered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.records.models.record import Record
from gongkai.units.models import Unit


class HandOverRule(models.Model):
    """From ``begins_on`` the unit and everything below it deliver on these days of the month.

    What was published up to ``cut_off`` days before a delivery day belongs to that delivery: with 5, the delivery of
    the 5th holds the month before, those of the 5th and the 20th hold half a month each.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="hand_over_rules", verbose_name="适用机构")
    days = models.CharField("每月送交日", max_length=40, help_text="以逗号分隔，如 5,20")
    cut_off = models.PositiveSmallIntegerField("截止提前天数", default=5)
    halls = models.CharField("接收单位", max_length=200)
    begins_on = models.DateField("起始日")
    document = models.CharField("依据", max_length=200)

    class Meta:
        """Options."""

        ordering = ("unit", "begins_on")
        verbose_name = "送交日历"
        verbose_name_plural = "送交日历"
        constraints = (models.UniqueConstraint(fields=("unit", "begins_on"), name="hand_over_rule_start"),)

    def __str__(self) -> str:
        """Return the days."""
        return f"每月 {self.days} 日"


class HandOver(models.Model):
    """The sealed list of what a unit delivered for a period; never changed after it was made.

    A row exists only once it is sealed: what a period that is still open will hold is computed.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="hand_overs", verbose_name="送交机构")
    begins_on = models.DateField("期间起")
    ends_on = models.DateField("期间止")
    due_on = models.DateField("送交期限")
    halls = models.CharField("接收单位", max_length=200)
    is_nil = models.BooleanField("零送交", default=False)
    letter = models.CharField("撤换函文号", max_length=80, blank=True)
    sealed_on = models.DateField("封单日")
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="封单人"
    )
    digest = models.CharField("清单摘要", max_length=64)

    class Meta:
        """Options."""

        ordering = ("-ends_on", "unit")
        verbose_name = "两馆送交"
        verbose_name_plural = "两馆送交"
        constraints = (
            models.UniqueConstraint(fields=("unit", "begins_on"), name="hand_over_period_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on"), sealed_on__gt=F("ends_on")), name="hand_over_after_its_period"
            ),
        )

    def __str__(self) -> str:
        """Return the period."""
        return f"{self.begins_on}—{self.ends_on}"

    @property
    def is_late(self) -> bool:
        """Tell whether it was sealed after its day."""
        return self.sealed_on > self.due_on


class HandOverKind(models.TextChoices):
    """What a line of a list asks of the halls."""

    NEW = "new", "送交"
    REPLACED = "replaced", "更换"
    TAKEN_BACK = "taken_back", "撤回"


class HandOverItem(models.Model):
    """One line of a sealed list, as it stood. ``replaces`` is the earlier line that this one takes the place of."""

    hand_over = models.ForeignKey(HandOver, on_delete=models.CASCADE, related_name="items", verbose_name="送交清单")
    position = models.PositiveIntegerField("序号")
    kind = models.CharField("类型", max_length=10, choices=HandOverKind.choices)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="hand_overs", verbose_name="政府信息")
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="撤换对象"
    )
    index_number = models.CharField("索引号", max_length=40)
    document_number = models.CharField("文号", max_length=80, blank=True)
    title = models.CharField("标题", max_length=300)
    published_on = models.DateField("发布日")

    class Meta:
        """Options."""

        ordering = ("position",)
        verbose_name = "送交条目"
        verbose_name_plural = "送交条目"
        constraints = (
            models.UniqueConstraint(fields=("hand_over", "position"), name="hand_over_item_position"),
            models.UniqueConstraint(fields=("hand_over", "record"), name="hand_over_item_once"),
            models.CheckConstraint(
                condition=Q(kind="new", replaces__isnull=True) | ~Q(kind="new") & Q(replaces__isnull=False),
                name="hand_over_item_refers",
            ),
        )

    def __str__(self) -> str:
        """Return the title."""
        return self.title
