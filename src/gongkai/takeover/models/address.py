"""Where an old address leads."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.records.models import Attachment, Record
from gongkai.takeover.models.batch import TakeOver


class AddressKind(models.TextChoices):
    """What stood at an old address."""

    PAGE = "page", "网页"
    FILE = "file", "附件"
    COLUMN = "column", "栏目"


class OldAddress(models.Model):
    """An address of an old site, spelt by ``takeover.addresses``: it leads to one thing, for good.

    A page leads to its record, a file to its attachment, a column to ``target``, a path of the portal.
    """

    takeover = models.ForeignKey(TakeOver, on_delete=models.PROTECT, related_name="addresses", verbose_name="批次")
    site = models.CharField("原网站域名", max_length=200)
    address = models.CharField("原地址", max_length=500)
    kind = models.CharField("类型", max_length=8, choices=AddressKind.choices)
    record = models.ForeignKey(
        Record, on_delete=models.PROTECT, null=True, related_name="old_addresses", verbose_name="政府信息"
    )
    attachment = models.ForeignKey(
        Attachment, on_delete=models.CASCADE, null=True, related_name="old_addresses", verbose_name="附件"
    )
    target = models.CharField("新地址", max_length=200, blank=True)

    class Meta:
        """Options."""

        verbose_name = "旧地址"
        verbose_name_plural = "旧地址"
        constraints = (
            models.UniqueConstraint(fields=("address", "site"), name="old_address_once"),
            models.CheckConstraint(
                condition=Q(kind="page", record__isnull=False, attachment__isnull=True, target="")
                | Q(kind="file", record__isnull=False, attachment__isnull=False, target="")
                | Q(kind="column", record__isnull=True, attachment__isnull=True) & ~Q(target=""),
                name="old_address_leads_to_one_thing",
            ),
        )

    def __str__(self) -> str:
        """Return the address."""
        return f"{self.site}{self.address}"
