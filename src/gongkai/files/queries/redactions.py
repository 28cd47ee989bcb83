"""Which redactions a subject has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.files.models import Redaction, State

if TYPE_CHECKING:
    from django.db.models import QuerySet


def of(subject: str) -> QuerySet[Redaction]:
    """Return the redactions of ``subject`` (``room.model:key``), newest first, with their files and people.

    Whether somebody may see them is for the room to say that owns the subject.
    """
    return Redaction.objects.filter(subject=subject).select_related("original", "copy", "unit", "ordered_by")


def released(subject: str) -> QuerySet[Redaction]:
    """Return those with a copy that was proven clean: the only files of theirs that may go out."""
    return of(subject).filter(state=State.MADE)
