"""A key area of disclosure (政务公开重点工作)."""

from __future__ import annotations

from django.db import models


class KeyArea(models.Model):
    """What belongs to an area, and who must publish in it every year.

    Records belong to it whose item or subject is among those named, narrowed by ``words`` in their titles where there
    are any, and the chosen ``records`` besides. ``duty_kinds`` are kinds of unit, ``duty_units`` single ones by id:
    each of them must publish in every calendar year.
    """

    slug = models.SlugField("网址名", max_length=40, unique=True)
    name = models.CharField("名称", max_length=40)
    summary = models.CharField("说明", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("次序", default=0)
    scope_items = models.JSONField("公开事项", default=list, blank=True)
    subjects = models.JSONField("主题分类", default=list, blank=True)
    words = models.CharField("标题词语", max_length=200, blank=True)
    records = models.JSONField("另外列入的信息", default=list, blank=True)
    duty_kinds = models.JSONField("每年须公开的机构类型", default=list, blank=True)
    duty_units = models.JSONField("每年须公开的其他机构", default=list, blank=True)
    is_open = models.BooleanField("公开", default=True)

    class Meta:
        """Options."""

        ordering = ("position", "pk")
        verbose_name = "重点领域"
        verbose_name_plural = "重点领域"

    def __str__(self) -> str:
        """Return the name."""
        return self.name
