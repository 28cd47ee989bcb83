"""A report as it was frozen: what it said, what stood behind it, and when it was published. Never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.files.models import Blob
from gongkai.journal.models.append_only import AppendOnly
from gongkai.reporting.models.submission import Scope, Submission
from gongkai.units.models import Unit

if TYPE_CHECKING:
    from datetime import date


class FrozenReportError(RuntimeError):
    """Somebody tried to change or delete a frozen report, or to publish it a second time."""

    def __init__(self) -> None:
        super().__init__(
            "定稿的年度报告不能修改或删除，只能公布一次（条例 第四十九条）。发现差错的，请用“更正”另出新版本并说明。"
        )


class Origin(models.TextChoices):
    """Where a frozen report comes from."""

    COMPILED = "compiled", "本系统编制"
    IMPORTED = "imported", "历史报告导入"


class Edition(AppendOnly):
    """One version of one body's report of one year: inserted once; only its day of publication is set later, once.

    ``report`` is the line of ``gongkai.annual.jsonio`` with details, ``digest`` its SM3 in hex. ``behind`` gives per
    cell what stood behind it at ``known_at``: ``{"count": …, "digest": …, "ids": […]}`` (ids of cases only). Version 2
    and later ``replaces`` the one before, with a ``notice``. ``unit`` is empty where the body is none of ours.
    """

    error = FrozenReportError

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="editions", verbose_name="填报"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="annual_reports", verbose_name="单位"
    )
    body = models.CharField("报告机关", max_length=120)
    slug = models.CharField("地址", max_length=60)
    year = models.PositiveSmallIntegerField("年度")
    scope = models.CharField("范围", max_length=6, choices=Scope.choices, default=Scope.OWN)
    version = models.PositiveSmallIntegerField("版本", default=1)
    origin = models.CharField("来源", max_length=10, choices=Origin.choices, default=Origin.COMPILED)
    report = models.TextField("报告")
    digest = models.CharField("摘要（SM3）", max_length=64)
    behind = models.JSONField("数据依据", default=dict)
    known_at = models.DateTimeField("数据截取时间", null=True, blank=True)
    frozen_at = models.DateTimeField("定稿时间")
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="定稿人",
    )
    published_on = models.DateField("公布日", null=True, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="取代"
    )
    notice = models.CharField("更正说明", max_length=500, blank=True)

    class Meta:
        """Options."""

        ordering = ("body", "-year", "-version")
        verbose_name = "年度报告"
        verbose_name_plural = "年度报告"
        constraints = (
            models.UniqueConstraint(fields=("slug", "year", "version"), name="edition_version_once"),
            models.CheckConstraint(
                condition=Q(version=1) | (Q(replaces__isnull=False) & ~Q(notice="")),
                name="edition_correction_has_notice",
            ),
        )
        indexes = (models.Index(fields=("year", "published_on"), name="edition_published"),)

    def __str__(self) -> str:
        """Return body, year and version."""
        return f"{self.body} {self.year} v{self.version}"

    def enter_publication(self, day: date) -> None:
        """Set the day of publication; ``FrozenReportError`` where it is set already."""
        # The one way past the guard, for the one field that is not known when the row is inserted.
        rows = models.QuerySet(Edition).filter(pk=self.pk, published_on__isnull=True)
        if not rows.update(published_on=day):
            raise self.error
        self.published_on = day


class EditionFile(AppendOnly):
    """The report as a file: made once when it was frozen, or what was imported, as it came (``ORIGINAL``)."""

    ORIGINAL = "original"

    error = FrozenReportError

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files", verbose_name="年度报告")
    format = models.CharField("格式", max_length=8)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+", verbose_name="文件")

    class Meta:
        """Options."""

        verbose_name = "报告文件"
        verbose_name_plural = "报告文件"
        constraints = (models.UniqueConstraint(fields=("edition", "format"), name="edition_file_once"),)

    def __str__(self) -> str:
        """Return the format."""
        return self.format
