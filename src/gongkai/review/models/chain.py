"""Which steps a kind of subject must pass at a unit."""

from __future__ import annotations

from django.db import models

from gongkai.accounts.models import Role
from gongkai.units.models import Unit


class StepKind(models.TextChoices):
    """What a step examines. 三审 and 三校 are separate steps."""

    REVIEW = "review", "审"
    PROOF = "proof", "校"
    SECRECY = "secrecy", "保密审查"
    LEGAL = "legal", "合法性审核"
    SIGNATURE = "signature", "签发"


class Chain(models.Model):
    """The chain that subjects of ``kind`` take at ``unit``; a preset belongs to no unit."""

    name = models.CharField("名称", max_length=80)
    kind = models.CharField("对象类型", max_length=60)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="chains", verbose_name="机构"
    )
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        """Options."""

        verbose_name = "审核流程"
        verbose_name_plural = "审核流程"
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "unit"),
                condition=models.Q(is_active=True, unit__isnull=False),
                name="chain_one_active_per_unit",
            ),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class ChainStep(models.Model):
    """One step of a chain. ``working_days`` is how long the reviewer has, from the day the step is reached."""

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="steps", verbose_name="流程")
    order = models.PositiveSmallIntegerField("次序")
    kind = models.CharField("类型", max_length=10, choices=StepKind.choices)
    title = models.CharField("名称", max_length=40)
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    working_days = models.PositiveSmallIntegerField("时限（工作日）", default=2)

    class Meta:
        """Options."""

        ordering = ("order",)
        verbose_name = "流程步骤"
        verbose_name_plural = "流程步骤"
        constraints = (models.UniqueConstraint(fields=("chain", "order"), name="chain_step_order"),)

    def __str__(self) -> str:
        """Return the title."""
        return self.title
