"""From the approved draft to the published page, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from gongkai.accounts.domain.people import actor_of
from gongkai.journal.domain.entry import SYSTEM
from gongkai.records.domain.trace import KIND, trace
from gongkai.records.errors import BeforeMadeError, IncompleteError, StageError
from gongkai.records.models import Attribute, ReadBack, Record, Stage, Version
from gongkai.records.snapshot import digest_of, snapshot_of
from gongkai.review.domain import passage

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.review.models import Review


@transaction.atomic
def submit(*, record: Record, user: User, day: date) -> Review:
    """Send a draft into review; its version is kept."""
    record = _locked(record, Stage.DRAFT, "送审")
    review = passage.submit(kind=KIND, key=record.pk, title=record.title, unit=record.unit, author=user, day=day)
    record.stage = Stage.REVIEWING
    record.save(update_fields=["stage"])
    _keep_version(record, user, "送审")
    return review


def passed(*, record: Record, user: User) -> Record:
    """Take an approved record on: to publication if it is proactive, else into the register."""
    record.stage = Stage.READY if record.attribute == Attribute.PROACTIVE else Stage.FILED
    record.save(update_fields=["stage"])
    trace("approved" if record.stage == Stage.READY else "filed", record, actor_of(user, record.unit))
    return record


def returned(*, record: Record, user: User) -> Record:
    """Give a returned or withdrawn record back to its author as a draft."""
    record.stage = Stage.DRAFT
    record.save(update_fields=["stage"])
    trace("returned", record, actor_of(user, record.unit))
    return record


@transaction.atomic
def publish(*, record: Record, user: User | None, day: date) -> Record:
    """Publish an approved record on ``day``; ``user`` is ``None`` for the scheduler.

    Nothing reaches this point without a passed review: ``READY`` is set by the engine's callback alone.
    """
    record = _locked(record, Stage.READY, "发布")
    if day < record.made_on:
        raise BeforeMadeError(f"发布日 {day} 早于生成日期 {record.made_on}。请核对生成日期。")
    record.stage, record.published_on = Stage.PUBLISHED, day
    record.save(update_fields=["stage", "published_on"])
    _keep_version(record, user, "发布")
    trace("published", record, actor_of(user, record.unit) if user else SYSTEM, "条例 第二十六条", day=day.isoformat())
    return record


def publish_due(*, day: date) -> list[Record]:
    """Publish every approved record whose planned day has come; a missed run heals, each on its own."""
    due = Record.objects.filter(stage=Stage.READY, publish_on__lte=day).order_by("publish_on", "pk")
    return [publish(record=record, user=None, day=day) for record in due]


@transaction.atomic
def withdraw(*, record: Record, user: User, day: date, reason: str) -> Record:
    """Take a published record down; its address answers with the reason."""
    if not reason.strip():
        raise IncompleteError("撤下已公开的信息必须写明理由。", {"reason": "请填写理由。"})
    record = _locked(record, Stage.PUBLISHED, "撤下")
    record.stage, record.withdrawn_reason = Stage.WITHDRAWN, reason
    record.save(update_fields=["stage", "withdrawn_reason"])
    trace("withdrawn", record, actor_of(user, record.unit), day=day.isoformat(), reason=reason)
    return record


@transaction.atomic
def read_back(*, record: Record, user: User, day: date, is_right: bool, note_text: str = "") -> ReadBack:
    """Enter that the published page was compared with the approved text (复核读网)."""
    record = _locked(record, Stage.PUBLISHED, "复核读网")
    if not is_right and not note_text.strip():
        raise IncompleteError("复核有误的，须写明错在何处。", {"note_text": "请填写说明。"})
    entry = ReadBack.objects.create(record=record, user=user, day=day, is_right=is_right, note=note_text)
    trace("read_back", record, actor_of(user, record.unit), is_right=is_right, note=note_text)
    return entry


def _locked(record: Record, stage: str, act: str) -> Record:
    record = Record.objects.select_for_update().select_related("unit").get(pk=record.pk)
    if record.stage != stage:
        needed = Stage(stage).label
        raise StageError(f"“{record.title}”现为“{record.get_stage_display()}”，只有“{needed}”的信息可以{act}。")
    return record


def _keep_version(record: Record, user: User | None, occasion: str) -> Version:
    snapshot = snapshot_of(record)
    last = record.versions.aggregate(last=Max("number"))["last"] or 0
    return Version.objects.create(
        record=record, number=last + 1, made_by=user, occasion=occasion, snapshot=snapshot, digest=digest_of(snapshot)
    )
