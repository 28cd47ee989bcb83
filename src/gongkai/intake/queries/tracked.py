"""What is found by number and code: the same one look-up whichever of the two is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.accounts.sealing import unseal, unseal_bytes
from gongkai.files.kinds import MEDIA_TYPES
from gongkai.intake import sight
from gongkai.intake.models import FileWindow, SightWindow

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable

    from gongkai.intake.sight import Sight


@dataclass(frozen=True, slots=True)
class Shown:
    """A case that was found, and the names of the files that can be taken, by their keys."""

    id: uuid.UUID
    sight: Sight
    files: list[tuple[uuid.UUID, str]]


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was issued to the applicant."""

    name: str
    data: bytes
    media_type: str


def find(keys: Iterable[str]) -> list[Shown]:
    """Return the cases kept under any of ``keys``, the first one first; two queries, one where there is none."""
    rows = [row for row in SightWindow.objects.filter(key__in=list(keys)).order_by("place") if row.content]
    if not rows:
        return []
    files: dict[uuid.UUID, list[tuple[uuid.UUID, str]]] = {}
    names = FileWindow.objects.filter(case_id__in=[row.id for row in rows])
    for pk, case, name in names.values_list("id", "case_id", "name"):
        files.setdefault(case, []).append((pk, unseal(name, sight.PURPOSE)))
    return [
        Shown(row.id, sight.opened(row.content), sorted(files.get(row.id, []), key=lambda one: one[1])) for row in rows
    ]


def file(key: str, pk: uuid.UUID) -> Taken | None:
    """Return a file of a case that is kept under ``key``; ``None`` for any other."""
    found = FileWindow.objects.filter(pk=pk, case_id__in=SightWindow.objects.filter(key=key).values("id")).first()
    if found is None:
        return None
    media_type = MEDIA_TYPES.get(found.kind, "application/octet-stream")
    return Taken(unseal(found.name, sight.PURPOSE), unseal_bytes(bytes(found.data), sight.PURPOSE), media_type)
