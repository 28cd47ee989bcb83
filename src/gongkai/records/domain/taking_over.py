"""Records that were public before they came here: taken over from another system, lot by lot, by a decision.

They were reviewed and passed their 保密审查 where they were published; the journal says so, and by what document they
came. What the law forbids whatever a former system did is refused here as anywhere: 密级 marks, a 文号 used twice.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from gongkai.accounts.domain.people import actor_of
from gongkai.accounts.queries.scope import scope_of
from gongkai.files.domain import shelf
from gongkai.indexing.domain import outbox
from gongkai.journal.domain.entry import record as note
from gongkai.records import markup, rules
from gongkai.records.domain import numbering
from gongkai.records.domain.completeness import check_alone, duplicate
from gongkai.records.domain.trace import KIND
from gongkai.records.errors import BeforeMadeError, NotAuthorisedError
from gongkai.records.models import Attachment, Attribute, IndexAlias, Record, Stage, Version
from gongkai.records.snapshot import DAYS, FIELDS, digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.files.models import Blob
    from gongkai.units.models import Unit

REVIEW = "原网站已审核并作保密审查后公开"
TAKEN, LINKED = "接收", "更新链接"
"""The occasions of the versions that this leaves."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a lot comes from: the former system, and the document by which it is taken over."""

    source: str
    basis: str


@dataclass(slots=True)
class Paper:
    """One piece of information as it is taken over; ``former_number`` is the index number it had, or nothing.

    ``files`` are its attachments with their names, in order. ``record`` is made by ``paper.draft``.
    """

    record: Record
    former_number: str = ""
    files: Sequence[tuple[str, Blob]] = field(default=())


def paper(
    *,
    unit: Unit,
    author: User,
    published_on: date,
    former_number: str = "",
    files: Sequence[tuple[str, Blob]] = (),
    **fields: object,
) -> Paper:
    """Return a piece of information checked and not yet written. Raises a ``RecordError``.

    Whether its 文号 is used already is asked for a whole lot (``holders``) and again when the lot is written.
    """
    made = Record(unit=unit, author=author, attribute=Attribute.PROACTIVE, published_on=published_on, **fields)
    made.stage, made.body = Stage.PUBLISHED, markup.clean(made.body)
    check_alone(made)
    if published_on < made.made_on:
        raise BeforeMadeError(
            f"发布日期 {published_on} 早于生成日期 {made.made_on}。请核对两个日期。",
            {"made_on": "晚于发布日期。"},
        )
    return Paper(made, former_number, files)


def holders(papers: Iterable[Paper]) -> dict[tuple[int, str], str]:
    """Return the titles of the records that have the 文号 of ``papers``, by unit and number. One query."""
    wanted = {one.record.document_number for one in papers} - {""}
    rows = Record.objects.filter(document_number__in=wanted).order_by("-pk") if wanted else Record.objects.none()
    return {(unit, number): title for unit, number, title in rows.values_list("unit", "document_number", "title")}


@transaction.atomic
def take_over(
    *,
    papers: Sequence[Paper],
    user: User,
    day: date,
    origin: Origin,
    settle: Callable[[Sequence[Paper], Mapping[int, Sequence[Attachment]]], Iterable[Record]] | None = None,
) -> None:
    """Write a lot of ``papers`` as published records, numbered, with one entry in the journal.

    An old index number of this installation's grammar that nobody has is kept; another one becomes an alias.
    ``settle`` is called once records and attachments (by record) have their keys, may change bodies and returns the
    records whose body it changed. Raises ``NotAuthorisedError``, ``DuplicateNumberError`` and ``IndexPartError``.
    """
    scope = scope_of(user, day)
    for unit in {one.record.unit for one in papers}:
        if not rules.may_take_over(scope, unit.pk):
            raise NotAuthorisedError(
                f"您不是机构 {unit.code} 的工作机构负责人或其主管部门，不能接收它的信息。请由有此职责的人员办理。"
            )
    records = [one.record for one in papers]
    known = holders(papers)
    for record in (record for record in records if record.document_number):
        key = (record.unit_id, record.document_number)
        if key in known:
            raise duplicate(record.document_number, known[key])
        known[key] = record.title
    kept = _kept_numbers(papers)
    for one in papers:
        if one.former_number in kept:
            one.record.index_number = one.former_number
    # Those that keep their number are there before the others are given theirs.
    Record.objects.bulk_create([record for record in records if record.index_number])
    others = [record for record in records if not record.index_number]
    numbering.issue_all(others)
    Record.objects.bulk_create(others)
    attachments = _attach(papers)
    if settle is not None:
        changed = list(settle(papers, attachments))
        for record in changed:
            record.body = markup.clean(record.body)
        Record.objects.bulk_update(changed, ["body"])
    _alias(papers, kept, origin)
    versions = [_version(record, attachments.get(record.pk, ()), user, TAKEN, 1) for record in records]
    Version.objects.bulk_create(versions)
    shelf.arrange(blob.digest for one in papers for _, blob in one.files)
    _trace("taken_over", versions, user, origin, day, files=sum(map(len, attachments.values())), review=REVIEW)


