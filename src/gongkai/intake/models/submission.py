"""The queue of what the public sends in: the only thing that the portal may write."""

from __future__ import annotations

import uuid

from django.db import models


class Kind(models.TextChoices):
    """What is sent in."""

    APPLICATION = "application", "公开申请"
    CONFIRMATION = "confirmation", "申请人确认"
    CORRECTION = "correction", "补正"
    WITHDRAWAL = "withdrawal", "撤回申请"
    SATISFACTION = "satisfaction", "满意度评价"
    ASSISTANCE = "assistance", "请求代填"
    FOUND = "found", "提示帮助找到"


class State(models.TextChoices):
    """Where it stands in the queue."""

    WAITING = "waiting", "待处理"
    TAKEN = "taken", "已转办"
    DISMISSED = "dismissed", "已剔除"


class Submission(models.Model):
    """One thing sent in, sealed: read by the worker alone, and emptied as soon as it was taken.

    The primary key is made before the row is: whoever writes it needs the right to insert and no other. It also names
    what comes of it (``Application.form``), so that nothing is taken twice. ``key`` is ``codes.key_of`` its number and
    code. What cannot be taken stays, with its ``error``, and is tried again at ``retry_at``.
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("种类", max_length=12, choices=Kind.choices)
    key = models.CharField("查询索引", max_length=40, blank=True)
    content = models.TextField("内容（密文）", blank=True)
    arrived_on = models.DateField("到达日期")
    arrived_at = models.DateTimeField("到达时间")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField("尝试次数", default=0)
    error = models.TextField("未能转办的原因", blank=True)
    retry_at = models.DateTimeField("再次处理时间", null=True, blank=True)
    settled_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta:
        """Options."""

        ordering = ("arrived_at", "id")
        verbose_name = "网上来件"
        verbose_name_plural = "网上来件"
        indexes = (
            models.Index(fields=("state", "arrived_at"), name="submission_queue"),
            models.Index(fields=("key",), name="submission_key"),
        )

    def __str__(self) -> str:
        """Return the kind and the day."""
        return f"{self.get_kind_display()} {self.arrived_on}"


class SubmissionFile(models.Model):
    """A file of a submission, its bytes and its name sealed. ``kind`` is a kind of papers of a case."""

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="files", verbose_name="来件")
    position = models.PositiveSmallIntegerField("次序")
    kind = models.CharField("种类", max_length=12)
    name = models.TextField("名称（密文）")
    data = models.BinaryField("内容（密文）")

    class Meta:
        """Options."""

        ordering = ("position",)
        verbose_name = "来件附件"
        verbose_name_plural = "来件附件"

    def __str__(self) -> str:
        """Return the place: a name is never shown by accident."""
        return f"{self.submission_id}:{self.position}"
