"""A window that names files: whoever may see its rows may have the bytes."""

from __future__ import annotations

from django.db import models

from gongkai.windows.window import Window


class NamedFile(Window):
    """Base of the windows on files, by the digest under which the bytes lie.

    What a row of any of them names lies among the published files, and nothing else does (``files.domain.shelf``).
    """

    digest = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("字节数")
    kind = models.CharField("格式", max_length=12)

    class Meta:
        """Options."""

        abstract = True
        managed = False
