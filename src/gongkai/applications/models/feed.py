"""A calendar somebody subscribed to: due dates for a calendar program, behind an address not to be guessed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.units.models import Unit


class Feed(models.Model):
    """One subscription: the cases of ``unit`` and below, or without a unit those the person has in hand.

    ``digest`` is that of the token in the address; the token itself is told once and never kept. A revoked feed stays
    to be seen.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="feeds", verbose_name="订阅人"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, verbose_name="机构")
    digest = models.CharField("令牌摘要", max_length=64, unique=True)
    made_on = models.DateField("开通日")
    revoked_on = models.DateField("撤销日", null=True, blank=True)

    class Meta:
        """Options."""

        ordering = ("-pk",)
        verbose_name = "日历订阅"
        verbose_name_plural = "日历订阅"

    def __str__(self) -> str:
        """Return whose it is and since when."""
        return f"{self.user_id} {self.made_on}"
