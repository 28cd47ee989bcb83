"""One uploaded file and how far its import has come."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.decisions.models.kinds import DecisionKind
from gongkai.units.models import Unit


class Dataset(models.TextChoices):
    """What a file holds."""

    DECISIONS = "decisions", "行政决定"
    CHARGES = "charges", "行政事业性收费"
    PROCUREMENT = "procurement", "政府集中采购"


class BatchState(models.TextChoices):
    """Where an import stands. A running one that was interrupted goes on from ``position``."""

    WAITING = "waiting", "等待导入"
    RUNNING = "running", "导入中"
    FINISHED = "finished", "已完成"
    FAILED = "failed", "未能导入"


class ImportBatch(models.Model):
    """One file being imported; changed only by ``decisions.domain.importing``.

    ``position`` is the last row of the file that is dealt with; it changes in the transaction that stores the rows, so
    that what was interrupted goes on right there. ``columns`` are the captions of the rejected rows.
    """

    dataset = models.CharField("数据类别", max_length=12, choices=Dataset.choices)
    kind = models.CharField("缺省决定类别", max_length=14, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="import_batches", verbose_name="上传机构")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="import_batches", verbose_name="上传人"
    )
    name = models.CharField("文件名", max_length=200)
    digest = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("字节数")
    format = models.CharField("格式", max_length=4)
    encoding = models.CharField("编码", max_length=12, blank=True)
    day = models.DateField("上传日")
    received_at = models.DateTimeField("上传时间", auto_now_add=True)
    started_at = models.DateTimeField("开始时间", null=True)
    finished_at = models.DateTimeField("结束时间", null=True)
    state = models.CharField("状态", max_length=10, choices=BatchState.choices, default=BatchState.WAITING)
    position = models.PositiveBigIntegerField("已处理到", default=0)
    bytes_read = models.PositiveBigIntegerField("已读字节", default=0)
    rows_read = models.PositiveIntegerField("读入行数", default=0)
    rows_in = models.PositiveIntegerField("入库行数", default=0)
    rows_filled = models.PositiveIntegerField("补登公示日行数", default=0)
    rows_same = models.PositiveIntegerField("重复行数", default=0, help_text="与已有数据完全相同，未重复入库")
    rows_bad = models.PositiveIntegerField("错误行数", default=0)
    is_settled = models.BooleanField("错误已处理", default=False)
    columns = models.JSONField("列名", default=list)
    notes = models.JSONField("说明", default=list)

    class Meta:
        """Options."""

        ordering = ("-pk",)
        verbose_name = "导入批次"
        verbose_name_plural = "导入批次"
        constraints = (
            models.CheckConstraint(
                condition=Q(rows_read=F("rows_in") + F("rows_filled") + F("rows_same") + F("rows_bad")),
                name="batch_every_row_is_counted_once",
            ),
        )
        indexes = (
            models.Index(fields=("digest", "dataset"), name="batch_digest"),
            models.Index(fields=("state", "id"), name="batch_state"),
            models.Index(fields=("user",), condition=Q(rows_bad__gt=0, is_settled=False), name="batch_with_errors"),
        )

    def __str__(self) -> str:
        """Return the file's name."""
        return self.name

    @property
    def source_path(self) -> Path:
        """Where the uploaded bytes lie: by digest, so that no name from outside reaches the file system."""
        return folder() / self.digest

    @property
    def kind_label(self) -> str:
        """What kind was chosen for all rows, in words."""
        return next((label for value, label in DecisionKind.choices if value == self.kind), "")

    @property
    def percent(self) -> int:
        """How much of the file is read, 0 to 100."""
        if self.state == BatchState.FINISHED:
            return 100
        return min(99, self.bytes_read * 100 // self.size) if self.size else 0

    @property
    def is_open(self) -> bool:
        """Tell whether there is still something to do."""
        return self.state in {BatchState.WAITING, BatchState.RUNNING}


class RejectedRow(models.Model):
    """A bad row of a file, kept as it was so that it can be corrected and uploaded again.

    ``row`` is its number, ``place`` what people call it, ``cells`` stand under ``ImportBatch.columns``.
    """

    batch = models.ForeignKey(
        ImportBatch, on_delete=models.CASCADE, related_name="rejected", db_index=False, verbose_name="导入批次"
    )
    row = models.PositiveBigIntegerField("行")
    place = models.CharField("行号", max_length=80)
    cells = models.JSONField("内容")
    problems = models.TextField("错误")

    class Meta:
        """Options."""

        ordering = ("row",)
        verbose_name = "错误行"
        verbose_name_plural = "错误行"
        constraints = (models.UniqueConstraint(fields=("batch", "row"), name="rejected_row_once"),)

    def __str__(self) -> str:
        """Return where it stood."""
        return self.place


def folder() -> Path:
    """Return where uploaded data files are kept: outside the web root."""
    return Path(settings.HOME) / "imports"
