"""The officers' register (备案)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.units.models import Unit


class Officer(models.Model):
    """A person registered as doing disclosure work for a unit.

    Rights begin with the recorded 跟岗 training: before ``trained_on`` a grant gives nothing.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="officer", verbose_name="账号"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="officers", verbose_name="所在机构")
    position = models.CharField("职务", max_length=60)
    telephone = models.CharField("联系电话", max_length=60)
    registered_on = models.DateField("备案日")
    trained_on = models.DateField("跟岗培训日", null=True, blank=True)
    training = models.CharField("培训记录", max_length=200, blank=True)

    class Meta:
        """Options."""

        verbose_name = "备案人员"
        verbose_name_plural = "备案人员"

    def __str__(self) -> str:
        """Return the position."""
        return self.position
