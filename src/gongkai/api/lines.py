"""What is published, as the API says it: one function a shape, the same for pages, single answers and whole sets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from gongkai.annual import indicators, jsonio
from gongkai.api.roster import address, called, code_of
from gongkai.records.markup import clean
from gongkai.units.models import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gongkai.decisions.models import PublishedDecision
    from gongkai.records.models import PublishedRecord
    from gongkai.records.queries.published import Whole
    from gongkai.reporting.models import PublishedEdition
    from gongkai.reporting.queries.published import Published
    from gongkai.units.queries.tree import Node, Past, Tree

Line = dict[str, Any]


def record_line(row: PublishedRecord, tree: Tree) -> Line:
    """Return a record as lists have it."""
    return {
        "id": row.pk,
        "index_number": row.index_number,
        "title": row.title,
        "document_number": row.document_number,
        **called(tree, row.unit_id),
        "category": row.category,
        "category_label": row.get_category_display(),
        "validity": row.validity,
        "validity_label": row.get_validity_display(),
        "subject": row.subject,
        "scope_item": row.scope_item,
        "made_on": row.made_on,
        "published_on": row.published_on,
        "address": address("portal:record", row.pk),
        "api_address": address("api:record", row.pk),
    }


def record_full(row: PublishedRecord, tree: Tree) -> Line:
    """Return a record with its text, without what belongs to it."""
    return record_line(row, tree) | {
        "summary": row.summary,
        "keywords": row.keywords,
        "genre": row.genre,
        # What reached the database passed the same policy; it passes it again where it is given out.
        "body": clean(row.body),
        "validity_since": row.validity_since,
        "expires_on": row.expires_on,
    }


def record_whole(found: Whole, tree: Tree) -> Line:
    """Return a record with what belongs to it."""
    record = found.record
    return record_full(record, tree) | {
        "makers": [{"code": code_of(tree, unit), "name": tree.name(unit, in_full=True)} for unit in found.makers],
        "attachments": [
            {
                "name": file.name,
                "size": file.size,
                "kind": file.kind,
                "sha256": file.digest,
                "address": address("portal:attachment", record.pk, file.pk),
            }
            for file in found.attachments
        ],
        "interprets": found.interprets and record_line(found.interprets, tree),
        "interpretations": [record_line(row, tree) for row in found.interpretations],
        "superseded_by": found.superseded_by and record_line(found.superseded_by, tree),
        "publications": [
            {"number": number, "made_on": timezone.localdate(version.made_at)}
            for number, version in enumerate(found.versions, 1)
        ],
    }


def unit_line(node: Node, tree: Tree) -> Line:
    """Return a unit as it stood on the day of the tree."""
    return {
        "code": node.code,
        "name": node.name,
        "short_name": node.short_name,
        "kind": node.kind,
        "kind_label": str(Kind(node.kind).label),
        "parent_code": code_of(tree, node.parent),
        "depth": node.depth,
        "address": address("portal:unit", node.code),
    }


def unit_ended(past: Past, tree: Tree) -> Line:
    """Return a unit that had ended by the day of the tree."""
    return {
        "code": past.code,
        "short_name": past.short_name,
        "ended_on": past.ended_on,
        "successors": [code_of(tree, heir) for heir in past.heirs],
    }


def decision_line(row: PublishedDecision, tree: Tree) -> Line:
    """Return a decision on public notice."""
    return {
        "id": row.pk,
        **called(tree, row.unit_id),
        "kind": row.kind,
        "kind_label": row.get_kind_display(),
        "number": row.number,
        "party": row.party,
        "item": row.item,
        "basis": row.basis,
        "decided_on": row.decided_on,
        "published_on": row.published_on,
        "state": row.state,
        "state_label": row.get_state_display(),
        "state_on": row.state_on,
        "address": address("portal:decision", row.pk),
        "api_address": address("api:decision", row.pk),
    }


def report_line(row: PublishedEdition) -> Line:
    """Return a version of a report as lists have it; ``row`` is one of ``published.listed``."""
    day = None if row.is_undated else row.published_on
    return _report(row.slug, row.body, row.year, row.version) | {
        "published_on": day,
        "is_imported": row.is_imported,
        "sm3": row.digest,
    }


def report_whole(found: Published) -> Line:
    """Return a version of a report with its files."""
    return _report(found.slug, found.body, found.year, found.version) | {
        "published_on": found.published_on,
        "is_imported": found.is_imported,
        "sm3": found.digest,
        "notice": found.notice,
        "files": [
            {
                "format": file.format,
                "label": file.label,
                "size": file.size,
                "sha256": file.blob.digest,
                "address": address("reports:file", found.slug, found.year, found.version, file.format),
            }
            for file in found.files
        ],
        "versions": [
            {"version": one.version, "published_on": one.published_on, "notice": one.notice} for one in found.versions
        ],
    }


def _report(slug: str, body: str, year: int, version: int) -> Line:
    return {
        "slug": slug,
        "body": body,
        "year": year,
        "version": version,
        "address": address("reports:version", slug, year, version),
        "api_address": address("api:annual_report_version", slug, year, version),
        "annual_address": address("api:annual_json", slug, year, version),
    }


def indicators_of(row: PublishedEdition) -> Line:
    """Return the numbers of a report that can be followed through the years; one it does not have is not guessed."""
    report = jsonio.loads(row.report)
    entries: Mapping[str, Any] = {one.key: one.entry(report) for one in indicators.indicators()}
    found = [(one, entries[one.key]) for one in indicators.indicators()]
    found += [(rate, rate.entry(entries)) for rate in indicators.rates()]
    return {
        "slug": row.slug,
        "body": row.body,
        "year": row.year,
        "version": row.version,
        "indicators": [
            {
                "key": one.key,
                "caption": one.caption,
                "unit": one.unit,
                "known": entry.known,
                "value": None if entry.value is None else float(entry.value),
            }
            for one, entry in found
        ],
    }
