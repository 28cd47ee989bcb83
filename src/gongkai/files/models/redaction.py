"""A redaction: which boxes were laid on which file, by whom and why, and what came of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.files.models.blob import Blob
from gongkai.files.redaction.boxes import Box
from gongkai.files.redaction.making import EXTENSIONS
from gongkai.files.redaction.pictures import BLACK, STYLES
from gongkai.units.models import Unit


class State(models.TextChoices):
    """How far a redaction is."""

    ORDERED = "ordered", "正在制作"
    MADE = "made", "已制作"
    REFUSED = "refused", "未制作"


class Redaction(models.Model):
    """One order to redact; made by ``files.domain.redaction`` alone and never changed once it is made or refused.

    The original is kept for the authority's own use; whoever is given the copy is never given it.
    """

    subject = models.CharField("所属事项", max_length=120, help_text="room.model:key，与操作日志相同。")
    original = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="redactions", verbose_name="原件")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="机构")
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="经办人"
    )
    ordered_at = models.DateTimeField("提交时间", auto_now_add=True)
    boxes = models.JSONField("遮盖框")
    style = models.CharField("样式", max_length=8, choices=list(STYLES.items()), default=BLACK)
    name = models.CharField("遮盖件名称", max_length=80, blank=True)
    may_remain = models.BooleanField("他处可以保留", default=False)
    state = models.CharField("状态", max_length=8, choices=State, default=State.ORDERED)
    refusal = models.TextField("未制作的原因", blank=True)
    copy = models.ForeignKey(
        Blob, on_delete=models.PROTECT, related_name="redacted_as", null=True, blank=True, verbose_name="遮盖件"
    )
    made_at = models.DateTimeField("制作时间", null=True, blank=True)
    report = models.JSONField("复核记录", default=dict, blank=True)

    class Meta:
        """Options."""

        ordering = ("-pk",)
        verbose_name = "遮盖"
        verbose_name_plural = "遮盖"
        indexes = (models.Index(fields=("subject", "-id"), name="redaction_subject"),)
        constraints = (
            models.CheckConstraint(
                name="redaction_copy_where_made", condition=models.Q(state=State.MADE) ^ models.Q(copy__isnull=True)
            ),
        )

    def __str__(self) -> str:
        """Return what it is about."""
        return f"{self.subject} {self.get_state_display()}"

    @property
    def marked(self) -> list[Box]:
        """The boxes."""
        return [Box.of(each) for each in self.boxes]

    @property
    def file_name(self) -> str:
        """What the copy is called when it is given out."""
        return self.name + EXTENSIONS[self.original.kind]
