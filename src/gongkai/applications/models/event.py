"""What happened to an application, one row per event, never changed."""

from __future__ import annotations

from django.db import models

from gongkai.applications.models.application import Application
from gongkai.eventlog.models import LoggedEvent


class Event(LoggedEvent):
    """One thing that happened to an ``application``; ``kind`` is a key of ``kinds.KINDS``."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="events", verbose_name="申请")

    class Meta:
        """Options."""

        ordering = ("application", "sequence")
        verbose_name = "办理事项"
        verbose_name_plural = "办理事项"
        constraints = (models.UniqueConstraint(fields=("application", "sequence"), name="event_sequence"),)
        indexes = (models.Index(fields=("kind", "day"), name="event_kind_day"),)
