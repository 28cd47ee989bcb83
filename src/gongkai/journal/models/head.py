"""The end of the chain."""

from __future__ import annotations

from django.db import models


class Head(models.Model):
    """The one row that says where the chain ends. Whoever appends locks it first."""

    sequence = models.PositiveBigIntegerField("最后序号", default=0)
    digest = models.CharField("最后摘要", max_length=64, default="0" * 64)

    class Meta:
        """Options."""

        verbose_name = "日志链尾"
        verbose_name_plural = "日志链尾"

    def __str__(self) -> str:
        """Return the last number."""
        return str(self.sequence)
