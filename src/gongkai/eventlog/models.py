"""The columns of an event, whatever case it belongs to."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.eventlog.errors import FixedEventError
from gongkai.files.models import Blob
from gongkai.journal.models.append_only import AppendOnly


class LoggedEvent(AppendOnly):
    """One thing that happened on one legal ``day``, entered at ``entered_at``.

    ``kind`` is a key of the room's kinds; ``payload`` holds its parameters as plain JSON and never personal data.
    ``strikes`` is the event this one strikes out (an entry made by mistake): both stay, the struck one counts no more.

    A room adds the key to its case, with ``related_name="events"``, and the constraint that a sequence is given once.
    """

    error = FixedEventError

    sequence = models.PositiveIntegerField("序号")
    kind = models.CharField("事项", max_length=32)
    day = models.DateField("发生日期")
    payload = models.JSONField("内容", default=dict)
    strikes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="struck_by", verbose_name="划去"
    )
    evidence = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, blank=True, verbose_name="凭证")
    evidence_name = models.CharField("凭证名称", max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, verbose_name="登记人"
    )
    entered_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        """Options."""

        abstract = True

    def __str__(self) -> str:
        """Return the kind and the day."""
        return f"{self.kind} {self.day}"

    @property
    def struck_by_or_none(self) -> LoggedEvent | None:
        """Return the event that struck this one out, if any."""
        return getattr(self, "struck_by", None)
