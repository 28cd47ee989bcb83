"""One passage of one subject through its chain."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.accounts.models import Role
from gongkai.review.models.chain import StepKind
from gongkai.units.models import Unit


class ReviewState(models.TextChoices):
    """Where a review stands."""

    OPEN = "open", "审核中"
    REFERRED = "referred", "报请确定"
    PASSED = "passed", "已通过"
    RETURNED = "returned", "已退回"
    WITHDRAWN = "withdrawn", "已撤回"


class StepState(models.TextChoices):
    """Where a step stands."""

    WAITING = "waiting", "未到"
    CURRENT = "current", "待审"
    PASSED = "passed", "通过"
    RETURNED = "returned", "退回"


class Review(models.Model):
    """The review of one version of one subject. The steps are copied from the chain when it opens.

    ``version`` is a digest of what is reviewed: a subject changed meanwhile does not pass on an old review.
    Changed only by ``review.domain.passage``.
    """

    kind = models.CharField("对象类型", max_length=60)
    key = models.PositiveBigIntegerField("对象编号")
    version = models.CharField("版本摘要", max_length=64)
    title = models.CharField("标题", max_length=300)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reviews", verbose_name="机构")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="submitted_reviews", verbose_name="送审人"
    )
    state = models.CharField("状态", max_length=10, choices=ReviewState.choices, default=ReviewState.OPEN)
    opened_on = models.DateField("送审日")
    closed_on = models.DateField("办结日", null=True, blank=True)
    referred_to = models.CharField("报请部门", max_length=120, blank=True)
    determination = models.TextField("确定意见", blank=True)

    class Meta:
        """Options."""

        verbose_name = "审核"
        verbose_name_plural = "审核"
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "key"), condition=Q(state__in=("open", "referred")), name="review_one_open_per_subject"
            ),
        )
        indexes = (models.Index(fields=("unit", "state"), name="review_unit_state"),)

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class Step(models.Model):
    """One step of one review, with who decided, when, on what opinion and with which evidence."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="steps", verbose_name="审核")
    order = models.PositiveSmallIntegerField("次序")
    kind = models.CharField("类型", max_length=10, choices=StepKind.choices)
    title = models.CharField("名称", max_length=40)
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    working_days = models.PositiveSmallIntegerField("时限（工作日）")
    state = models.CharField("状态", max_length=10, choices=StepState.choices, default=StepState.WAITING)
    reached_on = models.DateField("到达日", null=True, blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="reviewed_steps",
        null=True,
        blank=True,
        verbose_name="审核人",
    )
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    opinion = models.TextField("意见", blank=True)
    evidence = models.JSONField("审查事项", default=dict)

    class Meta:
        """Options."""

        ordering = ("order",)
        verbose_name = "审核步骤"
        verbose_name_plural = "审核步骤"
        constraints = (
            models.UniqueConstraint(fields=("review", "order"), name="step_order"),
            models.UniqueConstraint(fields=("review",), condition=Q(state="current"), name="step_one_current"),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "current")) | Q(reviewer__isnull=False, decided_at__isnull=False),
                name="step_decided_by_someone",
            ),
        )
        indexes = (models.Index(fields=("role", "state"), name="step_role_state"),)

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class Recusal(models.Model):
    """A reviewer who stands aside from one review (回避)."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="recusals", verbose_name="审核")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recusals", verbose_name="回避人"
    )
    reason = models.CharField("事由", max_length=200)

    class Meta:
        """Options."""

        verbose_name = "回避"
        verbose_name_plural = "回避"
        constraints = (models.UniqueConstraint(fields=("review", "user"), name="recusal_once"),)

    def __str__(self) -> str:
        """Return the reason."""
        return self.reason
