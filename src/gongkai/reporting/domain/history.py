"""Reports of earlier years, as they were published: read from whatever file there is, and never made better."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.queries.scope import scope_of
from gongkai.annual import reader
from gongkai.annual.errors import ReadError
from gongkai.annual.reader import sniff
from gongkai.annual.report import Diagnostic
from gongkai.files import scanner, secrecy
from gongkai.files.domain import store
from gongkai.files.errors import KindRefusedError
from gongkai.reporting import addresses
from gongkai.reporting.domain import keeping
from gongkai.reporting.errors import (
    NotAuthorisedError,
    SameYearError,
    UnreadableFileError,
    WrongBodyError,
    WrongYearError,
)
from gongkai.reporting.lines import digest, digest_of, line_of
from gongkai.reporting.models import Edition, EditionFile, Origin, Scope
from gongkai.reporting.rules_editions import may_import

if TYPE_CHECKING:
    from gongkai.accounts.models import User
    from gongkai.annual.report import Report
    from gongkai.files.models import Blob
    from gongkai.units.models import Unit

ARTICLE = "条例 第四十九条"

_LAST = (3, 31)
_LONGEST = 120
_ALSO_KEPT = {
    "html": sniff.EXTENSIONS[sniff.Format.HTML],
    "rtf": frozenset({"rtf"}),
    "json": frozenset({"json"}),
}
_UNDATED = Diagnostic("info", "undated", "原报告未载公布日期，按法定期限的最后一天登记。")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose report it is: one of our units, or the name of another body; ``scope`` as for the unit's own reports."""

    unit: Unit | None = None
    body: str = ""
    scope: str = Scope.OWN


@transaction.atomic
def bring_in(
    *,
    data: bytes,
    name: str,
    owner: Owner,
    user: User | None,
    today: date,
    published_on: date | None = None,
    year: int | None = None,
) -> Edition:
    """Read the report in ``data``, a file called ``name``, and keep it as published on ``published_on``.

    Where the day is not known, it is entered under the last one that the law allows, and says so.
    What could not be read stays unread, and what the reader had to say is kept with it. ``year`` is what the person
    says, where it must be checked or the file does not say it. The file itself is kept beside what was read.
    Raises ``UnreadableFileError``, ``WrongYearError``, ``WrongBodyError``, ``SameYearError``, ``NotAuthorisedError``
    and what ``files.domain.store.keep`` raises.
    """
    unit = owner.unit
    if user is not None and not may_import(scope_of(user, today), unit.pk if unit else None):
        whose = f"机构 {unit.code}" if unit else "其他机关"
        raise NotAuthorisedError(f"您没有相应角色，不能导入{whose}的历史报告。请由工作机构负责人或主管部门导入。")
    report = _of_year(_of_body(_read(data, name), owner, name), year, name)
    assert report.body is not None
    assert report.year is not None
    day = published_on or min(date(report.year + 1, *_LAST), today)
    _demand_day(report.year, day, today, name)
    if published_on is None:
        report = replace(report, diagnostics=(*report.diagnostics, _UNDATED))
    slug = addresses.of_unit(unit, owner.scope) if unit else addresses.of_body(report.body)
    _refuse_known(slug, report)
    line = line_of(report)
    edition = Edition.objects.create(
        unit=unit,
        body=report.body,
        slug=slug,
        year=report.year,
        scope=owner.scope,
        origin=Origin.IMPORTED,
        report=line,
        digest=digest_of(line),
        frozen_at=timezone.now(),
        frozen_by=user,
        published_on=day,
    )
    _keep(edition, f"{line}\n".encode(errors="replace"), data, name)
    keeping.trace(
        "report-imported",
        edition,
        user,
        ARTICLE,
        file=name,
        source=digest(data),
        published_on=day.isoformat(),
        unread=sorted(report.unread_keys),
    )
    keeping.put_up(edition)
    return edition


