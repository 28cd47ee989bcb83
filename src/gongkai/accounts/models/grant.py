"""Who may do what, for which units, in which period."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.units.models import Unit


class Role(models.TextChoices):
    """What a person is to a unit. A role gives nothing outside its units: default deny."""

    HANDLER = "handler", "经办"
    FIRST_REVIEWER = "first_reviewer", "初审"
    SECOND_REVIEWER = "second_reviewer", "复审"
    FINAL_REVIEWER = "final_reviewer", "终审"
    SECRECY_REVIEWER = "secrecy_reviewer", "保密审查"
    OFFICE_HEAD = "office_head", "工作机构负责人"
    COMPETENT = "competent", "主管部门"
    SUPERVISOR = "supervisor", "监督员"
    AUDITOR = "auditor", "审计（只读）"
    ADMINISTRATOR = "administrator", "系统管理员"


class Grant(models.Model):
    """A role of a person at a unit, with everything below it where ``with_subtree``; ended, never deleted."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants", verbose_name="账号"
    )
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="grants", verbose_name="机构")
    with_subtree = models.BooleanField("含下级", default=False)
    begins_on = models.DateField("起始日")
    ends_on = models.DateField("截止日", null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="given_grants",
        null=True,
        blank=True,
        verbose_name="授权人",
    )

    class Meta:
        """Options."""

        verbose_name = "授权"
        verbose_name_plural = "授权"
        constraints = (
            models.UniqueConstraint(
                fields=("user", "role", "unit"), condition=Q(ends_on__isnull=True), name="grant_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")), name="grant_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        """Return the role and the unit."""
        return f"{self.get_role_display()}@{self.unit_id}"