@transaction.atomic
def relink(*, bodies: Mapping[int, str], user: User, day: date, origin: Origin) -> None:
    """Give records that were taken over the body in which links lead to their new places: no word may change.

    Raises ``ValueError`` where one does.
    """
    records = list(Record.objects.select_for_update(of=("self",)).filter(pk__in=bodies).select_related("unit"))
    for record in records:
        body = markup.clean(bodies[record.pk])
        if markup.plain(body) != markup.plain(record.body):
            raise ValueError(f"the words of record {record.pk} would change")
        record.body = body
    Record.objects.bulk_update(records, ["body"])
    attachments: dict[int, list[Attachment]] = {}
    for item in Attachment.objects.filter(record__in=records).select_related("blob"):
        attachments.setdefault(item.record_id, []).append(item)
    last = dict(
        Version.objects.filter(record__in=records).values_list("record").annotate(last=Max("number")).order_by()
    )
    versions = [
        _version(record, attachments.get(record.pk, ()), user, LINKED, last.get(record.pk, 0) + 1) for record in records
    ]
    Version.objects.bulk_create(versions)
    _trace("relinked", versions, user, origin, day)


def _attach(papers: Sequence[Paper]) -> dict[int, list[Attachment]]:
    """Attach the files, each of the same bytes once; return them by record."""
    rows = []
    for one in papers:
        distinct: dict[int, tuple[str, Blob]] = {}
        for name, blob in one.files:
            distinct.setdefault(blob.pk, (name, blob))
        rows += [
            Attachment(record=one.record, blob=blob, name=name[-200:], position=position)
            for position, (name, blob) in enumerate(distinct.values(), 1)
        ]
    found: dict[int, list[Attachment]] = {}
    for row in Attachment.objects.bulk_create(rows):
        found.setdefault(row.record_id, []).append(row)
    return found


def _kept_numbers(papers: Sequence[Paper]) -> set[str]:
    """Return the old index numbers that can stay: of our grammar, each once here, and nobody's."""
    grammar = numbering.scheme()
    wanted = [one.former_number for one in papers if one.former_number and grammar.accepts(one.former_number)]
    return {number for number in wanted if wanted.count(number) == 1} - numbering.taken(wanted)


def _alias(papers: Sequence[Paper], kept: set[str], origin: Origin) -> None:
    """Let the other old numbers lead to their records; the first of two with one number has it."""
    wanted: dict[str, Record] = {}
    for one in papers:
        if one.former_number and one.former_number not in kept:
            wanted.setdefault(one.former_number, one.record)
    used = numbering.taken(wanted)
    IndexAlias.objects.bulk_create(
        IndexAlias(number=number, record=record, document=origin.basis[:200])
        for number, record in wanted.items()
        if number not in used
    )


def _version(record: Record, files: Sequence[Attachment], user: User, occasion: str, number: int) -> Version:
    snapshot: dict[str, object] = {name: getattr(record, name) for name in FIELDS}
    snapshot |= {name: day.isoformat() if (day := getattr(record, name)) else None for name in DAYS}
    snapshot |= {
        "unit": record.unit.code,
        "joint_units": [],
        "attachments": [{"name": item.name, "digest": item.blob.digest} for item in files],
    }
    return Version(
        record=record, number=number, made_by=user, occasion=occasion, snapshot=snapshot, digest=digest_of(snapshot)
    )


def _trace(act: str, versions: Sequence[Version], user: User, origin: Origin, day: date, **detail: object) -> None:
    """Leave one entry for the lot, with its range and the digest of its versions, and mark it for the index."""
    keys = [version.record_id for version in versions]
    if not keys:
        return
    digests = "".join(version.digest for version in versions)
    note(
        act=f"records.{act}",
        actor=actor_of(user),
        subject="records.record:lot",
        detail={
            "ids": [min(keys), max(keys)],
            "records": len(keys),
            "sha256": hashlib.sha256(digests.encode()).hexdigest(),
            "source": origin.source,
            "basis": origin.basis,
            "day": day.isoformat(),
            **detail,
        },
    )
    outbox.mark(f"{KIND}:{key}" for key in keys)
