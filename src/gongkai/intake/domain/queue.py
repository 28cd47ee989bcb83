"""A row of the queue, held while it is taken and settled with what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from gongkai.intake.models import Kind, State, Submission

if TYPE_CHECKING:
    import uuid


def locked(pk: uuid.UUID) -> Submission | None:
    """Return the submission, its row locked until the transaction ends; ``None`` where it is not waiting any more."""
    return Submission.objects.select_for_update().filter(pk=pk, state=State.WAITING).first()


def is_early(submission: Submission) -> bool:
    """Tell whether the application with the same number and code still waits, at one of its agencies at least."""
    same = Submission.objects.filter(kind=Kind.APPLICATION, key=submission.key, state=State.WAITING)
    return bool(submission.key) and same.exists()


def settle(submission: Submission, state: str = State.TAKEN) -> None:
    """Write down that it was dealt with, and empty it: what it said stands elsewhere now, or is not wanted."""
    submission.files.all().delete()
    submission.state, submission.settled_at = state, timezone.now()
    submission.content, submission.error, submission.retry_at = "", "", None
    submission.save(update_fields=["state", "settled_at", "content", "error", "retry_at"])
