"""The 政府信息公开指南 of a unit."""

from __future__ import annotations

from django.db import models

from gongkai.units.models.unit import Unit


class Guide(models.Model):
    """What 条例 第十二条 requires a unit's guide to name, and the channels it takes applications by.

    ``channels`` holds codes of ``gongkai.law`` channels; in person and by post need not be listed: they cannot be
    refused (国办公开办函〔2017〕19号).
    """

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="guide", verbose_name="机构")
    office = models.CharField("工作机构", max_length=120)
    address = models.CharField("办公地址", max_length=200)
    hours = models.CharField("办公时间", max_length=200)
    telephone = models.CharField("联系电话", max_length=60)
    fax = models.CharField("传真", max_length=60, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    channels = models.JSONField("其他申请渠道", default=list)
    cautions = models.TextField("申请注意事项", blank=True)
    classification = models.TextField("政府信息的分类", blank=True)
    arrangement = models.TextField("编排体系", blank=True)
    obtaining = models.TextField("获取方式", blank=True)
    updated_on = models.DateField("更新日")

    class Meta:
        """Options."""

        verbose_name = "公开指南"
        verbose_name_plural = "公开指南"

    def __str__(self) -> str:
        """Return the office's name."""
        return self.office
