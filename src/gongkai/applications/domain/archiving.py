"""Closing the volume of a case (条例 第四十五条: 登记、审核、办理、答复、归档)."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.db import transaction

from gongkai.applications import rules
from gongkai.applications.domain.authority import authorise, demand_past
from gongkai.applications.domain.numbering import next_serial
from gongkai.applications.domain.trace import trace
from gongkai.applications.errors import StruckError
from gongkai.applications.holders.port import holder_of
from gongkai.applications.models import Retention, Volume
from gongkai.files.domain import store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.models import Application, Matter
    from gongkai.files.models import Blob

ARTICLE = "《政府信息公开条例》第四十五条"

Piece = dict[str, Any]
_contributors: list[Callable[[Application], Iterable[tuple[Piece, Blob | None]]]] = []
_holds: list[Callable[[Application], str]] = []


def contribute(pieces: Callable[[Application], Iterable[tuple[Piece, Blob | None]]]) -> None:
    """Have ``pieces`` asked for what belongs into the volume of an application.

    Each is title, day and kind, and the file, if there is one.
    """
    if pieces not in _contributors:
        _contributors.append(pieces)


def hold(reason: Callable[[Application], str]) -> None:
    """Have ``reason`` asked before the volume of an application is closed.

    What it returns keeps the volume open (a remedy, say).
    """
    if reason not in _holds:
        _holds.append(reason)


def held(application: Application) -> list[str]:
    """Return what other rooms hold the volume of an application open for."""
    return [words for reason in _holds if (words := reason(application))]


def contributed(application: Application) -> Iterator[tuple[Piece, Blob | None]]:
    """Yield what other rooms put into the volume of an application."""
    for pieces in _contributors:
        yield from pieces(application)


@transaction.atomic
def close(
    *,
    case: Application | Matter,
    user: User,
    today: date,
    retention: int = Retention.TEN,
    day: date | None = None,
    seen: int | None = None,
    note: str = "",
) -> Volume:
    """Close the volume of a finished case: number, catalogue, digest. From then on nothing is entered.

    ``note`` explains what the checks of a matter found and what can no longer be mended.
    """
    holder = holder_of(case)
    case = holder.locked(case, seen)
    authorise(case, user, today, "归档")
    day = day or today
    demand_past(day, today, "归档")
    reasons = holder.reasons_to_hold(case, note)
    if reasons:
        raise StruckError(f"{case.number} 暂不能归档：{'；'.join(reasons)}。请办结后再归档。", article=ARTICLE)
    holder.archive(case, day, user, today, years=int(retention), note=note.strip())
    catalogue = [piece for piece, _ in _numbered(case)]
    volume = Volume(
        number=_number(case, day),
        closed_on=day,
        retention=retention,
        keep_until=day.replace(year=day.year + retention, month=12, day=31) if retention else None,
        catalogue=catalogue,
        digest=digest_of(catalogue),
        closed_by=user,
    )
    volume.case = case
    volume.save()
    trace("archived", case, user, ARTICLE, volume=volume.number, digest=volume.digest)
    return volume


@transaction.atomic
def export(*, volume: Volume, user: User, today: date) -> bytes:
    """Return the volume as a zip: its catalogue, its events, its files by their number; the export is in the journal.

    Raises ``StruckError`` where what is stored no longer gives the digest of the volume.
    """
    case = volume.case
    authorise(case, user, today, "导出案卷", rules.may_reveal)
    if digest_of(volume.catalogue) != volume.digest:
        raise StruckError(
            f"案卷 {volume.number} 的目录与归档时的摘要不符，不能导出。请运行 gongkai verify-log 并报告管理员。"
        )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "卷内目录.json", _json({"卷号": volume.number, "目录": volume.catalogue, "摘要": volume.digest})
        )
        archive.writestr("办理经过.json", _json(list(holder_of(case).history(case))))
        for piece, blob in _numbered(case):
            if blob is not None and piece in volume.catalogue:
                archive.writestr(f"{piece['number']:03d}.{blob.kind}", store.read(blob))
    trace("volume_exported", case, user, "《个人信息保护法》第五十一条", volume=volume.number)
    return target.getvalue()


def digest_of(catalogue: list[Piece]) -> str:
    """Return SM3 over a catalogue, as 64 hexadecimal digits."""
    computation = Hash(SM3())
    computation.update(json.dumps(catalogue, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
    return computation.finalize().hex()


def _number(case: Application | Matter, day: date) -> str:
    series = holder_of(case).series(case)
    # The run of applications was there before there were others; its key stays as it is.
    run = f"volume:{case.unit_id}:{day.year}" if series == "YSQ" else f"volume:{series}:{case.unit_id}:{day.year}"
    return f"{case.unit.code}-{series}-{day.year:04d}-{next_serial(run):04d}"


def _numbered(case: Application | Matter) -> Iterator[tuple[Piece, Blob | None]]:
    pieces = sorted(holder_of(case).pieces(case), key=lambda entry: (entry[0]["day"], entry[0]["title"]))
    for number, (piece, blob) in enumerate(pieces, 1):
        yield {"number": number, **piece, "digest": blob.digest if blob else ""}, blob


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1)
