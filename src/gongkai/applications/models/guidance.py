"""Questions of a unit to the city's office about a live case, and the answers that became precedents."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.applications.models.application import Application
from gongkai.units.models import Unit


class Guidance(models.Model):
    """One question and its answer. A precedent is written so that nobody can be recognised in it."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="guidances", verbose_name="申请"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="guidances", verbose_name="请示机构")
    title = models.CharField("问题", max_length=200)
    question = models.TextField("情况和请示事项")
    asked_on = models.DateField("请示日期")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="请示人"
    )
    answer = models.TextField("答复意见", blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="答复人",
    )
    is_precedent = models.BooleanField("收入案例库", default=False)
    outcome = models.CharField("所涉办理结果", max_length=4, blank=True)
    articles = models.CharField("依据", max_length=200, blank=True)
    keywords = models.CharField("关键词", max_length=200, blank=True)

    class Meta:
        """Options."""

        ordering = ("-asked_on", "-pk")
        verbose_name = "业务指导"
        verbose_name_plural = "业务指导"
        constraints = (
            models.CheckConstraint(
                condition=Q(is_precedent=False) | Q(answered_on__isnull=False), name="guidance_precedent_is_answered"
            ),
        )
        indexes = (models.Index(fields=("is_precedent", "-answered_on"), name="guidance_precedents"),)

    def __str__(self) -> str:
        """Return the question's title."""
        return self.title
