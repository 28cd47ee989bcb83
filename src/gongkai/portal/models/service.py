"""An entry of the 办事 directory, and the files of entries that were read."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.units.models import Unit


class ServiceStage(models.TextChoices):
    """Where an entry is."""

    DRAFT = "draft", "待公布"
    LISTED = "listed", "已公布"
    WITHDRAWN = "withdrawn", "已撤下"


class Service(models.Model):
    """How one matter is dealt with, by the elements that inspections of websites ask for. Nothing is processed here.

    ``code`` joins it with the unit's lists of items (``records.ServiceItem``), ``link`` leads to the provincial
    platform.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="services", verbose_name="实施机构")
    code = models.CharField("事项编码", max_length=40)
    name = models.CharField("事项名称", max_length=200)
    basis = models.TextField("设定依据")
    conditions = models.TextField("申请条件")
    materials = models.TextField("办理材料")
    process = models.TextField("办理流程")
    time_limit = models.CharField("办理时限", max_length=200)
    fee = models.CharField("收费", max_length=200)
    place = models.TextField("办理地点和时间")
    telephone = models.CharField("咨询电话", max_length=60)
    link = models.URLField("在线办理", max_length=300, blank=True)
    stage = models.CharField("状态", max_length=10, choices=ServiceStage.choices, default=ServiceStage.DRAFT)
    updated_on = models.DateField("更新日")
    withdrawn_reason = models.CharField("撤下理由", max_length=300, blank=True)

    class Meta:
        """Options."""

        ordering = ("unit__code", "code")
        verbose_name = "办事指南"
        verbose_name_plural = "办事指南"
        constraints = (models.UniqueConstraint(fields=("unit", "code"), name="service_code_once"),)
        indexes = (models.Index(fields=("stage", "name"), name="service_stage_name"),)

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class ServiceImport(models.Model):
    """A file of entries that was read, and the rows that could not be taken, as a csv."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="service_imports", verbose_name="机构")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="导入人"
    )
    day = models.DateField("导入日")
    name = models.CharField("文件名", max_length=200)
    digest = models.CharField("文件摘要", max_length=64)
    added = models.PositiveIntegerField("新增")
    changed = models.PositiveIntegerField("更新")
    refused = models.PositiveIntegerField("未导入")
    errors = models.TextField("未导入的行", blank=True)

    class Meta:
        """Options."""

        ordering = ("-pk",)
        verbose_name = "办事指南导入"
        verbose_name_plural = "办事指南导入"

    def __str__(self) -> str:
        """Return the file name."""
        return self.name
