"""What the checks found when they last looked: kept to filter by, never as truth."""

from __future__ import annotations

from django.db import models

from gongkai.applications.models.application import Application


class Checked(models.Model):
    """When a case was looked at last: its version then, and the day. A case that changed since is looked at again."""

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, primary_key=True, related_name="checked", verbose_name="申请"
    )
    version = models.PositiveIntegerField("版本")
    day = models.DateField("核对日")

    class Meta:
        """Options."""

        verbose_name = "核对"
        verbose_name_plural = "核对"

    def __str__(self) -> str:
        """Return the day."""
        return str(self.day)


class Flag(models.Model):
    """A rule that spoke when the case was looked at last."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="flags", verbose_name="申请")
    rule = models.CharField("规则", max_length=8)
    code = models.CharField("代号", max_length=8)
    severity = models.CharField("程度", max_length=8)

    class Meta:
        """Options."""

        verbose_name = "核对发现"
        verbose_name_plural = "核对发现"
        constraints = (models.UniqueConstraint(fields=("application", "rule"), name="flag_once"),)
        indexes = (models.Index(fields=("code", "application"), name="flag_code"),)

    def __str__(self) -> str:
        """Return the rule."""
        return self.rule
