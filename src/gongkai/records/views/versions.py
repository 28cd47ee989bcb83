"""Two versions of a record beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render

from gongkai.records.queries.comparison import compare
from gongkai.records.snapshot import snapshot_of
from gongkai.records.views.access import record_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

NOW = "now"
"""The text as it stands, which may be no version yet."""


def comparison(request: HttpRequest, number: int) -> HttpResponse:
    """Compare two versions, ``old`` and ``new`` in the query; without them the last version and the text as it is."""
    record = record_of(request, number)
    versions = list(record.versions.select_related("made_by"))
    if not versions:
        raise Http404
    kept = {str(version.number): version for version in versions}
    old = request.GET.get("old", str(versions[-1].number))
    new = request.GET.get("new", NOW)
    if old not in {*kept, NOW} or new not in {*kept, NOW}:
        raise Http404

    def snapshot(name: str) -> dict[str, object]:
        return snapshot_of(record) if name == NOW else kept[name].snapshot

    rows = compare(snapshot(old), snapshot(new))
    choices = [(str(v.number), f"第 {v.number} 版 {v.occasion}") for v in versions] + [(NOW, "现稿")]
    context = {
        "record": record,
        "rows": rows,
        "choices": choices,
        "old": old,
        "new": new,
        "changes": sum(row.is_changed for row in rows),
        "old_label": dict(choices)[old],
        "new_label": dict(choices)[new],
    }
    return render(request, "records/comparison.html", context)
