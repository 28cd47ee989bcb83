"""The papers of a case: let in, and read where reading them is itself an act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.applications import rules
from gongkai.applications.domain.authority import authorise, locked
from gongkai.applications.domain.trace import trace
from gongkai.applications.errors import IncompleteError, SecretContentError
from gongkai.applications.models import Paper, PaperKind
from gongkai.files.domain import store
from gongkai.files.models import State

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.models import Application, Event
    from gongkai.files.models import Redaction

PERSONAL = frozenset({PaperKind.FORM, PaperKind.IDENTITY, PaperKind.AUTHORITY, PaperKind.CORRECTION, PaperKind.OPINION})
"""Kinds of papers that hold personal data."""


@transaction.atomic
def add(*, application: Application, kind: str, data: bytes, name: str, user: User | None, today: date) -> Paper:
    """Add a file to a case; the same bytes of one kind are added once. Raises a ``FileRefusedError``."""
    application = locked(application)
    authorise(application, user, today, "添加案卷材料")
    if application.is_secret and kind not in PERSONAL:
        raise SecretContentError(
            "涉密申请不得在本系统留存材料。请按保密规定在涉密场所另行保管。", article="《保守国家秘密法》（2024年）"
        )
    blob = store.keep(data=data, name=name)
    known = application.papers.filter(blob=blob, kind=kind).first()
    if known is not None:
        return known
    paper = Paper.objects.create(
        application=application,
        kind=kind,
        blob=blob,
        name=name.replace("\\", "/").rsplit("/", 1)[-1][-200:],
        is_personal=kind in PERSONAL,
        added_by=user,
    )
    trace("paper_added", application, user, paper=paper.pk, kind=str(kind), digest=blob.digest)
    return paper


@transaction.atomic
def read(*, paper: Paper, user: User, today: date) -> bytes:
    """Return the bytes of a paper; one with personal data only to those who must know, and each look is entered."""
    if paper.is_personal:
        authorise(paper.application, user, today, "查看含个人信息的材料", rules.may_reveal)
        trace("paper_read", paper.application, user, "《个人信息保护法》第五十一条", paper=paper.pk)
    return store.read(paper.blob)


@transaction.atomic
def read_evidence(*, event: Event, user: User, today: date) -> bytes:
    """Return the bytes of the proof of an event; it may hold personal data, so each look is entered."""
    authorise(event.application, user, today, "查看办理凭证", rules.may_reveal)
    article = "《个人信息保护法》第五十一条"
    trace("evidence_read", event.application, user, article, sequence=event.sequence)
    return store.read(event.evidence)


@transaction.atomic
def release(*, paper: Paper, copy: Redaction, user: User, today: date) -> Paper:
    """File a redacted copy of ``paper`` that was proven clean as information to be given to the applicant."""
    if copy.state != State.MADE or copy.subject != subject_of(paper):
        raise IncompleteError("遮盖件没有制作完成，或者不是这份材料的遮盖件，不能归入案卷。请重新制作。")
    data = store.read(copy.copy)
    application, name = paper.application, copy.file_name
    return add(application=application, kind=PaperKind.RELEASED, data=data, name=name, user=user, today=today)


def subject_of(paper: Paper) -> str:
    """Return what redactions of ``paper`` are kept under."""
    return f"applications.paper:{paper.pk}"
