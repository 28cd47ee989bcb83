"""How far periodic work has come."""

from __future__ import annotations

from django.db import models

from gongkai.jobs.models.worker import Worker


class PeriodicState(models.Model):
    """The last period that was done whole, who is at it now, and what went wrong since."""

    name = models.CharField("名称", max_length=80, primary_key=True)
    done_for = models.CharField("已完成的周期", max_length=20, blank=True)
    runner = models.ForeignKey(Worker, on_delete=models.SET_NULL, null=True, verbose_name="执行者")
    started_at = models.DateTimeField("开始时间", null=True)
    finished_at = models.DateTimeField("完成时间", null=True)
    failures = models.PositiveIntegerField("连续失败次数", default=0)
    error = models.TextField("错误", blank=True)
    retry_at = models.DateTimeField("重试时间", null=True)

    class Meta:
        """Options."""

        verbose_name = "周期任务"
        verbose_name_plural = "周期任务"

    def __str__(self) -> str:
        """Return the name."""
        return self.name
