"""What changed in the cases after a report was frozen: it changes no report, it raises a correction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from gongkai.reporting.captions import caption
from gongkai.reporting.models import Edition, Scope
from gongkai.reporting.queries.cells import kept, number_of
from gongkai.reporting.queries.parts import behind
from gongkai.reporting.queries.recount import differences, recount

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from gongkai.annual.report import Number


@dataclass(frozen=True, slots=True)
class Change:
    """One cell: what the cases gave when it was frozen and give now, and the ids that came in or went out since.

    A case that replaced another leaves the number as it was.
    """

    key: str
    caption: str
    old: Number | None
    new: Number | None
    entered: tuple[int, ...]
    struck: tuple[int, ...]


def changes(edition: Edition, *, now: datetime | None = None) -> tuple[Change, ...]:
    """Return what changed behind a frozen report, in the order of its form; nothing for one that was imported."""
    if edition.submission is None:
        return ()
    form = edition.submission.campaign.edition
    found = recount(edition.submission, known_at=now or timezone.now())
    counts: Mapping[str, str | int] = {key: one["count"] for key, one in edition.behind.items()}
    numbers = differences(counts, kept(found.numbers))
    result = []
    for key in edition.behind | kept(found.numbers):
        before, after = set(edition.behind.get(key, {}).get("ids", ())), found.ids.get(key, set())
        if key in numbers or before != after:
            old, new = numbers[key] if key in numbers else (number_of(counts[key]),) * 2
            entered, struck = tuple(sorted(after - before)), tuple(sorted(before - after))
            result.append(Change(key, caption(form, key), old, new, entered, struck))
    return tuple(result)


def corrected_parts(edition: Edition) -> list[Edition]:
    """Return the corrections of reports behind a whole that were published after it was frozen, by address."""
    if edition.submission is None or edition.scope != Scope.WHOLE:
        return []
    parts = behind(edition.submission)
    found = Edition.objects.filter(submission__in=parts, version__gt=1, published_on__isnull=False)
    return list(found.filter(frozen_at__gt=edition.frozen_at).order_by("slug", "-version"))
