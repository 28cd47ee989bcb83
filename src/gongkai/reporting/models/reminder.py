"""That a unit was reminded of its report, on which legal day and of what."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.reporting.models.submission import Submission


class ReportReminder(models.Model):
    """One reminder (催报): by the daily job, once per legal day and kind, or by a person."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="reminders", verbose_name="填报")
    day = models.DateField("提醒日")
    kind = models.CharField("种类", max_length=12)
    words = models.CharField("内容", max_length=300)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="催报人",
    )

    class Meta:
        """Options."""

        ordering = ("-day", "-pk")
        verbose_name = "年报提醒"
        verbose_name_plural = "年报提醒"
        constraints = (models.UniqueConstraint(fields=("submission", "day", "kind"), name="report_reminder_once"),)

    def __str__(self) -> str:
        """Return the words."""
        return self.words
