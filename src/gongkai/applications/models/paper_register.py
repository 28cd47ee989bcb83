"""A paper register (登记簿) taken over from a table: each row sealed until it has become a case."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.applications.models.application import Application
from gongkai.units.models import Unit


class RegisterImport(models.Model):
    """One table taken in. ``columns`` are its captions, ``digest`` the SHA-256 of the file, which is not kept."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="机构")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="上传人"
    )
    name = models.CharField("文件名", max_length=200)
    digest = models.CharField("SHA-256", max_length=64, db_index=True)
    day = models.DateField("上传日")
    received_at = models.DateTimeField("上传时间", auto_now_add=True)
    columns = models.JSONField("列名", default=list)
    is_settled = models.BooleanField("错误已处理", default=False)

    class Meta:
        """Options."""

        ordering = ("-pk",)
        verbose_name = "登记簿导入"
        verbose_name_plural = "登记簿导入"

    def __str__(self) -> str:
        """Return the file's name."""
        return self.name


class LineState(models.TextChoices):
    """What became of a row."""

    WAITING = "waiting", "待导入"
    STORED = "stored", "已入库"
    ADDED = "added", "补登"
    KNOWN = "known", "已有"
    BAD = "bad", "错误"


class RegisterLine(models.Model):
    """One row. ``cells`` is the sealed JSON of its cells under the columns, emptied once it has become a case."""

    batch = models.ForeignKey(RegisterImport, on_delete=models.PROTECT, related_name="lines", verbose_name="批次")
    row = models.PositiveIntegerField("行")
    place = models.CharField("行号", max_length=80)
    cells = models.TextField("内容（密文）", blank=True)
    state = models.CharField("状态", max_length=8, choices=LineState.choices, default=LineState.WAITING)
    problems = models.TextField("错误", blank=True)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="申请"
    )

    class Meta:
        """Options."""

        ordering = ("row",)
        verbose_name = "登记簿行"
        verbose_name_plural = "登记簿行"
        constraints = (models.UniqueConstraint(fields=("batch", "row"), name="register_line_once"),)
        indexes = (models.Index(fields=("batch", "state", "row"), name="register_line_state"),)

    def __str__(self) -> str:
        """Return where it stood."""
        return self.place
