"""What happened in a reconsideration or suit, one row per event, never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.files.models import Blob
from gongkai.journal.models.append_only import AppendOnly
from gongkai.remedies.models.remedy import Remedy


class FixedRemedyEventError(RuntimeError):
    """Somebody tried to change or delete an event."""

    def __init__(self) -> None:
        super().__init__("案件事项只能追加：登记有误的，请用“更正登记”划去原事项并写明理由。")


class RemedyEvent(AppendOnly):
    """One thing that happened on one legal ``day``, entered at ``entered_at``.

    ``kind`` is a key of ``kinds.KINDS``; ``payload`` holds its parameters as plain JSON and never personal data.
    ``strikes`` is the event this one strikes out; both stay, the struck one counts no more.
    """

    error = FixedRemedyEventError

    remedy = models.ForeignKey(Remedy, on_delete=models.PROTECT, related_name="events", verbose_name="案件")
    sequence = models.PositiveIntegerField("序号")
    kind = models.CharField("事项", max_length=16)
    day = models.DateField("发生日期")
    payload = models.JSONField("内容", default=dict)
    strikes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="struck_by", verbose_name="划去"
    )
    evidence = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, blank=True, verbose_name="文书")
    evidence_name = models.CharField("文书名称", max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, verbose_name="登记人"
    )
    entered_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        """Options."""

        ordering = ("remedy", "sequence")
        verbose_name = "案件事项"
        verbose_name_plural = "案件事项"
        constraints = (models.UniqueConstraint(fields=("remedy", "sequence"), name="remedy_event_sequence"),)

    def __str__(self) -> str:
        """Return the kind and the day."""
        return f"{self.kind} {self.day}"
