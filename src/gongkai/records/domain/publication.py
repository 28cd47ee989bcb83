"""From the approved draft to the published page, and back."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from gongkai.accounts.domain.people import actor_of
from gongkai.files.domain import shelf
from gongkai.records import rules
from gongkai.records.domain.attached_words import have_read
from gongkai.records.domain.authority import authorise
from gongkai.records.domain.numbering import issue
from gongkai.records.domain.trace import KIND, trace
from gongkai.records.errors import BeforeMadeError, IncompleteError, PastDayError, RecordError, StageError
from gongkai.records.models import Attribute, ReadBack, Record, Stage, Version
from gongkai.records.snapshot import digest_of, snapshot_of
from gongkai.review.domain import passage

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.review.models import Review

logger = logging.getLogger(__name__)


@transaction.atomic
def submit(*, record: Record, user: User, day: date) -> Review:
    """Send a draft into review; its version is kept."""
    record = _locked(record, Stage.DRAFT, "送审")
    authorise(record.unit, user, day, "送审", lambda scope: rules.may_edit(scope, record))
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
    if user is not None:
        authorise(record.unit, user, day, "发布", lambda scope: rules.may_publish(scope, record))
    if day < record.made_on:
        raise BeforeMadeError(f"发布日 {day} 早于生成日期 {record.made_on}。请核对生成日期。")
    record.index_number = record.index_number or issue(record)
    record.stage, record.published_on, record.awaits_read_back = Stage.PUBLISHED, day, True
    record.withdrawn_reason = ""
    record.save(update_fields=["index_number", "stage", "published_on", "awaits_read_back", "withdrawn_reason"])
    _keep_version(record, user, "发布")
    actor = actor_of(user, record.unit)
    trace("published", record, actor, "条例 第二十六条", day=day.isoformat(), index_number=record.index_number)
    have_read(record)
    _arrange_files(record)
    return record


def publish_due(*, day: date) -> list[Record]:
    """Publish every approved record whose planned day has come; a missed run heals.

    Each stands on its own: one that cannot be published is logged and stays among what is to be published.
    """
    due = Record.objects.filter(stage=Stage.READY, publish_on__lte=day).order_by("publish_on", "pk")
    published = []
    for record in due:
        try:
            published.append(publish(record=record, user=None, day=day))
        except RecordError as error:
            logger.error("record %s was not published on its day: %s", record.pk, error)  # noqa: TRY400 -- no crash: a rule
    return published


@transaction.atomic
def plan(*, record: Record, user: User, day: date, publish_on: date) -> Record:
    """Set the day on which an approved record goes out; ``day`` is today."""
    record = _locked(record, Stage.READY, "定期发布")
    authorise(record.unit, user, day, "定期发布", lambda scope: rules.may_plan(scope, record))
    if publish_on <= day:
        raise PastDayError(
            f"计划发布日 {publish_on} 须晚于今天。需要立即发布的，请用“立即发布”。",
            {"publish_on": "请选择以后的日期。"},
        )
    record.publish_on = publish_on
    record.save(update_fields=["publish_on"])
    trace("planned", record, actor_of(user, record.unit), "条例 第二十六条", publish_on=publish_on.isoformat())
    return record


@transaction.atomic
def withdraw(*, record: Record, user: User, day: date, reason: str) -> Record:
    """Take a published record down; its address answers with the reason."""
    if not reason.strip():
        raise IncompleteError("撤下已公开的信息必须写明理由。", {"reason": "请填写理由。"})
    record = _locked(record, Stage.PUBLISHED, "撤下")
    authorise(record.unit, user, day, "撤下", lambda scope: rules.may_withdraw(scope, record))
    record.stage, record.withdrawn_reason, record.awaits_read_back = Stage.WITHDRAWN, reason.strip(), False
    record.save(update_fields=["stage", "withdrawn_reason", "awaits_read_back"])
    trace("withdrawn", record, actor_of(user, record.unit), day=day.isoformat(), reason=reason)
    _arrange_files(record)
    return record


@transaction.atomic
def reopen(*, record: Record, user: User, day: date) -> Record:
    """Make a draft of what was taken down, to be corrected; it passes its review again before it is published.

    It keeps its index number, and its 20 working days run from ``day``, the day of the change (条例 第二十六条).
    """
    record = _locked(record, Stage.WITHDRAWN, "更正")
    authorise(record.unit, user, day, "更正", lambda scope: rules.may_reopen(scope, record))
    record.stage, record.changed_on, record.publish_on = Stage.DRAFT, day, None
    record.save(update_fields=["stage", "changed_on", "publish_on"])
    trace("reopened", record, actor_of(user, record.unit), "条例 第二十六条", day=day.isoformat())
    return record


@transaction.atomic
def read_back(*, record: Record, user: User, day: date, is_right: bool, note_text: str = "") -> ReadBack:
    """Enter that the published page was compared with the approved text (复核读网).

    A page found wrong goes on waiting: it is read again once it is right.
    """
    record = _locked(record, Stage.PUBLISHED, "复核读网")
    authorise(record.unit, user, day, "复核读网", lambda scope: rules.may_read_back(scope, record))
    if not is_right and not note_text.strip():
        raise IncompleteError("复核有误的，须写明错在何处。", {"note_text": "请填写说明。"})
    entry = ReadBack.objects.create(record=record, user=user, day=day, is_right=is_right, note=note_text)
    record.awaits_read_back = not is_right
    record.save(update_fields=["awaits_read_back"])
    trace("read_back", record, actor_of(user, record.unit), is_right=is_right, note=note_text)
    return entry


def _locked(record: Record, stage: str, act: str) -> Record:
    record = Record.objects.select_for_update().select_related("unit").get(pk=record.pk)
    if record.stage != stage:
        needed = Stage(stage).label
        raise StageError(f"“{record.title}”现为“{record.get_stage_display()}”，只有“{needed}”的信息可以{act}。")
    return record


def _arrange_files(record: Record) -> None:
    """Have the files of ``record`` put up or taken down with it."""
    shelf.arrange(record.attachments.values_list("blob__digest", flat=True))


def _keep_version(record: Record, user: User | None, occasion: str) -> Version:
    snapshot = snapshot_of(record)
    last = record.versions.aggregate(last=Max("number"))["last"] or 0
    return Version.objects.create(
        record=record, number=last + 1, made_by=user, occasion=occasion, snapshot=snapshot, digest=digest_of(snapshot)
    )
