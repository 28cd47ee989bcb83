"""A file of a record."""

from __future__ import annotations

from django.db import models

from gongkai.files.models import Blob
from gongkai.records.models.record import Record


class Attachment(models.Model):
    """A file under the name it is published by."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="attachments", verbose_name="政府信息")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="record_attachments", verbose_name="文件")
    name = models.CharField("名称", max_length=200)
    position = models.PositiveSmallIntegerField("次序")

    class Meta:
        """Options."""

        ordering = ("position",)
        verbose_name = "附件"
        verbose_name_plural = "附件"
        constraints = (models.UniqueConstraint(fields=("record", "blob"), name="attachment_once"),)

    def __str__(self) -> str:
        """Return the name."""
        return self.name
