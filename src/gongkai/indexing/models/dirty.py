"""Something whose index entry is out of date."""

from __future__ import annotations

from django.db import models


class Dirty(models.Model):
    """One key to be indexed anew, or taken out if it is gone. ``mark`` counts how often it changed since."""

    key = models.CharField("对象", max_length=80, unique=True)
    mark = models.PositiveIntegerField("变动次数", default=1)
    since = models.DateTimeField("起始时间", auto_now_add=True)
    failures = models.PositiveSmallIntegerField("失败次数", default=0)
    error = models.CharField("错误", max_length=300, blank=True)

    class Meta:
        """Options."""

        verbose_name = "待建索引"
        verbose_name_plural = "待建索引"
        indexes = (models.Index(fields=("failures", "id"), name="dirty_order"),)

    def __str__(self) -> str:
        """Return the key."""
        return self.key
