"""The published records: all that the public side reads of this room. What is not published does not exist here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Q, Sum

from gongkai.files.domain import store
from gongkai.records.models import (
    PublishedAlias,
    PublishedAttachment,
    PublishedMaker,
    PublishedRecord,
    PublishedVersion,
    Validity,
    WithdrawnRecord,
)
from gongkai.search.asking import official_number
from gongkai.windows.errors import GoneError, NotPublishedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet

    from gongkai.files.models import Blob

LISTED = (
    "id",
    "unit_id",
    "category",
    "title",
    "document_number",
    "index_number",
    "made_on",
    "published_on",
    "validity",
    "subject",
    "scope_item",
)

_BRACKETS = ("〔〕", "[]", "［］", "﹝﹞", "【】", "（）", "()")
"""The brackets that stand around the year of a 文号, the official ones first."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty values do not narrow. ``year`` is that of publication."""

    units: frozenset[int] | None = None
    categories: tuple[str, ...] = ()
    validity: str = ""
    subject: str = ""
    scope_items: tuple[str, ...] = ()
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """A published record with what belongs to it, each published itself.

    ``interprets`` is the document it explains, ``interpretations`` those that explain it; ``makers`` are the ids of
    all units that made it, the one that published it first.
    """

    record: PublishedRecord
    attachments: tuple[PublishedAttachment, ...]
    interprets: PublishedRecord | None
    interpretations: tuple[PublishedRecord, ...]
    superseded_by: PublishedRecord | None
    versions: tuple[PublishedVersion, ...]
    makers: tuple[int, ...]


def listed(wanted: Wanted) -> QuerySet[PublishedRecord]:
    """Return the records that fit, newest first, with the columns of a list alone."""
    rows = PublishedRecord.objects.only(*LISTED).order_by("-published_on", "-id")
    if wanted.units is not None:
        rows = rows.filter(unit_id__in=wanted.units)
    if wanted.categories:
        rows = rows.filter(category__in=wanted.categories)
    for name in ("validity", "subject"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    if wanted.scope_items:
        rows = rows.filter(scope_item__in=wanted.scope_items)
    if wanted.year is not None:
        rows = rows.filter(published_on__range=(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    return rows


def of(keys: Iterable[int]) -> dict[int, PublishedRecord]:
    """Return those of the records that are published, by id, with the columns of a list and the summary."""
    return PublishedRecord.objects.only(*LISTED, "summary").in_bulk(list(keys))


def among(keys: Iterable[int]) -> set[int]:
    """Return those of the ids that are of published records."""
    return set(PublishedRecord.objects.filter(pk__in=list(keys)).values_list("pk", flat=True))


def record(key: int) -> PublishedRecord:
    """Return a record, body and all. Raises ``GoneError`` for one that was taken down, else ``NotPublishedError``."""
    found = PublishedRecord.objects.filter(pk=key).first()
    if found is not None:
        return found
    taken = WithdrawnRecord.objects.filter(pk=key).first()
    if taken is not None:
        raise GoneError(taken.reason, taken.published_on)
    raise NotPublishedError(key)


def whole(key: int) -> Whole:
    """Return a record with what belongs to it. Raises ``GoneError`` or ``NotPublishedError``."""
    found = record(key)
    others = [pk for pk in (found.interprets_id, found.superseded_by_id) if pk is not None]
    beside = of(others) if others else {}
    makers = PublishedMaker.objects.filter(record_id=key).order_by("id").values_list("unit_id", flat=True)
    return Whole(
        record=found,
        attachments=tuple(PublishedAttachment.objects.filter(record_id=key)),
        interprets=beside.get(found.interprets_id or 0),
        interpretations=tuple(
            PublishedRecord.objects.only(*LISTED).filter(interprets_id=key).order_by("published_on", "id")
        ),
        superseded_by=beside.get(found.superseded_by_id or 0),
        versions=tuple(PublishedVersion.objects.filter(record_id=key)),
        makers=(found.unit_id, *(unit for unit in makers if unit != found.unit_id)),
    )


def called(number: str) -> int:
    """Return the id of the record that bears ``number`` as 索引号, or once did. Raises ``NotPublishedError``."""
    number = number.replace("\x00", "").strip()
    found = PublishedRecord.objects.filter(index_number=number).values_list("pk", flat=True).first()
    found = found or PublishedAlias.objects.filter(number=number).values_list("record_id", flat=True).first()
    if found is None:
        raise NotPublishedError(number)
    return found


def numbered(number: str) -> Sequence[PublishedRecord]:
    """Return the records of a 文号, in any bracket and spacing."""
    number = number.replace("\x00", "").strip()
    official = official_number(number)
    spelled = {number} | {official.replace("〔", left).replace("〕", right) for left, right in _BRACKETS}
    return list(PublishedRecord.objects.only(*LISTED).filter(document_number__in=spelled).order_by("-published_on"))


def attachment(key: int, number: int) -> tuple[PublishedAttachment, Blob]:
    """Return a file of a record. Raises ``GoneError`` or ``NotPublishedError``."""
    found = PublishedAttachment.objects.filter(record_id=key, pk=number).first()
    if found is None:
        record(key)
        raise NotPublishedError(key, number)
    return found, store.lying(digest=found.digest, size=found.size, kind=found.kind)


def revision() -> tuple[int, date | None, Mapping[str, object], Mapping[str, object]]:
    """Return how many records are published, when one was last, and what changes with any of them.

    A record changes by being published, corrected (a version more), withdrawn or re-coded (an alias more), and where a
    document loses or changes its force. Three queries over all of them.
    """
    by_validity = {value: Count("pk", filter=Q(validity=value)) for value in Validity.values}
    found = PublishedRecord.objects.aggregate(
        rows=Count("pk"),
        last=Max("published_on"),
        keys=Sum("pk"),
        since=Max("validity_since"),
        expires=Max("expires_on"),
        expiring=Count("expires_on"),
        superseded=Sum("superseded_by_id"),
        interpreting=Sum("interprets_id"),
        **by_validity,
    )
    versions = PublishedVersion.objects.aggregate(rows=Count("pk"), keys=Sum("pk"))
    aliases = PublishedAlias.objects.aggregate(aliases=Count("pk"), alias_keys=Sum("pk"))
    return found["rows"], found["last"], found, versions | aliases


def years() -> tuple[int, ...]:
    """Return the years from the last in which anything was published to the first."""
    order = ("published_on", "id")
    first = PublishedRecord.objects.order_by(*order).values_list("published_on", flat=True).first()
    if first is None:
        return ()
    last = PublishedRecord.objects.order_by(*(f"-{name}" for name in order)).values_list("published_on", flat=True)
    return tuple(range(last[0].year, first.year - 1, -1))
