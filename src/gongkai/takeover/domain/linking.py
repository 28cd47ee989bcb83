"""Links between the pages of an old site, led to where the pages are now."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.records.addresses import attachment_address
from gongkai.records.domain import taking_over
from gongkai.records.domain.taking_over import Origin
from gongkai.records.models import Record
from gongkai.takeover.leading import target_of
from gongkai.takeover.models import OldAddress, PageLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gongkai.takeover.models import TakeOver

_LINK = re.compile(r'(?<=<a href=")http://([^/"]+)(/[^"]*)(?=")')
_AT_ONCE = 100


def settle(records: Sequence[Record], own: Mapping[int, Mapping[str, int]], site: str) -> tuple[list[Record], set[int]]:
    """Lead the links of ``records`` on; return those whose body changed, and the keys of those with links left.

    ``own`` are the attachments of each record by old address: they go before those of other records. One query for
    500 links.
    """
    paths = {path for record in records for path in paths_in(record.body, site)}
    others = targets(site, paths)
    changed, waiting = [], set()
    for record in records:
        files = {path: attachment_address(record.pk, number) for path, number in own.get(record.pk, {}).items()}
        body, is_whole = _led(record.body, site, {**others, **files})
        if body != record.body:
            record.body = body
            changed.append(record)
        if not is_whole:
            waiting.add(record.pk)
    return changed, waiting


def link_all(run: TakeOver) -> int:
    """Lead the links on that led to pages which came later; return how many records changed."""
    last = linked = 0
    origin = Origin(f"{run.site}（{run.source}）"[:200], run.basis)
    while True:
        lines = list(PageLine.objects.filter(site=run.site, awaits_links=True, pk__gt=last).order_by("pk")[:_AT_ONCE])
        if not lines:
            return linked
        last = lines[-1].pk
        with transaction.atomic():
            records = list(Record.objects.filter(pk__in=[line.record_id for line in lines]))
            before = {record.pk: record.body for record in records}
            changed, waiting = settle(records, {}, run.site)
            bodies = {record.pk: record.body for record in changed if record.body != before[record.pk]}
            if bodies:
                taking_over.relink(bodies=bodies, user=run.user, day=run.day, origin=origin)
            ready = [line.pk for line in lines if line.record_id not in waiting]
            PageLine.objects.filter(pk__in=ready).update(awaits_links=False)
        linked += len(bodies)


def paths_in(body: str, site: str) -> set[str]:
    """Return the addresses of the old site that ``body`` links to."""
    return {html.unescape(match[2]) for match in _LINK.finditer(body) if match[1] == site}


def targets(site: str, paths: Iterable[str]) -> dict[str, str]:
    """Return where old addresses lead now, those that lead anywhere."""
    wanted = sorted(paths)
    found = {}
    for start in range(0, len(wanted), 500):
        rows = OldAddress.objects.filter(site=site, address__in=wanted[start : start + 500])
        for row in rows:
            found[row.address] = target_of(row)
    return found


def _led(body: str, site: str, known: Mapping[str, str]) -> tuple[str, bool]:
    left = 0

    def new(match: re.Match[str]) -> str:
        nonlocal left
        if match[1] != site:
            return match[0]
        found = known.get(html.unescape(match[2]))
        left += found is None
        return match[0] if found is None else html.escape(found)

    return _LINK.sub(new, body), not left
