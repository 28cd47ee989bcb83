"""The archived volume of a case (Art 45: 归档)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.applications.models.application import Application
from gongkai.applications.models.beside import Matter
from gongkai.applications.models.case import OfCase, of_one_case


class Retention(models.IntegerChoices):
    """How long a volume is kept, in years; 0 is for ever."""

    TEN = 10, "10年"
    THIRTY = 30, "30年"
    EVER = 0, "永久"


class Volume(OfCase):
    """The sealed volume of a ``case``: its number, its catalogue, and the digest over all it holds.

    An application that was opened again by an order to answer anew is closed in another volume, which holds it whole;
    the first stays as it was sealed.

    ``catalogue`` lists the pieces in order: title, legal day, kind, digest. ``digest`` is SM3 over them; an export that
    does not give it again was changed.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="volumes", verbose_name="申请"
    )
    matter = models.OneToOneField(
        Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="volume", verbose_name="更正、投诉、申诉"
    )
    number = models.CharField("卷号", max_length=60, unique=True)
    closed_on = models.DateField("归档日")
    retention = models.PositiveSmallIntegerField("保管期限", choices=Retention.choices, default=Retention.TEN)
    keep_until = models.DateField("保管至", null=True, blank=True)
    catalogue = models.JSONField("卷内目录", default=list)
    digest = models.CharField("摘要（SM3）", max_length=64)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="归档人")

    class Meta:
        """Options."""

        ordering = ("-closed_on", "-pk")
        verbose_name = "案卷"
        verbose_name_plural = "案卷"
        constraints = (of_one_case("volume_of_one_case"),)

    def __str__(self) -> str:
        """Return the number."""
        return self.number
