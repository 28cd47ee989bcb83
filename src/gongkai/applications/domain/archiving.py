"""Closing the volume of a case (条例 第四十五条: 登记、审核、办理、答复、归档)."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.db import transaction

from gongkai.applications import rules
from gongkai.applications.domain.authority import authorise, demand_past, locked
from gongkai.applications.domain.entering import append
from gongkai.applications.domain.numbering import next_serial
from gongkai.applications.domain.trace import trace
from gongkai.applications.errors import StruckError
from gongkai.applications.kinds import KINDS
from gongkai.applications.models import ENDED, Retention, Volume
from gongkai.files.domain import store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.models import Application
    from gongkai.files.models import Blob

ARTICLE = "《政府信息公开条例》第四十五条"

Piece = dict[str, Any]
_contributors: list[Callable[[Application], Iterable[tuple[Piece, Blob | None]]]] = []
_holds: list[Callable[[Application], str]] = []


def contribute(pieces: Callable[[Application], Iterable[tuple[Piece, Blob | None]]]) -> None:
    """Have ``pieces`` asked for what belongs into a volume: title, day, kind; and the file, if there is one."""
    if pieces not in _contributors:
        _contributors.append(pieces)


def hold(reason: Callable[[Application], str]) -> None:
    """Have ``reason`` asked before a volume is closed: what it returns keeps the volume open (a remedy, say)."""
    if reason not in _holds:
        _holds.append(reason)


@transaction.atomic
def close(
    *,
    application: Application,
    user: User,
    today: date,
    retention: int = Retention.TEN,
    day: date | None = None,
    seen: int | None = None,
) -> Volume:
    """Close the volume of a finished case: number, catalogue, digest. From then on nothing is entered."""
    application = locked(application, seen)
    authorise(application, user, today, "归档")
    day = day or today
    demand_past(day, today, "归档")
    if application.stage not in ENDED:
        raise StruckError(
            f"{application.number}{application.get_stage_display()}，尚未办结，不能归档。请先答复或者结案。",
            article=ARTICLE,
        )
    reasons = [words for reason in _holds if (words := reason(application))]
    if reasons:
        raise StruckError(f"{application.number} 暂不能归档：{'；'.join(reasons)}。请办结后再归档。", article=ARTICLE)
    append(application, "archived", day, user, today=today, years=int(retention))
    catalogue = [piece for piece, _ in _numbered(application)]
    volume = Volume.objects.create(
        application=application,
        number=_number(application, day),
        closed_on=day,
        retention=retention,
        keep_until=day.replace(year=day.year + retention, month=12, day=31) if retention else None,
        catalogue=catalogue,
        digest=digest_of(catalogue),
        closed_by=user,
    )
    application.archived_on = day
    application.save(update_fields=["archived_on"])
    trace("archived", application, user, ARTICLE, volume=volume.number, digest=volume.digest)
    return volume


@transaction.atomic
def export(*, volume: Volume, user: User, today: date) -> bytes:
    """Return the volume as a zip: its catalogue, its events, its files by their number; the export is in the journal.

    Raises ``StruckError`` where what is stored no longer gives the digest of the volume.
    """
    application = volume.application
    authorise(application, user, today, "导出案卷", rules.may_reveal)
    if digest_of(volume.catalogue) != volume.digest:
        raise StruckError(
            f"案卷 {volume.number} 的目录与归档时的摘要不符，不能导出。请运行 gongkai verify-log 并报告管理员。"
        )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "卷内目录.json", _json({"卷号": volume.number, "目录": volume.catalogue, "摘要": volume.digest})
        )
        archive.writestr("办理经过.json", _json(list(_events(application))))
        for piece, blob in _numbered(application):
            if blob is not None and piece in volume.catalogue:
                archive.writestr(f"{piece['number']:03d}.{blob.kind}", store.read(blob))
    trace("volume_exported", application, user, "《个人信息保护法》第五十一条", volume=volume.number)
    return target.getvalue()


def digest_of(catalogue: list[Piece]) -> str:
    """Return SM3 over a catalogue, as 64 hexadecimal digits."""
    computation = Hash(SM3())
    computation.update(json.dumps(catalogue, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
    return computation.finalize().hex()


def _number(application: Application, day: date) -> str:
    serial = next_serial(f"volume:{application.unit_id}:{day.year}")
    return f"{application.unit.code}-YSQ-{day.year:04d}-{serial:04d}"


def _numbered(application: Application) -> Iterator[tuple[Piece, Blob | None]]:
    pieces = [*_papers(application), *(piece for found in _contributors for piece in found(application))]
    pieces.sort(key=lambda entry: (entry[0]["day"], entry[0]["title"]))
    for number, (piece, blob) in enumerate(pieces, 1):
        yield {"number": number, **piece, "digest": blob.digest if blob else ""}, blob


def _papers(application: Application) -> Iterator[tuple[Piece, Blob | None]]:
    for paper in application.papers.select_related("blob"):
        day = paper.added_at.date().isoformat()
        yield {"title": f"{paper.get_kind_display()}：{paper.name}", "day": day, "kind": paper.kind}, paper.blob
    for search in application.searches.all():
        yield {"title": f"检索记录（{search.searcher}）", "day": search.day.isoformat(), "kind": "search"}, None
    for event in application.events.select_related("evidence"):
        if event.evidence is not None:
            title = event.evidence_name or KINDS[event.kind].caption
            yield {"title": title, "day": event.day.isoformat(), "kind": event.kind}, event.evidence


def _events(application: Application) -> Iterator[Piece]:
    for event in application.events.order_by("sequence"):
        yield {
            "序号": event.sequence,
            "事项": KINDS[event.kind].caption,
            "日期": event.day.isoformat(),
            "登记时间": event.entered_at.isoformat(),
            "内容": event.payload,
            "划去": event.struck_by_or_none is not None,
        }


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1)
