"""What an applicant may see of a case, sealed, found by number and code together and by nothing else."""

from __future__ import annotations

import uuid

from django.db import models

from gongkai.applications.models import Application, Letter
from gongkai.windows.window import Window


class TrackedCase(models.Model):
    """The state of an ``application`` for whoever has its number and code.

    A projection that ``domain.following`` writes and can write again. ``key`` is the keyed hash of number and code, the
    same for all applications of one form; ``content`` is a sealed ``sight.Sight``. ``is_stale`` says that something
    happened since, ``day`` for which day it holds.
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField("查询索引", max_length=40, db_index=True)
    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="tracked", verbose_name="申请"
    )
    content = models.TextField("内容（密文）", blank=True)
    day = models.DateField("截至日期", null=True, blank=True)
    is_stale = models.BooleanField("待更新", default=True)

    class Meta:
        """Options."""

        ordering = ("application",)
        verbose_name = "办理进度"
        verbose_name_plural = "办理进度"
        indexes = (models.Index(fields=("is_stale",), condition=models.Q(is_stale=True), name="tracked_case_stale"),)

    def __str__(self) -> str:
        """Return the number of the row."""
        return str(self.pk)


class TrackedFile(models.Model):
    """A letter, or a paper given with it, that was issued to this applicant online: name and bytes sealed."""

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(TrackedCase, on_delete=models.CASCADE, related_name="files", verbose_name="办理进度")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="+", verbose_name="文书")
    digest = models.CharField("SHA-256", max_length=64)
    kind = models.CharField("格式", max_length=12)
    name = models.TextField("名称（密文）")
    data = models.BinaryField("内容（密文）")

    class Meta:
        """Options."""

        verbose_name = "网上送达文书"
        verbose_name_plural = "网上送达文书"
        constraints = (models.UniqueConstraint(fields=("case", "letter", "digest"), name="tracked_file_once"),)

    def __str__(self) -> str:
        """Return the number of the row."""
        return str(self.pk)


class SightWindow(Window):
    """What the public side reads of a case: sealed, under a key that nobody can guess."""

    id = models.UUIDField(primary_key=True)
    key = models.CharField(max_length=40)
    content = models.TextField()
    place = models.BigIntegerField()

    select = "SELECT id, key, content, application_id AS place FROM intake_trackedcase"

    class Meta:
        """Options."""

        managed = False
        db_table = "window_sight"

    def __str__(self) -> str:
        """Return the number of the row."""
        return str(self.pk)


class FileWindow(Window):
    """What the public side reads of a letter that was issued online."""

    id = models.UUIDField(primary_key=True)
    case_id = models.UUIDField()
    kind = models.CharField(max_length=12)
    name = models.TextField()
    data = models.BinaryField()

    select = "SELECT id, case_id, kind, name, data FROM intake_trackedfile"

    class Meta:
        """Options."""

        managed = False
        db_table = "window_sight_file"

    def __str__(self) -> str:
        """Return the number of the row."""
        return str(self.pk)
