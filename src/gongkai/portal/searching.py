"""Pages and services as the search engine sees them: what is public, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.indexing.sources import Source, register
from gongkai.portal.domain.trace import PAGE, SERVICE
from gongkai.portal.models import FRONT, Page, Service, ServiceStage
from gongkai.records.markup import plain
from gongkai.search.port import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet


def register_sources() -> None:
    """Make both known to the index."""
    register(Source(prefix=PAGE, build=build_pages, numbers=lambda: _numbers(_pages())))
    register(Source(prefix=SERVICE, build=build_services, numbers=lambda: _numbers(_services())))


def build_pages(numbers: Iterable[int]) -> Iterator[Document]:
    """Yield the documents of the pages that are public at an address of their own."""
    for page in _pages().filter(pk__in=list(numbers)).select_related("unit", "live"):
        live = page.live
        assert live is not None
        yield Document(
            key=f"{PAGE}:{page.pk}",
            kind="page",
            title=live.title,
            body=f"{live.summary}\n{plain(live.body)}",
            unit=page.unit.code,
            day=page.published_on,
            access=("public",),
        )


def build_services(numbers: Iterable[int]) -> Iterator[Document]:
    """Yield the documents of the services that are listed."""
    for one in _services().filter(pk__in=list(numbers)).select_related("unit"):
        yield Document(
            key=f"{SERVICE}:{one.pk}",
            kind="service",
            title=one.name,
            body=f"{one.conditions}\n{one.materials}\n{one.process}\n{one.basis}\n{one.place}",
            numbers=(one.code,),
            unit=one.unit.code,
            day=one.updated_on,
            access=("public",),
        )


def _pages() -> QuerySet[Page]:
    hidden = Page.objects.filter(parent__isnull=False, parent__live__isnull=True)
    return Page.objects.filter(live__isnull=False).exclude(kind__in=FRONT).exclude(pk__in=hidden.values("pk"))


def _services() -> QuerySet[Service]:
    return Service.objects.filter(stage=ServiceStage.LISTED)


def _numbers(rows: QuerySet[Page] | QuerySet[Service]) -> Iterator[int]:
    return rows.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=2000)
