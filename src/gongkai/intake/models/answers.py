"""What the office has to act on, or to count, besides applications."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.applications.models import Application
from gongkai.units.models import Unit


class Callback(models.Model):
    """Somebody who cannot fill in the form asks to be called: an officer fills it in by voice (Art 43)."""

    submission = models.UUIDField("来件", unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="callbacks", verbose_name="行政机关")
    arrived_on = models.DateField("到达日期")
    telephone = models.TextField("电话（密文）")
    name = models.TextField("称呼（密文）", blank=True)
    wish = models.TextField("方便的时间和需要的协助（密文）", blank=True)
    done_on = models.DateField("办理日", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="办理人",
    )
    result = models.CharField("办理情况", max_length=200, blank=True)

    class Meta:
        """Options."""

        ordering = ("arrived_on", "pk")
        verbose_name = "请求代填"
        verbose_name_plural = "请求代填"
        indexes = (models.Index(fields=("unit", "done_on", "arrived_on"), name="callback_waiting"),)

    def __str__(self) -> str:
        """Return the day: who it is is never shown by accident."""
        return f"{self.arrived_on}:{self.pk}"


class Score(models.IntegerChoices):
    """How satisfied the applicant is."""

    VERY_GOOD = 5, "非常满意"
    GOOD = 4, "满意"
    FAIR = 3, "基本满意"
    BAD = 2, "不满意"
    VERY_BAD = 1, "非常不满意"


class Satisfaction(models.Model):
    """What the applicant says of how an application was handled, once it was answered; the words sealed."""

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="satisfaction", verbose_name="申请"
    )
    day = models.DateField("日期")
    score = models.PositiveSmallIntegerField("评价", choices=Score.choices)
    words = models.TextField("意见（密文）", blank=True)

    class Meta:
        """Options."""

        verbose_name = "满意度评价"
        verbose_name_plural = "满意度评价"

    def __str__(self) -> str:
        """Return the score."""
        return self.get_score_display()


class Found(models.Model):
    """How many, on a day, found what they looked for among what is public already and applied for nothing."""

    day = models.DateField("日期", unique=True)
    count = models.PositiveIntegerField("次数", default=0)

    class Meta:
        """Options."""

        verbose_name = "提示帮助找到"
        verbose_name_plural = "提示帮助找到"

    def __str__(self) -> str:
        """Return the day and the count."""
        return f"{self.day} {self.count}"
