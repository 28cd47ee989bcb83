"""Making an issue of the gazette: its number, its contents in order, who is given copies, putting it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from gongkai.accounts.domain.people import actor_of
from gongkai.journal.domain.entry import record as note
from gongkai.records import rules_upkeep as rules
from gongkai.records.domain.authority import authorise
from gongkai.records.errors import IncompleteError
from gongkai.records.errors_upkeep import GazetteEntryError, GazetteError
from gongkai.records.models import GazetteEntry, GazetteIssue, GazetteRecipient, Stage
from gongkai.records.snapshot import digest_of
from gongkai.units.queries import tree

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.records.models import Record
    from gongkai.units.models import Unit

ARTICLE = "条例 第二十三条"
FIRST_YEAR = 1949


@transaction.atomic
def open_issue(*, unit: Unit, title: str, year: int, number: int, user: User, day: date) -> GazetteIssue:
    """Begin an issue; its distribution list is taken over from the last issue of the unit."""
    authorise(unit, user, day, "编辑公报", lambda scope: rules.may_edit_gazette(scope, unit.pk))
    if not title.strip():
        raise IncompleteError("公报须有刊名。", {"title": "请填写刊名。"})
    if not FIRST_YEAR <= year <= day.year + 1:
        raise GazetteError(f"年度 {year} 有误。", {"year": f"请填写 {FIRST_YEAR} 至 {day.year + 1}。"})
    if number < 1:
        raise GazetteError("期号从 1 起。", {"number": "请填写 1 以上的数。"})
    if GazetteIssue.objects.filter(unit=unit, year=year, number=number).exists():
        raise GazetteError(f"{year} 年第 {number} 期已经存在。请核对期号。", {"number": "期号已使用。"})
    last = GazetteIssue.objects.filter(unit=unit).order_by("-year", "-number").first()
    issue = GazetteIssue.objects.create(unit=unit, title=title.strip(), year=year, number=number)
    if last is not None:
        GazetteRecipient.objects.bulk_create(
            GazetteRecipient(issue=issue, name=one.name, copies=one.copies) for one in last.recipients.all()
        )
    _trace("opened", issue, user, year=year, number=number)
    return issue


@transaction.atomic
def place(*, issue: GazetteIssue, record: Record, user: User, day: date) -> GazetteEntry:
    """Put a published record at the end of the issue."""
    issue = _draft(issue, user, day)
    if record.stage != Stage.PUBLISHED:
        raise GazetteEntryError(f"“{record.title}”现为“{record.get_stage_display()}”，公报只刊登已公开的信息。")
    if record.unit_id not in tree.as_of(day).with_ended([issue.unit_id]):
        raise GazetteEntryError(f"“{record.title}”不是本机构及其下级的文件，不能编入本公报。")
    if issue.entries.filter(record=record).exists():
        raise GazetteEntryError(f"“{record.title}”已在本期目录中。")
    last = issue.entries.aggregate(last=Max("position"))["last"] or 0
    entry = GazetteEntry.objects.create(
        issue=issue, record=record, position=last + 1, title=record.title, document_number=record.document_number
    )
    _trace("entry_placed", issue, user, record=record.pk, position=entry.position)
    return entry


@transaction.atomic
def take_out(*, entry: GazetteEntry, user: User, day: date) -> None:
    """Take a record out of the issue; those behind it move up."""
    issue = _draft(entry.issue, user, day)
    issue.entries.filter(pk=entry.pk).delete()
    _renumber(list(issue.entries.all()))
    _trace("entry_taken_out", issue, user, record=entry.record_id)


@transaction.atomic
def move_up(*, entry: GazetteEntry, user: User, day: date) -> None:
    """Exchange a record with the one before it; the first stays where it is."""
    issue = _draft(entry.issue, user, day)
    entries = list(issue.entries.all())
    place = next(number for number, one in enumerate(entries) if one.pk == entry.pk)
    if place:
        entries[place - 1], entries[place] = entries[place], entries[place - 1]
        _renumber(entries)
    _trace("entry_moved", issue, user, record=entry.record_id, position=max(place, 1))


@transaction.atomic
def distribute(*, issue: GazetteIssue, copies: Sequence[tuple[str, int]], user: User, day: date) -> int:
    """Set who is given how many copies, replacing the former list; return the copies altogether."""
    issue = _draft(issue, user, day)
    names = [name for name, _ in copies]
    doubled = next((name for name in names if names.count(name) > 1), None)
    if doubled is not None:
        raise GazetteError(f"赠阅对象“{doubled}”列了两次。请合并份数。", {"copies": f"“{doubled}”重复。"})
    if wrong := next((name for name, number in copies if number < 1), None):
        raise GazetteError(f"赠阅对象“{wrong}”的份数须为 1 以上。", {"copies": f"“{wrong}”的份数有误。"})
    issue.recipients.all().delete()
    GazetteRecipient.objects.bulk_create(
        GazetteRecipient(issue=issue, name=name, copies=number) for name, number in copies
    )
    total = sum(number for _, number in copies)
    _trace("distributed", issue, user, recipients=len(copies), copies=total)
    return total


@transaction.atomic
def publish(*, issue: GazetteIssue, user: User, day: date) -> GazetteIssue:
    """Put an issue out on ``day``: its titles are kept as they stand, and nothing in it changes any more."""
    issue = _draft(issue, user, day)
    authorise(issue.unit, user, day, "签发公报", lambda scope: rules.may_publish_gazette(scope, issue.unit_id))
    entries = list(issue.entries.select_related("record", "record__unit"))
    if not entries:
        raise GazetteError("本期目录为空，不能出刊。请先编入文件。")
    gone = next((entry.record for entry in entries if entry.record.stage != Stage.PUBLISHED), None)
    if gone is not None:
        raise GazetteEntryError(f"“{gone.title}”现为“{gone.get_stage_display()}”，请先从目录中移出。")
    for entry in entries:
        entry.title, entry.document_number = entry.record.title, entry.record.document_number
    GazetteEntry.objects.bulk_update(entries, ["title", "document_number"])
    issue.published_on, issue.published_by = day, user
    issue.digest = digest_of(contents(issue, entries))
    issue.save(update_fields=["published_on", "published_by", "digest"])
    _trace("published", issue, user, entries=len(entries), digest=issue.digest)
    return issue


def contents(issue: GazetteIssue, entries: Sequence[GazetteEntry]) -> dict[str, object]:
    """Return the issue as plain data: what its digest is made over."""
    return {
        "unit": issue.unit.code,
        "title": issue.title,
        "issue": [issue.year, issue.number],
        "day": issue.published_on.isoformat() if issue.published_on else None,
        "entries": [[entry.position, entry.document_number, entry.title] for entry in entries],
        "recipients": [[one.name, one.copies] for one in issue.recipients.all()],
    }


def is_untouched(issue: GazetteIssue) -> bool:
    """Tell whether an issue is still the one that was put out."""
    return issue.digest == digest_of(contents(issue, list(issue.entries.all())))


def _draft(issue: GazetteIssue, user: User, day: date) -> GazetteIssue:
    issue = GazetteIssue.objects.select_for_update().select_related("unit").get(pk=issue.pk)
    authorise(issue.unit, user, day, "编辑公报", lambda scope: rules.may_edit_gazette(scope, issue.unit_id))
    if issue.published_on is not None:
        raise GazetteError(f"《{issue}》已于 {issue.published_on} 出刊，不能再改动。")
    return issue


def _renumber(entries: list[GazetteEntry]) -> None:
    for number, entry in enumerate(entries, 1):
        entry.position = number
    GazetteEntry.objects.bulk_update(entries, ["position"])


def _trace(act: str, issue: GazetteIssue, user: User, **detail: object) -> None:
    note(
        act=f"records.gazette_{act}",
        actor=actor_of(user, issue.unit),
        subject=f"records.gazetteissue:{issue.pk}",
        article=ARTICLE,
        detail=detail,
    )
