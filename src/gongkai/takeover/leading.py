"""What an old address leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.records.addresses import attachment_address, record_address

if TYPE_CHECKING:
    from gongkai.takeover.models import OldAddress, PublishedOldAddress


def target_of(row: OldAddress | PublishedOldAddress) -> str:
    """Return the address on the portal that an old address leads to."""
    if row.attachment_id is not None:
        return attachment_address(row.record_id, row.attachment_id)
    return record_address(row.record_id) if row.record_id is not None else row.target
