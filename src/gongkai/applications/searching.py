"""Applications and precedents as the search engine sees them: what is asked and answered, never who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.applications.domain.trace import KIND
from gongkai.applications.models import Application, Guidance
from gongkai.indexing.sources import Source, register
from gongkai.search.port import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PRECEDENT = "applications.guidance"
PRECEDENTS = "precedents"
"""The token of access to precedents: whoever works on cases anywhere in the city."""


def register_sources() -> None:
    """Make applications and precedents known to the index."""
    register(Source(prefix=KIND, build=_cases, numbers=_all(Application)))
    register(Source(prefix=PRECEDENT, build=_precedents, numbers=_all(Guidance)))


def _cases(numbers: Iterable[int]) -> Iterator[Document]:
    found = Application.objects.filter(pk__in=list(numbers), is_secret=False).select_related("unit")
    for one in found:
        yield Document(
            key=f"{KIND}:{one.pk}",
            kind="application",
            title=one.title,
            body=one.description,
            numbers=tuple(number for number in (one.number, one.document_number) if number),
            unit=one.unit.code,
            day=one.arrived_on,
            access=(f"case:{one.unit_id}",),
        )


def _precedents(numbers: Iterable[int]) -> Iterator[Document]:
    for one in Guidance.objects.filter(pk__in=list(numbers), is_precedent=True):
        yield Document(
            key=f"{PRECEDENT}:{one.pk}",
            kind="precedent",
            title=one.title,
            body=f"{one.question}\n{one.answer}\n{one.keywords}",
            day=one.answered_on,
            subject=one.outcome,
            access=(PRECEDENTS,),
        )


def _all(model: type[Application | Guidance]) -> Iterator[int]:
    def numbers() -> Iterator[int]:
        return model.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=2000)

    return numbers
