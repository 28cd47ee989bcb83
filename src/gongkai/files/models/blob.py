"""The bytes of a file, once, whatever it is called and wherever it is used."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models


class Blob(models.Model):
    """Bytes by their SHA-256. Names belong to whoever attaches it; made by ``files.domain.store.keep`` alone."""

    digest = models.CharField("SHA-256", max_length=64, unique=True)
    size = models.PositiveBigIntegerField("字节数")
    kind = models.CharField("格式", max_length=12)
    kept_at = models.DateTimeField("入库时间", auto_now_add=True)
    scanned_by = models.CharField("病毒扫描", max_length=80, blank=True)

    class Meta:
        """Options."""

        verbose_name = "文件"
        verbose_name_plural = "文件"

    def __str__(self) -> str:
        """Return the digest."""
        return self.digest

    @property
    def path(self) -> Path:
        """Where the bytes lie: by digest, so that no name from outside reaches the file system.

        The process of the portal knows the published files alone, whatever digest it is asked for.
        """
        folder = "published/files" if settings.SERVICE == "portal" else "files"
        return Path(settings.HOME) / folder / self.digest[:2] / self.digest