def _read(data: bytes, name: str) -> Report:
    try:
        report = reader.read_bytes(data, name=name)
    except ReadError as error:
        raise UnreadableFileError(f"“{name}”没有导入：{error}", {"file": str(error)}) from error
    if not report.cells and not report.unreadable:
        raise UnreadableFileError(
            f"“{name}”没有导入：读不出统计表中的任何一格。请换用原报告的其他格式（网页、Word、PDF）。",
            {"file": "读不出统计表。"},
        )
    return report


def _of_body(report: Report, owner: Owner, name: str) -> Report:
    """Return the report under the name of the body that was said; the one it prints must be the same body."""
    said = [owner.body] if owner.body else []
    if owner.unit is not None:
        said += owner.unit.spans.order_by("-begins_on").values_list("name", flat=True)
    if not said and not report.body:
        raise WrongBodyError(
            f"“{name}”没有导入：报告里找不到机关名称。请指明是哪个机关的报告。", {"body": "请填写机关名称。"}
        )
    known = {addresses.key_of(one) for one in said}
    if known and report.body and addresses.key_of(report.body) not in known:
        raise WrongBodyError(
            f"“{name}”没有导入：这是“{report.body}”的报告，不是“{said[0]}”的。请核对所选机关或文件。",
            {"body": f"报告上的机关是“{report.body}”。"},
        )
    body = owner.body or report.body or said[0]
    if len(body) > _LONGEST:
        raise WrongBodyError(f"“{name}”没有导入：机关名称“{body[:20]}……”太长。请填写机关全称。", {"body": "太长。"})
    return replace(report, body=body)


def _of_year(report: Report, year: int | None, name: str) -> Report:
    if year is not None and report.year not in {None, year}:
        raise WrongYearError(
            f"“{name}”没有导入：这是 {report.year} 年的报告，不是 {year} 年的。请核对所选年度或文件。",
            {"year": f"报告上的年度是 {report.year}。"},
        )
    found = year if report.year is None else report.year
    if found is None:
        raise WrongYearError(f"“{name}”没有导入：报告里找不到年度。请指明是哪一年的报告。", {"year": "请填写年度。"})
    return replace(report, year=found)


def _demand_day(year: int, published_on: date, today: date, name: str) -> None:
    if not year < published_on.year or published_on > today:
        raise WrongYearError(
            f"“{name}”没有导入：{year} 年的报告不会在 {published_on} 公布。请核对年度和公布日。",
            {"published_on": "应在报告年度结束之后、今天以前。"},
            article=ARTICLE,
        )


def _refuse_known(slug: str, report: Report) -> None:
    known = Edition.objects.filter(slug=slug, year=report.year).order_by("-version").first()
    if known is not None:
        how = "由本系统编制" if known.origin == Origin.COMPILED else f"已于 {known.frozen_at:%Y-%m-%d} 导入"
        raise SameYearError(
            f"“{known.body}”{report.year} 年的报告{how}，没有重复导入。请先核对年度；已有的报告不能替换。",
            {"year": "该年度已有报告。"},
        )


def _keep(edition: Edition, made: bytes, data: bytes, name: str) -> None:
    """Keep what was read as data, and the file as it came."""
    keeping.keep_files(edition, {"json": made})
    if data != made:
        EditionFile.objects.create(edition=edition, format=EditionFile.ORIGINAL, blob=_original(data, name))


def _original(data: bytes, name: str) -> Blob:
    """Keep web pages as well, which the store takes from nobody else: they are given out to be saved, never shown."""
    try:
        return store.keep(data=data, name=name)
    except KindRefusedError:
        extension = name.lower().rpartition(".")[2]
        kind = next((kind for kind, extensions in _ALSO_KEPT.items() if extension in extensions), None)
        if kind is None or sniff.sniff(data) not in {sniff.Format.TEXT, sniff.Format.HTML, sniff.Format.RTF}:
            raise
        secrecy.check(data, "text", name)
        scanner.scan(data, name)
        return store.keep_made(data=data, kind=kind)
