"""What freezing and importing have in common: the files of a report, and the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.domain.people import actor_of
from gongkai.annual import jsonio, writer
from gongkai.files.domain import shelf, store
from gongkai.indexing.domain import outbox
from gongkai.journal.domain.entry import record as note
from gongkai.reporting.models import Edition, EditionFile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gongkai.accounts.models import User

KIND = "reporting.edition"
RENDERED = ("html", "docx", "pdf", "json")
"""The files a report is frozen as."""


def render(line: str) -> dict[str, bytes]:
    """Return the files of the report in ``line``, by format. They follow from the line alone: the same, byte by byte.

    Raises a ``WriteError``.
    """
    report = jsonio.loads(line)
    return {kind: writer.write(report, kind) for kind in RENDERED}


def keep_files(edition: Edition, files: dict[str, bytes]) -> None:
    """Keep the files of a report that was just frozen."""
    for kind, data in files.items():
        EditionFile.objects.create(edition=edition, format=kind, blob=store.keep_made(data=data, kind=kind))


def put_up(edition: Edition) -> None:
    """Have the files of a report that comes out lie where the public side finds them."""
    shelf.arrange(edition.files.values_list("blob__digest", flat=True))


def trace(act: str, edition: Edition, user: User | None, article: str = "", **detail: object) -> None:
    """Record ``reporting.act`` on a frozen report and mark it for the index; ``user`` is ``None`` for the system."""
    actor = actor_of(user, edition.unit)
    about = {"slug": edition.slug, "year": edition.year, "version": edition.version, "digest": edition.digest} | detail
    note(act=f"reporting.{act}", actor=actor, subject=f"{KIND}:{edition.pk}", article=article, detail=about)
    # The version before is found no more once this one is out.
    outbox.mark(f"{KIND}:{number}" for number in (edition.pk, edition.replaces_id) if number)


def listed(words: Iterable[str], most: int = 8) -> str:
    """Return words as people list them: the first ``most``, and how many more."""
    found = list(words)
    more = f"等 {len(found)} 项" if len(found) > most else ""
    return "、".join(found[:most]) + more
