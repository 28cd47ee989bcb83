"""One act, as it was recorded."""

from __future__ import annotations

import json

from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.db import models

from gongkai.journal.models.append_only import AppendOnly


class AppendOnlyError(RuntimeError):
    """Somebody tried to change or delete an entry of the journal."""

    def __init__(self) -> None:
        super().__init__("操作日志只能追加，不能修改或删除（网络安全法第二十一条：日志留存不少于六个月）。")


class Entry(AppendOnly):
    """One act. Made by ``gongkai.journal.domain.entry.record`` and by nothing else.

    ``digest`` is SM3 over the previous entry's digest and every other field, so that a changed, removed or inserted
    entry breaks the chain from there on.
    """

    error = AppendOnlyError

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
