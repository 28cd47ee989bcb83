"""What of the old addresses the public may see."""

from __future__ import annotations

from django.db import models

from gongkai.windows.window import Window


class PublishedOldAddress(Window):
    """Where an old address leads: to what is published, to what was taken down and says why, or to a column."""

    site = models.CharField("原网站域名", max_length=200)
    address = models.CharField("原地址", max_length=500)
    record_id = models.BigIntegerField(null=True)
    attachment_id = models.BigIntegerField(null=True)
    target = models.CharField("新地址", max_length=200)

    select = (
        "SELECT o.id, o.site, o.address, o.record_id,"
        " CASE WHEN r.stage = 'published' THEN o.attachment_id END AS attachment_id, o.target"
        " FROM takeover_oldaddress o LEFT JOIN records_record r ON r.id = o.record_id"
        " WHERE o.record_id IS NULL OR r.stage = 'published' OR r.withdrawn_reason <> ''"
    )

    class Meta:
        """Options."""

        managed = False
        db_table = "window_old_address"

    def __str__(self) -> str:
        """Return the address."""
        return f"{self.site}{self.address}"
