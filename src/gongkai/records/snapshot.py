"""A record as plain data, and its digest: what a version keeps and what a review refers to."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongkai.records.models import Record

FIELDS = (
    "category",
    "title",
    "document_number",
    "subject",
    "genre",
    "scope_item",
    "keywords",
    "summary",
    "body",
    "attribute",
    "clause",
    "reason",
    "is_formal",
    "needs_interpretation",
)
DAYS = ("made_on", "reassess_on", "expires_on")


def snapshot_of(record: Record) -> dict[str, object]:
    """Return what the record says: plain JSON, the attachments by name and digest."""
    data: dict[str, object] = {name: getattr(record, name) for name in FIELDS}
    data |= {name: day.isoformat() if (day := getattr(record, name)) else None for name in DAYS}
    data["unit"] = record.unit.code
    data["joint_units"] = sorted(record.joint_units.values_list("code", flat=True))
    data["attachments"] = [
        {"name": item.name, "digest": item.blob.digest} for item in record.attachments.select_related("blob")
    ]
    return data


def edition_of(record: Record) -> str:
    """Return the digest of everything an officer may write in a draft: who saves over another edition is told."""
    fields = record._meta.concrete_fields  # noqa: SLF001 -- Django documents it for this
    data: dict[str, object] = {field.name: field.value_to_string(record) for field in fields}
    data["joint_units"] = sorted(record.joint_units.values_list("pk", flat=True))
    return digest_of(data)


def digest_of(snapshot: dict[str, object]) -> str:
    """Return the SHA-256 of a snapshot, as 64 hexadecimal digits."""
    text = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
