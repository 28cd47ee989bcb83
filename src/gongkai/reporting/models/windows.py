"""What of the annual reports the public may see."""

from __future__ import annotations

from django.db import models

from gongkai.files.models import NamedFile
from gongkai.reporting.models.edition import Origin
from gongkai.windows.window import Window


class PublishedEdition(Window):
    """A version of a report that is published; ``report`` is the line of ``gongkai.annual.jsonio``."""

    unit_id = models.BigIntegerField(null=True)
    body = models.CharField("报告机关", max_length=120)
    slug = models.CharField("地址", max_length=60)
    year = models.PositiveSmallIntegerField("年度")
    version = models.PositiveSmallIntegerField("版本")
    origin = models.CharField("来源", max_length=10, choices=Origin.choices)
    report = models.TextField("报告")
    digest = models.CharField("摘要（SM3）", max_length=64)
    published_on = models.DateField("公布日")
    notice = models.CharField("更正说明", max_length=500)

    select = (
        "SELECT id, unit_id, body, slug, year, version, origin, report, digest, published_on, notice"
        " FROM reporting_edition WHERE published_on IS NOT NULL"
    )

    class Meta:
        """Options."""

        managed = False
        db_table = "window_edition"

    def __str__(self) -> str:
        """Return body, year and version."""
        return f"{self.body} {self.year} v{self.version}"


class PublishedFile(NamedFile):
    """A file of a published report, with the digest under which its bytes lie."""

    edition_id = models.BigIntegerField()
    format = models.CharField("格式", max_length=8)

    select = (
        "SELECT f.id, f.edition_id, f.format, b.digest, b.size, b.kind FROM reporting_editionfile f"
        " JOIN reporting_edition e ON e.id = f.edition_id AND e.published_on IS NOT NULL"
        " JOIN files_blob b ON b.id = f.blob_id"
    )

    class Meta:
        """Options."""

        managed = False
        db_table = "window_edition_file"

    def __str__(self) -> str:
        """Return the format."""
        return self.format
