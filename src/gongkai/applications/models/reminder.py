"""What an officer was reminded of, and about which day."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.applications.models.application import Application


class ReminderKind(models.TextChoices):
    """Why a reminder is given."""

    UNCONFIRMED = "unconfirmed", "超过1个工作日未与申请人确认"
    DUE_SOON = "due_soon", "答复期限将满"
    DUE_NEXT = "due_next", "答复期限次日届满"
    OVERDUE = "overdue", "答复已逾期"
    LAPSED = "lapsed", "申请人逾期未补正或缴费，应予结案"
    CONSULTED = "consulted", "征求意见期满，应由行政机关决定"


class Reminder(models.Model):
    """One reminder. ``day`` is the legal day it belongs to, whenever the run came; ``about`` the day it is about.

    One for each kind and day it is about: a run that comes twice, or late, adds nothing twice and loses nothing.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="reminders", verbose_name="申请"
    )
    kind = models.CharField("提醒", max_length=12, choices=ReminderKind.choices)
    day = models.DateField("应提醒之日")
    about = models.DateField("所指期限")
    made_at = models.DateTimeField("生成时间", auto_now_add=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, verbose_name="已阅人"
    )

    class Meta:
        """Options."""

        ordering = ("-day", "-pk")
        verbose_name = "期限提醒"
        verbose_name_plural = "期限提醒"
        constraints = (models.UniqueConstraint(fields=("application", "kind", "about"), name="reminder_once"),)
        indexes = (models.Index(fields=("day", "application"), name="reminder_day"),)

    def __str__(self) -> str:
        """Return the kind and the day."""
        return f"{self.kind} {self.day}"
