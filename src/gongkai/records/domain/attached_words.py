"""Having the attachments of what is published read, so that it is found by what stands in them.

A record is found by its title and body at once; by its attachments when they were read, which may take minutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django_tasks import task

from gongkai.files import extracts
from gongkai.indexing.domain import outbox
from gongkai.records.domain.trace import KIND
from gongkai.records.models import Attachment, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from gongkai.records.models import Record

A_RUN = 200
"""Files read in one run over what is not read yet; the next run goes on."""


def have_read(record: Record) -> None:
    """Leave the reading to the worker, in the transaction that publishes ``record``."""
    if record.attachments.exists():
        read_attachments.enqueue(record.pk)


@task
def read_attachments(number: int) -> None:
    """Read what is not read yet of the attachments of a record; safe to be done twice."""
    _read(Attachment.objects.filter(record=number, record__stage=Stage.PUBLISHED).select_related("blob"))


def read_rest(*, day: date) -> None:
    """Read what was published before there was this, or while a task was lost."""
    del day
    waiting = Attachment.objects.filter(record__stage=Stage.PUBLISHED).select_related("blob").order_by("-pk")
    _read([one for one in waiting.iterator(chunk_size=2000) if not extracts.is_read(one.blob)][:A_RUN])


def _read(attachments: Iterable[Attachment]) -> None:
    for one in attachments:
        if extracts.is_read(one.blob):
            continue
        if extracts.read(one.blob):
            with transaction.atomic():
                outbox.mark([f"{KIND}:{one.record_id}"])
