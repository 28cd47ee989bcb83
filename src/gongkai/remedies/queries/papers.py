"""What the remedies of an application add to its volume: the documents that came, and those that were filed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gongkai.remedies.kinds import KINDS
from gongkai.remedies.models import RemedyEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.applications.models import Application
    from gongkai.files.models import Blob


def pieces(application: Application) -> Iterator[tuple[dict[str, Any], Blob | None]]:
    """Yield the documents in the remedies of ``application``: title, legal day and kind, and the file."""
    found = RemedyEvent.objects.filter(remedy__application=application, evidence__isnull=False)
    for event in found.select_related("remedy", "evidence").order_by("day", "pk"):
        name = event.evidence_name or KINDS[event.kind].caption
        title = f"{event.remedy.get_kind_display()}：{name}"
        yield {"title": title, "day": event.day.isoformat(), "kind": event.kind}, event.evidence
