"""A process that works behind the screens."""

from __future__ import annotations

from django.db import models


class Worker(models.Model):
    """One running worker; the row goes when it ends, or when others find that it ended without saying so.

    ``seat`` is held by one worker at a time (``search``: the one that writes the index).
    """

    token = models.CharField("编号", max_length=32, primary_key=True)
    host = models.CharField("主机", max_length=120)
    pid = models.PositiveIntegerField("进程号")
    birth = models.CharField("进程启动标记", max_length=40, blank=True)
    queues = models.CharField("队列", max_length=120)
    seat = models.CharField("席位", max_length=20, unique=True, null=True)  # noqa: DJ001 -- many hold no seat
    started_at = models.DateTimeField("启动时间")
    seen_at = models.DateTimeField("最近报到")

    class Meta:
        """Options."""

        verbose_name = "工作进程"
        verbose_name_plural = "工作进程"

    def __str__(self) -> str:
        """Return where it runs."""
        return f"{self.host}/{self.pid}"
