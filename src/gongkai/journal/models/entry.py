"""One act, as it was recorded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.db import models

if TYPE_CHECKING:
    from collections.abc import Iterable


class AppendOnlyError(RuntimeError):
    """Somebody tried to change or delete an entry of the journal."""

    def __init__(self) -> None:
        super().__init__("操作日志只能追加，不能修改或删除（网络安全法第二十一条：日志留存不少于六个月）。")


class _EntryQuerySet(models.QuerySet["Entry"]):
    def update(self, **kwargs: Any) -> NoReturn:  # noqa: ANN401, ARG002 -- the signature is Django's
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        raise AppendOnlyError

    def bulk_update(self, objs: Iterable[Entry], fields: Iterable[str], batch_size: int | None = None) -> NoReturn:  # noqa: ARG002 -- the signature is Django's
        raise AppendOnlyError


class Entry(models.Model):
    """One act. Made by ``gongkai.journal.domain.entry.record`` and by nothing else.

    ``digest`` is SM3 over the previous entry's digest and every other field, so that a changed, removed or inserted
    entry breaks the chain from there on.
    """

    sequence = models.PositiveBigIntegerField("序号", primary_key=True)
    entered_at = models.DateTimeField("记录时间")
    act = models.CharField("行为", max_length=80)
    actor_id = models.PositiveBigIntegerField("行为人编号", null=True)
    actor = models.CharField("行为人", max_length=150)
    unit = models.CharField("所代表机构", max_length=40, blank=True)
    subject = models.CharField("对象", max_length=120)
    article = models.CharField("依据", max_length=120, blank=True)
    detail = models.JSONField("内容", default=dict)
    request = models.CharField("请求编号", max_length=40, blank=True)
    previous = models.CharField("上一条摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64, unique=True)

    objects = _EntryQuerySet.as_manager()

    class Meta:
        """Options."""

        ordering = ("sequence",)
        verbose_name = "操作日志"
        verbose_name_plural = "操作日志"
        indexes = (
            models.Index(fields=("subject", "sequence"), name="journal_subject"),
            models.Index(fields=("act", "sequence"), name="journal_act"),
            models.Index(fields=("actor_id", "sequence"), name="journal_actor"),
        )

    def __str__(self) -> str:
        """Return the number and the act."""
        return f"{self.sequence} {self.act} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        """Insert the entry; ``AppendOnlyError`` if it is stored already."""
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, force_insert=True, **{k: v for k, v in kwargs.items() if k == "using"})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ANN401, ARG002 -- the signature is Django's
        """Raise ``AppendOnlyError``."""
        raise AppendOnlyError

    def computed_digest(self) -> str:
        """Return the digest these fields must have, as 64 hexadecimal digits."""
        fields = [
            self.previous,
            self.sequence,
            self.entered_at.isoformat(timespec="microseconds"),
            self.act,
            self.actor_id,
            self.actor,
            self.unit,
            self.subject,
            self.article,
            self.detail,
            self.request,
        ]
        computation = Hash(SM3())
        computation.update(json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
        return computation.finalize().hex()
