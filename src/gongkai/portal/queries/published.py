"""The pages and services that are public: all that the site itself shows of this room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from gongkai.portal.models import ClosedPage, ListedService, PageKind, PublishedPage, WithdrawnService
from gongkai.records.queries import published as records
from gongkai.windows.errors import GoneError, NotPublishedError
from gongkai.windows.remembered import remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from gongkai.portal.models import Content
    from gongkai.records.models import PublishedRecord

LISTED = ("id", "unit_id", "kind", "slug", "parent_id", "parent_slug", "title", "summary", "published_on")
_ENDED = "展示期已届满。"


@dataclass(frozen=True, slots=True)
class Slot:
    """What stands on the first page: its words and where they lead; no address where they lead nowhere."""

    title: str
    summary: str
    address: str


@dataclass(frozen=True, slots=True)
class Front:
    """What staff set on the first page, and the topics that the site has now."""

    notices: tuple[Slot, ...]
    highlights: tuple[Slot, ...]
    topics: tuple[PublishedPage, ...]


def address_of(kind: str, slug: str, parent: str | None = None) -> str:
    """Return where a page stands; empty for what stands on the first page alone."""
    if kind == PageKind.TOPIC:
        return reverse("portal:subtopic", args=[parent, slug]) if parent else reverse("portal:topic", args=[slug])
    names = {PageKind.COLUMN: "portal:column", PageKind.INSTITUTION: "portal:institution"}
    return reverse(names[PageKind(kind)], args=[slug]) if kind in names else ""


def pages(*kinds: str) -> QuerySet[PublishedPage]:
    """Return the pages of ``kinds`` that are public today, newest first, with the columns of a list."""
    return _current().filter(kind__in=kinds).only(*LISTED)


def _current() -> QuerySet[PublishedPage]:
    return PublishedPage.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate()))


def page(kind: str, slug: str, parent: PublishedPage | None = None) -> PublishedPage:
    """Return a page, body and all. Raises ``GoneError`` for one that ended or was taken down."""
    below = parent.pk if parent else None
    found = PublishedPage.objects.filter(kind=kind, slug=slug, parent_id=below).first()
    if found is not None:
        if found.ends_on and found.ends_on < timezone.localdate():
            raise GoneError(_ENDED, found.published_on)
        return found
    closed = ClosedPage.objects.filter(kind=kind, slug=slug, parent_id=below).first()
    if closed is not None:
        raise GoneError(closed.reason, closed.published_on)
    raise NotPublishedError(slug)


def listed_in(content: PublishedPage | Content) -> list[PublishedRecord]:
    """Return the records that a page lists, in its order, as far as they are published."""
    found = records.of(content.records) if content.records else {}
    return [found[key] for key in content.records if key in found]


@remembered
def front() -> Front:
    """Return what stands on the first page. Three queries at most."""
    rows = list(pages(PageKind.NOTICE, PageKind.HIGHLIGHT, PageKind.TOPIC).only(*LISTED, "records", "shows_id"))
    topics = tuple(row for row in rows if row.kind == PageKind.TOPIC and row.parent_id is None)
    slots = [row for row in rows if row.kind != PageKind.TOPIC]
    shown = slots_of(slots)
    notices = [slot for row, slot in zip(slots, shown, strict=True) if row.kind == PageKind.NOTICE]
    highlights = [slot for row, slot in zip(slots, shown, strict=True) if row.kind == PageKind.HIGHLIGHT]
    return Front(tuple(notices), tuple(slot for slot in highlights if slot.address), topics)


def slots_of(rows: Sequence[PublishedPage | Content]) -> list[Slot]:
    """Return the words of ``rows`` with where they lead today: to what is public, never to what was taken down."""
    keys = {key for row in rows for key in row.records}
    open_records = records.of(keys) if keys else {}
    wanted = {row.shows_id for row in rows if row.shows_id}
    open_pages = PublishedPage.objects.only(*LISTED).in_bulk(list(wanted)) if wanted else {}
    slots = []
    for row in rows:
        shown = open_pages.get(row.shows_id or 0)
        address = address_of(shown.kind, shown.slug, shown.parent_slug) if shown else ""
        if not address:
            address = next((reverse("portal:record", args=[key]) for key in row.records if key in open_records), "")
        slots.append(Slot(row.title, row.summary, address))
    return slots


def services(units: frozenset[int] | None = None, words: str = "") -> QuerySet[ListedService]:
    """Return the services that are listed, by unit and code."""
    rows = ListedService.objects.only("id", "unit_id", "code", "name", "time_limit", "fee", "updated_on")
    if units is not None:
        rows = rows.filter(unit_id__in=units)
    return rows.filter(name__icontains=words) if words else rows


def service(key: int) -> ListedService:
    """Return a service. Raises ``GoneError`` for one that was taken down, else ``NotPublishedError``."""
    found = ListedService.objects.filter(pk=key).first()
    if found is not None:
        return found
    taken = WithdrawnService.objects.filter(pk=key).first()
    if taken is not None:
        raise GoneError(taken.reason)
    raise NotPublishedError(key)


def pages_of(keys: Iterable[int]) -> dict[int, PublishedPage]:
    """Return those of the pages that are public, by id, for a list of what was found."""
    return _current().only(*LISTED).in_bulk(list(keys))


def service_links(keys: Iterable[int]) -> dict[int, str]:
    """Return those of the ids that are of listed services, each with where it is dealt with online, if anywhere."""
    return dict(ListedService.objects.filter(pk__in=list(keys)).values_list("pk", "link"))


def services_coded(unit: int, codes: Iterable[str]) -> dict[str, int]:
    """Return the services of a unit that bear one of ``codes``, by code."""
    rows = ListedService.objects.filter(unit_id=unit, code__in=set(codes) - {""})
    return dict(rows.values_list("code", "id"))
