"""Taking a paper register over: each row becomes a case by the same verbs as any other, or goes back with its reason.

The rows are sealed as they come in, and the file is not kept. Every row is a transaction of its own: whatever
interrupts the run, what is a case is no longer waiting, and what is waiting is not a case.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.accounts.queries.scope import scope_of
from gongkai.accounts.sealing import seal, unseal
from gongkai.applications import rules
from gongkai.applications.course import standing
from gongkai.applications.domain import entering, receiving
from gongkai.applications.domain.authority import locked
from gongkai.applications.domain.identity import PURPOSE, Identity, indexes
from gongkai.applications.domain.receiving import Arrival, Request
from gongkai.applications.domain.trace import trace
from gongkai.applications.errors import ApplicationError, IncompleteError, NotAuthorisedError
from gongkai.applications.kinds import CHANNEL_OF, CONFIRMED, RECEIVED
from gongkai.applications.models import Application, IdentityProof, LineState, RegisterImport, RegisterLine
from gongkai.applications.paper_register import reading
from gongkai.applications.paper_register.columns import fields
from gongkai.files import kinds, scanner, secrecy
from gongkai.journal.domain.entry import record
from gongkai.law.clock.events import CONFIRMED as NEEDS_CONFIRMATION
from gongkai.law.errors import LawError
from gongkai.tables import captions
from gongkai.tables.book import BookReader
from gongkai.tables.errors import FileFormatError
from gongkai.tables.text import EncodingWatch, TextReader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.tables.sheet import Reader
    from gongkai.units.models import Unit

MAX_BYTES = 20 << 20
MAX_ROWS = 50_000
_SERIAL = "serial"
_COLUMN_OF = {
    "received": "received",
    "confirmed": "received",
    "correction_notice": "correction_on",
    "correction_answer": "corrected_on",
    "third_party_sent": "consulted_on",
    "third_party_opinion": "opinion_on",
    "extension": "extended_on",
    "answer": "answered_on",
    "withdrawal": "answered_on",
    "note": "remark",
}
"""The column a kind of event is told in."""
_COLUMN_OF_FIELD = {"applicants": "applicant", "description": "content", "outcome": "outcome", "medium": "medium"}
"""The column of a field by which a verb says what is wrong."""


class _RefusedError(Exception):
    """A verb, or the law, refused what a row tells of ``kind``."""

    def __init__(self, kind: str, error: ApplicationError | LawError) -> None:
        super().__init__(str(error))
        self.kind, self.error = kind, error

    @property
    def words(self) -> str:
        """Say in which column, what, by which article and what to do."""
        named = (_COLUMN_OF_FIELD[name] for name in getattr(self.error, "fields", ()) if name in _COLUMN_OF_FIELD)
        column = next(named, _COLUMN_OF.get(self.kind, "received"))
        article = self.error.article
        basis = f"（{article}）" if article and article not in str(self.error) else ""
        return f"{reading.CAPTIONS[column]}：{self.error}{basis}"


@transaction.atomic
def take_in(*, data: bytes, name: str, unit: Unit, user: User, day: date) -> RegisterImport:
    """Read a table of past applications of ``unit`` and keep its rows sealed, waiting for ``run``.

    Raises ``NotAuthorisedError``, a ``FileRefusedError``, a ``TableError`` (format, encoding, captions), or
    ``IncompleteError`` for the same file again.
    """
    if not rules.may_register(scope_of(user, day), unit.pk):
        raise NotAuthorisedError(f"您没有机构 {unit.code} 的经办角色，不能导入登记簿。请由该机构的经办人员导入。")
    if len(data) > MAX_BYTES:
        raise FileFormatError(f"“{name}”超过 {MAX_BYTES >> 20} MB。请按年度分成几个文件。")
    kind = kinds.kind_of(data, name)
    secrecy.check(data, kind, name)
    scanner.scan(data, name)
    digest = hashlib.sha256(data).hexdigest()
    earlier = RegisterImport.objects.filter(digest=digest, unit=unit).first()
    if earlier is not None:
        raise IncompleteError(
            f"同一文件已于 {earlier.day} 导入（第 {earlier.pk} 批）。"
            "如有更正，请上传更正后的文件；错误行请下载后更正再传。"
        )
    batch = RegisterImport(unit=unit, user=user, name=PurePath(name).name[-200:], digest=digest, day=day)
    with tempfile.TemporaryDirectory(prefix="register-") as folder:
        path = Path(folder) / "table"
        path.write_bytes(data)
        reader = _open(path, data, kind, name)
        try:
            lines = list(_lines(reader, batch))
        finally:
            reader.close()
    if not lines:
        raise FileFormatError("文件里没有数据行。请核对是否选错了文件。")
    batch.save()
    RegisterLine.objects.bulk_create(lines, batch_size=500)
    record(
        act="applications.register_taken_in",
        actor=actor_of(user, unit),
        subject=f"applications.register:{batch.pk}",
        detail={"name": batch.name, "sha256": digest, "rows": len(lines)},
    )
    return batch


def run(*, batch: int, limit: int | None = None) -> int:
    """Make cases of the rows of a batch that wait, ``limit`` at most; return how many were looked at."""
    numbers = RegisterLine.objects.filter(batch=batch, state=LineState.WAITING).order_by("row")
    looked = 0
    for number in list(numbers.values_list("pk", flat=True)[:limit]):
        with transaction.atomic():
            lines = RegisterLine.objects.select_for_update(of=("self",)).select_related("batch__unit", "batch__user")
            line = lines.get(pk=number)
            if line.state == LineState.WAITING:
                _settle(line)
                looked += 1
    return looked


@transaction.atomic
def settle(*, batch: RegisterImport, user: User) -> None:
    """Take the bad rows of a batch off the list of things to do; they can still be sent for."""
    RegisterImport.objects.filter(pk=batch.pk).update(is_settled=True)
    record(
        act="applications.register_settled",
        actor=actor_of(user, batch.unit),
        subject=f"applications.register:{batch.pk}",
    )


def cells_of(line: RegisterLine) -> list[str]:
    """Return the cells of a row in clear; only for its error file."""
    return json.loads(unseal(line.cells, PURPOSE))["cells"] if line.cells else []


def _open(path: Path, data: bytes, kind: str, name: str) -> Reader:
    if kind == "xlsx":
        return BookReader(path)
    if kind != "text":
        raise FileFormatError(f"“{name}”不是表格。只接收 xlsx 工作簿和 CSV 文本表格。")
    watch = EncodingWatch()
    watch.feed(data)
    return TextReader(path, watch.found())


def _lines(reader: Reader, batch: RegisterImport) -> Iterator[RegisterLine]:
    count = 0
    for sheet in reader.sheets():
        where = f"工作表“{sheet.name}”" if sheet.name else "文件"
        layout = captions.find(sheet.rows, fields(), frozenset(), where)
        if layout is None:
            continue
        batch.columns = batch.columns or [one.caption for one in fields()]
        for number, row in enumerate(sheet.rows, sheet.base + layout.header_row + 1):
            if not any(cell.strip() for cell in row):
                continue
            count += 1
            if count > MAX_ROWS:
                raise FileFormatError(f"超过 {MAX_ROWS} 行。请按年度分成几个文件。")
            found = {key: row[place] if place < len(row) else "" for key, place in layout.places.items()}
            cells = [found.get(one.name, "").replace("\0", "") for one in fields()]
            kept = json.dumps({"cells": cells, _SERIAL: reader.serial_days}, ensure_ascii=False)
            yield RegisterLine(batch=batch, row=number, place=reader.place(number), cells=seal(kept, PURPOSE))


def _settle(line: RegisterLine) -> None:
    kept = json.loads(unseal(line.cells, PURPOSE))
    found = dict(zip((one.name for one in fields()), kept["cells"], strict=True))
    today = line.batch.day
    read = reading.read(found, latest=today, serial=kept[_SERIAL])
    problems = [reading.advised(words) for words in read.problems]
    if not problems:
        try:
            with transaction.atomic():
                line.application, line.state = _take_over(line.batch, read, today)
        except _RefusedError as error:
            problems = [error.words]
            line.application = None
    line.state = LineState.BAD if problems else line.state
    line.problems = "；".join(problems)
    line.cells = line.cells if problems else ""
    line.save(update_fields=["state", "problems", "application", "cells"])


def _known(unit: Unit, read: reading.Line) -> Application | None:
    """Return the case a row is already: by its number in the register, else by day, content and applicant."""
    number = read.texts["register_number"]
    cases = Application.objects.filter(unit=unit, is_imported=True)
    if number:
        return cases.filter(register_number=number, arrived_on__year=read.days["received"].year).first()
    same = cases.filter(arrived_on=read.days["received"], fingerprint=receiving.fingerprint(_request(read)))
    return same.filter(applicants__name_index__in=indexes("name", read.applicants[0])).first()


def _request(read: reading.Line) -> Request:
    content = read.texts["content"]
    return Request(title=content[:300], document_number=read.texts["document_number"], description=content[300:])


def _take_over(batch: RegisterImport, read: reading.Line, today: date) -> tuple[Application, str]:
    """Make a case of a row, or add to the one it is already what it tells besides."""
    known = _known(batch.unit, read)
    if known is None:
        return _register(batch, read, today), LineState.STORED
    known = locked(known)
    there = {(event.kind, event.day) for event in standing(known.events.order_by("sequence"))}
    new = [event for event in _events(read) if event[:2] not in there]
    for kind, day, params in sorted(new, key=lambda event: event[1]):
        _enter(known, kind, day, batch, today, **params)
    if new:
        trace("supplemented", known, batch.user, batch=batch.pk, events=[kind for kind, _, _ in new])
    return known, LineState.ADDED if new else LineState.KNOWN


def _register(batch: RegisterImport, read: reading.Line, today: date) -> Application:
    received = read.days["received"]
    is_person = read.kind == "natural_person"
    proof = IdentityProof.ID_CARD if is_person else IdentityProof.CREDIT_CODE
    applicants = [
        Identity(
            name=name,
            proof=proof if read.texts["proof_number"] and not place else IdentityProof.NONE,
            proof_number="" if place else read.texts["proof_number"],
            telephone="" if place else read.texts["telephone"],
            address="" if place else read.texts["address"],
        )
        for place, name in enumerate(read.applicants)
    ]
    try:
        application = receiving.receive(
            unit=batch.unit,
            arrival=Arrival(read.medium, received),
            applicant_kind=read.kind,
            applicants=applicants,
            request=_request(read),
            user=batch.user,
            today=today,
            is_imported=True,
        )
    except ApplicationError as error:
        raise _RefusedError(RECEIVED, error) from error
    application.register_number = read.texts["register_number"]
    application.save(update_fields=["register_number"])
    if NEEDS_CONFIRMATION[CHANNEL_OF[read.medium]]:
        _enter(application, CONFIRMED, received, batch, today, way="登记簿")
    for kind, day, params in sorted(_events(read), key=lambda event: event[1]):
        _enter(application, kind, day, batch, today, **params)
    if read.texts["remark"]:
        _enter(application, "note", max(read.days.values()), batch, today, text=read.texts["remark"])
    return application


def _enter(
    application: Application, kind: str, day: date, batch: RegisterImport, today: date, **params: object
) -> None:
    try:
        entering.append(application, kind, day, batch.user, today=today, **params)
    except (ApplicationError, LawError) as error:
        raise _RefusedError(kind, error) from error


def _events(read: reading.Line) -> Iterator[tuple[str, date, dict[str, object]]]:
    """Yield the events a row tells, in the order in which an office does them on one day."""
    days, party = read.days, "第三方1"
    if "correction_on" in days:
        yield "correction_notice", days["correction_on"], {"period_days": read.numbers.get("correction_days")}
    if "corrected_on" in days:
        yield "correction_answer", days["corrected_on"], {}
    if "consulted_on" in days:
        yield "third_party_sent", days["consulted_on"], {"party": party}
    if "opinion_on" in days:
        yield "third_party_opinion", days["opinion_on"], {"party": party}
    if "extended_on" in days:
        extension = {"days": read.numbers.get("extended_days"), "approver": read.texts["approver"]}
        yield "extension", days["extended_on"], extension
    if "answered_on" not in days:
        return
    if read.is_withdrawn:
        yield "withdrawal", days["answered_on"], {}
        return
    answer = {"mode": read.mode, "outcome": read.outcome, "number": read.texts["answer_number"]}
    yield "answer", days["answered_on"], {**answer, "earlier_answer_number": read.texts["earlier"]}
