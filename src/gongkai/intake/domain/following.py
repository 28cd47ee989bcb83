"""Keeping what the applicant sees at what the case is.

An event of a followed case marks its row in the same transaction; the worker writes marked rows again. Days pass
without events, so open cases are marked once a day as well. The applicant's page never computes anything.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_save
from django.utils import timezone

from gongkai.accounts.sealing import seal, seal_bytes
from gongkai.applications.models import PENDING, Application, Event, SealMedium, Stage
from gongkai.files.domain import store
from gongkai.intake.errors import whereabouts
from gongkai.intake.models import TrackedCase, TrackedFile
from gongkai.intake.queries import seeing
from gongkai.intake.sight import PURPOSE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from gongkai.applications.models import Letter
    from gongkai.files.models import Blob

logger = logging.getLogger(__name__)

MOST_BYTES = 30 << 20
"""A larger file is not kept a second time for the web: the applicant is told to ask for it."""


def follow(application: Application, key: str) -> TrackedCase:
    """Show ``application`` to whoever has the number and the code behind ``key``, from now on."""
    found, _ = TrackedCase.objects.get_or_create(application=application, defaults={"key": key})
    return found


def refresh_next() -> bool:
    """Write one marked row again; return whether there was one."""
    pk = TrackedCase.objects.filter(is_stale=True).values_list("pk", flat=True).first()
    if pk is None:
        return False
    try:
        refresh(pk=pk, today=timezone.localdate())
    except Exception as error:  # noqa: BLE001 -- one case must not hold back the others
        # Put aside until the next event or the next day.
        logger.error("办理进度 %s 未能更新：%s", pk, whereabouts(error))  # noqa: TRY400 -- words may quote the case
        TrackedCase.objects.filter(pk=pk).update(is_stale=False, day=None)
    return True


@transaction.atomic
def refresh(*, pk: Any, today: date) -> None:  # noqa: ANN401 -- a key of any kind
    """Compute what the applicant sees of one case, and keep the letters that were issued online beside it."""
    case = TrackedCase.objects.select_for_update(of=("self",)).get(pk=pk)
    application = Application.objects.select_related("unit").get(pk=case.application_id)
    if application.stage == Stage.SPLIT:
        for part in application.parts.all():
            follow(part, case.key)
    case.content = seeing.sight_of(application, today).sealed()
    case.day, case.is_stale = today, False
    case.save(update_fields=["content", "day", "is_stale"])
    _keep_files(case, application)


def mark_open(*, day: date) -> int:
    """Mark the rows of all open cases that were written before ``day``, and those that could not be written."""
    stages = [str(stage) for stage in PENDING]
    is_old = Q(day__lt=day, application__stage__in=stages) | Q(day__isnull=True)
    return TrackedCase.objects.filter(is_old, is_stale=False).update(is_stale=True)


def connect() -> None:
    """Mark the row of a case with each of its events."""
    post_save.connect(_mark, sender=Event, dispatch_uid="intake.following")


def _mark(instance: Event, **_: object) -> None:
    # Marked rows too: that makes it wait for a ``refresh`` that runs, which does not know this event yet.
    TrackedCase.objects.filter(application=instance.application_id).update(is_stale=True)


def _keep_files(case: TrackedCase, application: Application) -> None:
    kept = set(case.files.values_list("letter", "digest"))
    wanted = set()
    for letter, papers in seeing.online(application):
        given = [*_copies(letter), *((paper.blob, paper.name) for paper in papers)]
        for one, name in given:
            wanted.add((letter.pk, one.digest))
            if (letter.pk, one.digest) not in kept and one.size <= MOST_BYTES:
                _keep(case, letter, one, name)
    for letter, digest in kept - wanted:
        case.files.filter(letter=letter, digest=digest).delete()


def _copies(letter: Letter) -> Iterator[tuple[Blob, str]]:
    """Yield the text of a letter as it can be read, and what bears the seal where that is another paper.

    A letter with an electronic seal is one file. A scan can neither be searched nor read aloud, and not everybody can
    open OFD.
    """
    name = f"{letter.title}{letter.number}"
    sealed, text = letter.sealed_copy, letter.pdf
    if sealed and (letter.medium == SealMedium.ELECTRONIC or not text):
        yield sealed, f"{name}{_suffix(sealed)}"
        return
    if text:
        yield text, f"{name}{_suffix(text)}"
    if sealed:
        yield sealed, f"{name}（盖章件）{_suffix(sealed)}"


def _suffix(blob: Blob) -> str:
    return f".{'jpg' if blob.kind == 'jpeg' else blob.kind}"


def _keep(case: TrackedCase, letter: Letter, blob: Blob, name: str) -> None:
    TrackedFile.objects.get_or_create(
        case=case,
        letter=letter,
        digest=blob.digest,
        defaults={
            "kind": blob.kind,
            "name": seal(name, PURPOSE),
            "data": seal_bytes(store.read(blob), PURPOSE),
        },
    )
