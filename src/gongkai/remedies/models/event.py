"""What happened in a reconsideration or suit, one row per event, never changed."""

from __future__ import annotations

from django.db import models

from gongkai.eventlog.models import LoggedEvent
from gongkai.files.models import Blob
from gongkai.remedies.models.remedy import Remedy


class RemedyEvent(LoggedEvent):
    """One thing that happened in the case of a ``remedy``; ``kind`` is a key of ``kinds.KINDS``."""

    remedy = models.ForeignKey(Remedy, on_delete=models.PROTECT, related_name="events", verbose_name="案件")
    kind = models.CharField("事项", max_length=16)
    evidence = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, blank=True, verbose_name="文书")
    evidence_name = models.CharField("文书名称", max_length=200, blank=True)

    class Meta:
        """Options."""

        ordering = ("remedy", "sequence")
        verbose_name = "案件事项"
        verbose_name_plural = "案件事项"
        constraints = (models.UniqueConstraint(fields=("remedy", "sequence"), name="remedy_event_sequence"),)
