"""Published annual reports as the search engine sees them: the last version of each, its prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.annual import jsonio
from gongkai.indexing.sources import Source, register
from gongkai.reporting.domain.keeping import KIND
from gongkai.reporting.models import Edition
from gongkai.search.port import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet


def register_source() -> None:
    """Make published reports known to the index."""
    register(Source(prefix=KIND, build=build, numbers=_numbers))


def build(numbers: Iterable[int]) -> Iterator[Document]:
    """Yield the documents of the reports that are published and not replaced by a later version that is."""
    for edition in _last().filter(pk__in=list(numbers)).select_related("unit"):
        report = jsonio.loads(edition.report)
        yield Document(
            key=f"{KIND}:{edition.pk}",
            kind="report",
            title=f"{edition.body}{edition.year}年政府信息公开工作年度报告",
            body="\n".join(f"{section.title}\n{section.text}" for section in report.sections),
            unit=edition.unit.code if edition.unit else "",
            day=edition.published_on,
            keywords=("政府信息公开年报",),
            access=("public",),
        )


def _last() -> QuerySet[Edition]:
    return Edition.objects.filter(published_on__isnull=False).exclude(replaced_by__published_on__isnull=False)


def _numbers() -> Iterator[int]:
    return _last().order_by("pk").values_list("pk", flat=True).iterator(chunk_size=2000)
