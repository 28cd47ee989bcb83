"""What visitors look for: words and day, and nothing of who asked."""

from __future__ import annotations

import uuid

from django.db import models

from gongkai.windows.window import Window


class AskedWords(models.Model):
    """Words that were looked for and found in several published documents. Put in by the public side, read by none.

    Its key is made in Python: the public's role may insert, and read nothing back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    words = models.CharField("搜索词", max_length=20)
    day = models.DateField("日期")

    class Meta:
        """Options."""

        verbose_name = "搜索词"
        verbose_name_plural = "搜索词"
        indexes = (models.Index(fields=("day", "words"), name="asked_words_day"),)

    def __str__(self) -> str:
        """Return the words."""
        return self.words


class HotWords(Window):
    """What was looked for at least ten times lately; rarer words might tell of one person."""

    words = models.CharField("搜索词", max_length=20, primary_key=True)
    times = models.IntegerField("次数")

    select = "SELECT words, count(*) AS times FROM portal_askedwords GROUP BY words HAVING count(*) >= 10"

    class Meta:
        """Options."""

        managed = False
        db_table = "window_hot_words"

    def __str__(self) -> str:
        """Return the words."""
        return self.words
