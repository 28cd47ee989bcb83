"""Writing a record down: draft, revise, attach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from gongkai.accounts.domain.people import actor_of
from gongkai.files.domain import store
from gongkai.records import markup
from gongkai.records.domain.completeness import TEXT_FIELDS, check
from gongkai.records.domain.trace import trace
from gongkai.records.errors import EditedMeanwhileError, StageError
from gongkai.records.models import Attachment, Record, Stage
from gongkai.records.snapshot import edition_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gongkai.accounts.models import User
    from gongkai.units.models import Unit

EDITABLE = frozenset(
    {
        *TEXT_FIELDS,
        "category",
        "made_on",
        "subject",
        "genre",
        "scope_item",
        "attribute",
        "clause",
        "reassess_on",
        "is_formal",
        "is_full_text",
        "needs_interpretation",
        "interprets",
        "publish_on",
        "expires_on",
        "legality_review",
        "filing_number",
    }
)
"""What an officer may write; everything else follows from acts."""


@transaction.atomic
def draft(*, unit: Unit, author: User, joint_units: Iterable[Unit] = (), **fields: object) -> Record:
    """Write a new record down for ``unit``; ``fields`` are those of ``EDITABLE``.

    The attribute and, for what is not published, its clause, reason and re-assessment day are fixed here
    (国办发〔2016〕80号; 条例 第十八条).
    """
    record = Record(unit=unit, author=author, **_clean(fields))
    check(record)
    record.save()
    record.joint_units.set(joint_units)
    trace("drafted", record, actor_of(author, unit))
    return record


@transaction.atomic
def revise(
    *, record: Record, user: User, joint_units: Iterable[Unit] | None = None, edition: str = "", **fields: object
) -> Record:
    """Change a draft. ``edition`` is what the editor set out from: ``EditedMeanwhileError`` where it is another now."""
    record = _draft(record)
    if edition and edition != edition_of(record):
        raise EditedMeanwhileError(
            f"您编辑期间，“{record.title}”已被他人保存，您的修改尚未保存。请对照现稿核对后再保存。"
        )
    for name, value in _clean(fields).items():
        setattr(record, name, value)
    check(record)
    record.save()
    if joint_units is not None:
        record.joint_units.set(joint_units)
    trace("revised", record, actor_of(user, record.unit), fields=sorted(fields))
    return record


@transaction.atomic
def attach(*, record: Record, user: User, data: bytes, name: str) -> Attachment:
    """Add a file to a draft; the same bytes are attached once. Raises a ``FileRefusedError``."""
    record = _draft(record)
    blob = store.keep(data=data, name=name)
    known = record.attachments.filter(blob=blob).first()
    if known is not None:
        return known
    last = record.attachments.aggregate(last=Max("position"))["last"] or 0
    attachment = Attachment.objects.create(record=record, blob=blob, name=name.rsplit("/", 1)[-1], position=last + 1)
    trace("attached", record, actor_of(user, record.unit), name=attachment.name, digest=blob.digest)
    return attachment


@transaction.atomic
def detach(*, attachment: Attachment, user: User) -> None:
    """Take a file off a draft; its bytes stay where other records use them."""
    record = _draft(attachment.record)
    digest = attachment.blob.digest
    trace("detached", record, actor_of(user, record.unit), name=attachment.name, digest=digest)
    attachment.delete()


def _draft(record: Record) -> Record:
    record = Record.objects.select_for_update().select_related("unit").get(pk=record.pk)
    if record.stage != Stage.DRAFT:
        raise StageError(
            f"“{record.title}”{record.get_stage_display()}，不能修改。请先撤回送审；已发布的请另立修改稿。"
        )
    return record


def _clean(fields: dict[str, object]) -> dict[str, object]:
    unknown = fields.keys() - EDITABLE
    if unknown:
        raise TypeError(f"not fields of a draft: {sorted(unknown)}")
    cleaned = {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
    if isinstance(cleaned.get("body"), str):
        cleaned["body"] = markup.clean(cleaned["body"])
    return cleaned
