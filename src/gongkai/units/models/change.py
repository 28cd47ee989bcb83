"""Why the tree changed, and who took over from whom."""

from __future__ import annotations

from django.db import models

from gongkai.units.models.unit import Unit


class Change(models.Model):
    """One act of reform: its day, its kind and the document that ordered it."""

    class Act(models.TextChoices):
        """What was done."""

        ESTABLISHED = "established", "设立"
        RENAMED = "renamed", "更名"
        MOVED = "moved", "调整隶属"
        MERGED = "merged", "合并"
        SPLIT = "split", "分设"
        ABOLISHED = "abolished", "撤销"

    act = models.CharField("事由", max_length=12, choices=Act.choices)
    day = models.DateField("生效日")
    document = models.CharField("依据文件", max_length=200, blank=True)
    units = models.ManyToManyField(Unit, related_name="changes", verbose_name="涉及机构")

    class Meta:
        """Options."""

        ordering = ("day", "id")
        verbose_name = "机构变动"
        verbose_name_plural = "机构变动"
        indexes = (models.Index(fields=("day",), name="change_day"),)

    def __str__(self) -> str:
        """Return the day and the act."""
        return f"{self.day} {self.get_act_display()}"


class Succession(models.Model):
    """Who carries on the functions of a unit that ended (国办公开办函〔2019〕14号)."""

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="successions", verbose_name="变动")
    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successors", verbose_name="原机构")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessors", verbose_name="承接机构")

    class Meta:
        """Options."""

        verbose_name = "职能承接"
        verbose_name_plural = "职能承接"
        constraints = (
            models.UniqueConstraint(fields=("predecessor", "successor"), name="succession_once"),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")), name="succession_to_another_unit"
            ),
        )

    def __str__(self) -> str:
        """Return both codes."""
        return f"{self.predecessor} → {self.successor}"
