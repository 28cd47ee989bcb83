"""Units as the search engine sees them: by every name they bore, and by what their guide says of the disclosure office.

The room of units stands below this one and knows of no index: what it saves is marked here, in the same transaction.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db.models.signals import post_save

from gongkai.indexing.domain import outbox
from gongkai.indexing.sources import Source, register
from gongkai.search.port import Document
from gongkai.units.models import Guide, Span, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KIND = "units.unit"
_TOWN = re.compile(r"(?:.{2,6}?[市县区旗])?(?P<place>.{1,5}?(?:镇|乡|街道))(?:人民政府|办事处)?$")
_CITY = re.compile(r"^.{1,6}?[省市县区旗](?=.{2})")


def register_source() -> None:
    """Make units known to the index, and what changes of them."""
    register(Source(prefix=KIND, build=build, numbers=_numbers, words=_words))
    for model in (Unit, Span, Guide):
        post_save.connect(_saved, sender=model, dispatch_uid=f"{KIND}.{model.__name__}")


def build(numbers: Iterable[int]) -> Iterator[Document]:
    """Yield the documents of units; whoever ended is found, too, by those who remember the name."""
    units = Unit.objects.filter(pk__in=list(numbers)).select_related("guide").prefetch_related("spans")
    for unit in units:
        spans = list(unit.spans.all())
        if not spans:
            continue
        now, *before = reversed(spans)
        former = dict.fromkeys(span.name for span in before if span.name != now.name)
        guide = getattr(unit, "guide", None)
        told = (guide.office, guide.address, guide.hours, guide.telephone, guide.email) if guide else ()
        yield Document(
            key=f"{KIND}:{unit.pk}",
            kind="unit",
            title=now.name,
            body="\n".join(filter(None, (*told, *(f"原{name}" for name in former)))),
            numbers=(unit.code,),
            unit=unit.code,
            validity="repealed" if unit.abolished_on else "",
            keywords=(now.short_name,),
            access=("public",),
        )


def place_of(name: str) -> tuple[str, ...]:
    """Return the words of a place in the name of a unit: of a town with and without what it is.

    >>> place_of("海岚市东埔镇人民政府"), place_of("海岚市水利局")
    (('东埔镇', '东埔'), ('水利局',))
    """
    if town := _TOWN.search(name):
        place = town["place"]
        return (place, place.removesuffix("街道").rstrip("镇乡"))
    return (_CITY.sub("", name),)


def _words() -> Iterator[str]:
    for name, short_name in Span.objects.values_list("name", "short_name"):
        yield from (name, short_name, *place_of(name))
    yield from Guide.objects.values_list("office", flat=True)


def _numbers() -> Iterator[int]:
    return Unit.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=2000)


def _saved(sender: type[Unit | Span | Guide], instance: Unit | Span | Guide, raw: bool = False, **_: object) -> None:
    if not raw:
        number = instance.pk if sender is Unit else instance.unit_id
        outbox.mark_again([f"{KIND}:{number}"])
