"""Making applications of what was asked on the web: one for each unit, joined by ``form``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.sealing import unseal, unseal_bytes
from gongkai.applications.domain import papers
from gongkai.applications.domain.receiving import Arrival, receive
from gongkai.applications.models import Application, Medium
from gongkai.intake.domain.following import follow
from gongkai.intake.domain.queue import locked, settle
from gongkai.intake.errors import UnitsGoneError
from gongkai.intake.messages import PURPOSE, Asked, opened
from gongkai.intake.models import State, Submission
from gongkai.units.models import Unit

if TYPE_CHECKING:
    import uuid
    from datetime import date

    from gongkai.intake.models import SubmissionFile


def take_application(*, pk: uuid.UUID, today: date) -> None:
    """Make an application at every unit that was asked, but for those that an earlier attempt made already.

    Raises the first error after all units were tried: the submission then stays in the queue.
    """
    submission = Submission.objects.get(pk=pk)
    if submission.state != State.WAITING:
        return
    message = opened(submission)
    assert isinstance(message, Asked)
    first = None
    for unit in dict.fromkeys(message.units):
        try:
            _take_for(pk, unit, message, today)
        except Exception as error:  # noqa: BLE001 -- the others are not held back; it is raised below
            first = first or error
    if first is not None:
        raise first
    with transaction.atomic():
        found = locked(pk)
        if found is not None:
            settle(found)


@transaction.atomic
def _take_for(pk: uuid.UUID, unit: int, message: Asked, today: date) -> None:
    submission = locked(pk)
    if submission is None or Application.objects.filter(form=pk, unit=unit, split_from__isnull=True).exists():
        return
    target = Unit.objects.filter(pk=unit).first()
    if target is None:
        raise UnitsGoneError(f"申请的行政机关（内部编号 {unit}）不存在。请核对来件后由工作机构登记。")
    application = receive(
        unit=target,
        arrival=Arrival(Medium.WEB_FORM, submission.arrived_on),
        applicant_kind=message.applicant_kind,
        applicants=message.applicants,
        request=message.request,
        user=None,
        today=today,
        form=pk,
    )
    attach(application, submission, today)
    follow(application, submission.key)


def attach(application: Application, submission: Submission, today: date) -> None:
    """Put the files of a submission among the papers of a case."""
    for file in submission.files.all():
        name, data = contents(file)
        papers.add(application=application, kind=file.kind, data=data, name=name, user=None, today=today)


def contents(file: SubmissionFile) -> tuple[str, bytes]:
    """Return the name and the bytes of a file, in clear."""
    return unseal(file.name, PURPOSE), unseal_bytes(bytes(file.data), PURPOSE)
