"""Records as the search engine sees them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db.models import Count

from gongkai.files import extracts
from gongkai.indexing.sources import Source, register
from gongkai.records.domain.trace import KIND
from gongkai.records.markup import plain
from gongkai.records.models import Category, Record, Stage
from gongkai.search.port import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_ATTACHED = 150_000
"""Characters of all the attachments of one record that can be found."""
_BETWEEN = re.compile(r"[\s,，;；、|/]+")


def register_source() -> None:
    """Make records known to the index."""
    register(Source(prefix=KIND, build=build, numbers=_numbers, words=_words))


def build(numbers: Iterable[int]) -> Iterator[Document]:
    """Yield the documents of the records that exist; drafts too, for those who may read their unit's papers."""
    records = (
        Record.objects.filter(pk__in=list(numbers))
        .select_related("unit")
        .prefetch_related("aliases", "attachments__blob")
    )
    for record in records:
        numbers_of = [record.document_number, record.index_number, *(alias.number for alias in record.aliases.all())]
        yield Document(
            key=f"{KIND}:{record.pk}",
            kind="interpretation" if record.category == Category.INTERPRETATION else "record",
            title=record.title,
            body="\n".join(filter(None, (record.summary, plain(record.body), *_attached(record)))),
            numbers=tuple(number for number in numbers_of if number),
            unit=record.unit.code,
            day=record.made_on,
            validity=record.validity,
            subject=record.subject,
            keywords=tuple(keywords(record.keywords)),
            access=(f"unit:{record.unit_id}", *(("public",) if record.stage == Stage.PUBLISHED else ())),
        )


def keywords(text: str) -> list[str]:
    """Return the keywords of a record, which are typed with any mark between them.

    >>> keywords("燃气安全；入户检查、 整改")
    ['燃气安全', '入户检查', '整改']
    """
    return [word for word in _BETWEEN.split(text) if word]


def _attached(record: Record) -> Iterator[str]:
    """Yield the names of the attachments and, once it is published, what was read in them; bounded in all."""
    left = MAX_ATTACHED
    for one in record.attachments.all():
        yield one.name
        if record.stage == Stage.PUBLISHED and left > 0:
            words = extracts.words_of(one.blob)[:left]
            left -= len(words)
            yield words


def _words() -> Iterator[str]:
    """Yield the keywords of what is published, those of several documents twice: they are kept first."""
    published = Record.objects.filter(stage=Stage.PUBLISHED).exclude(keywords="").order_by()
    for text, count in published.values_list("keywords").annotate(count=Count("pk")).iterator(chunk_size=2000):
        for word in keywords(text):
            yield from (word,) * min(count, 2)


def _numbers() -> Iterator[int]:
    return Record.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=2000)
