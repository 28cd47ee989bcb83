"""Importing a file that was taken in: lot by lot, each lot one transaction with its journal entry.

Whatever interrupts it, nothing is lost or doubled: the good rows of a lot, its bad rows, the position in the file and
the journal entry become true together, and the next run goes on behind the last lot.
"""

from __future__ import annotations

import gc
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from gongkai.accounts.domain.people import actor_of
from gongkai.decisions.datasets.examining import SUPPLIED, check, examiner_of
from gongkai.decisions.datasets.rows import BadRow
from gongkai.decisions.domain.rejection import Rejection
from gongkai.decisions.errors import ConcurrentRunError, DecisionsError, FinishedBatchError
from gongkai.decisions.models import BatchState, ImportBatch
from gongkai.decisions.opening import open_batch
from gongkai.decisions.store import Store, ahead, bounded_cache, digest_of
from gongkai.journal.domain.entry import record
from gongkai.tables import captions
from gongkai.tables.errors import FileFormatError, HeaderError, TableError
from gongkai.tables.sheet import SHEET_SPAN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gongkai.decisions.datasets.rows import Examiner, Sorted
    from gongkai.tables.captions import Layout
    from gongkai.tables.sheet import Reader, Sheet

LOT = 10_000
"""Rows of a transaction: what an interruption costs, and for how long others wait to write."""


def run(*, batch: int, progress: Callable[[ImportBatch], None] | None = None) -> ImportBatch:
    """Import the waiting or interrupted batch with this number to its end and return it.

    A file that cannot be read any further ends as ``FAILED`` with the reason in ``notes``; what was stored stays.
    ``progress`` is called after each lot. Raises ``FinishedBatchError`` where there is nothing to do, and
    ``ConcurrentRunError`` where another process imports the same batch.
    """
    found = ImportBatch.objects.select_related("user", "unit").get(pk=batch)
    if not found.is_open:
        raise FinishedBatchError(f"第 {found.pk} 批已结束（{found.get_state_display()}），无须再次导入。")
    if found.state == BatchState.WAITING:
        found.state, found.started_at = BatchState.RUNNING, timezone.now()
        found.save(update_fields=["state", "started_at"])
    try:
        reader = open_batch(found)
        try:
            with _no_collector(), bounded_cache():
                _Run(found, reader, progress).through()
        finally:
            reader.close()
    except ConcurrentRunError:
        raise
    except (DecisionsError, TableError) as error:
        _end(found, BatchState.FAILED, [str(error)])
    else:
        _end(found, BatchState.FINISHED, [])
    return found


class _Run:
    """One run over a file, from where the last one stopped."""

    def __init__(self, batch: ImportBatch, reader: Reader, progress: Callable[[ImportBatch], None] | None) -> None:
        self.batch = batch
        self.reader = reader
        self.progress = progress
        self.examiner: Examiner = examiner_of(batch, serial=reader.serial_days)
        self.store = Store(self.examiner.table)

    def through(self) -> None:
        """Import all sheets; raise a ``DecisionsError`` where one cannot be read further."""
        sheets = self._layouts()
        rejection = Rejection(self.batch, list(sheets.values()))
        self.batch.columns = rejection.columns
        self.batch.save(update_fields=["columns", "notes"])
        for sheet in self.reader.sheets():
            layout = sheets.get(sheet.base)
            done = sheet.name and self.batch.position >= sheet.base + SHEET_SPAN
            if layout is not None and not done:
                rejection.begin(layout)
                self.examiner.begin(layout)
                self._sheet(sheet, layout, rejection)

    def _layouts(self) -> dict[int, Layout]:
        """Return the layout of each sheet with data, by its base; those without captions are noted, not read."""
        found: dict[int, Layout] = {}
        notes: list[str] = []
        for sheet in self.reader.sheets():
            where = f"工作表“{sheet.name}”" if sheet.name else "文件"
            try:
                layout = captions.find(sheet.rows, self.examiner.fields, SUPPLIED, where)
            except HeaderError as error:
                notes.append(f"{error} 该工作表未读入。")
                continue
            if layout is not None:
                check(self.batch, layout)
                found[sheet.base] = layout
                if layout.ignored:
                    notes.append(f"{where}中没有用到的列：{'、'.join(layout.ignored)}。")
        if not found:
            raise HeaderError("".join(notes) or "文件里没有数据。请核对是否选错了文件。")
        self.batch.notes = notes
        return found

    def _sheet(self, sheet: Sheet, layout: Layout, rejection: Rejection) -> None:
        rows = sheet.rows
        begins = sheet.base + layout.header_row
        position = max(begins, self.batch.position)
        deque(islice(rows, position - sheet.base), maxlen=0)  # the captions, and what is dealt with already
        for lot in ahead(self._lots(rows, position + 1)):
            if lot.rows:
                self._store(lot, rejection)
            if lot.broken is not None:
                raise lot.broken

    def _lots(self, rows: Iterator[list[str]], first: int) -> Iterator[_Lot]:
        """Yield the rows in lots, looked at; the last is short, or says why the file breaks off after it."""
        by_key = itemgetter(*range(len(self.examiner.table.key)))
        while True:
            taken, broken = _take(rows)
            found = self.examiner.sort(taken, first)
            # In the order of the index: each of its pages is touched once a lot. Rows of one key stay in file order.
            found.good.sort(key=by_key)
            sealed = self.store.sealed(found.good)
            yield _Lot(taken, first, found, sealed, self.reader.bytes_read(), broken)
            first += len(taken)
            if len(taken) < LOT:
                return

    def _store(self, lot: _Lot, rejection: Rejection) -> None:
        """Store one lot: good rows, bad rows, position and journal entry in one transaction."""
        batch, examiner, found = self.batch, self.examiner, lot.found
        position = lot.first + len(lot.rows) - 1
        with transaction.atomic():
            claimed = ImportBatch.objects.filter(pk=batch.pk, position=batch.position, state=BatchState.RUNNING)
            if not claimed.update(position=position):
                raise ConcurrentRunError(f"第 {batch.pk} 批正由另一个进程导入，本进程已停下。无须处理。")
            first_id = _last_id(examiner) + 1
            outcome = self._insert(lot)
            counts = {
                "rows_read": found.read,
                "rows_in": len(lot.sealed),
                "rows_filled": outcome.filled,
                "rows_same": outcome.same,
                "rows_bad": len(found.bad),
            }
            rejection.keep(found.bad, self.reader.place)
            ImportBatch.objects.filter(pk=batch.pk).update(
                bytes_read=lot.bytes_read, **{name: F(name) + number for name, number in counts.items()}
            )
            record(
                act="decisions.imported",
                actor=actor_of(batch.user, batch.unit),
                subject=f"decisions.batch:{batch.pk}",
                detail={
                    "rows": [lot.first, position],
                    "ids": [first_id, _last_id(examiner)],
                    "sha256": digest_of(lot.sealed),
                    **counts,
                },
            )
        batch.position, batch.bytes_read = position, lot.bytes_read
        for name, number in counts.items():
            setattr(batch, name, getattr(batch, name) + number)
        if self.progress is not None:
            self.progress(batch)

    def _insert(self, lot: _Lot) -> _Outcome:
        """Store the good rows; what clashes with stored ones is the same, a supplement, or one more bad row."""
        outcome = _Outcome()
        for conflict in self.store.insert(lot.found.good):
            number = conflict.row[-1]
            del lot.sealed[number]
            verdict = self.examiner.clash(conflict, self.reader.place)
            if verdict is None:
                outcome.same += 1
            elif isinstance(verdict, str):
                lot.found.bad.append(BadRow(number, lot.rows[number - lot.first], (verdict,)))
            else:
                self.examiner.fill(verdict)
                outcome.filled += 1
        return outcome


@dataclass(frozen=True, slots=True)
class _Lot:
    """Rows of a sheet from number ``first`` on, looked at.

    ``sealed`` are the good rows as the journal vouches for them (see ``Store.sealed``), until the lot is stored also
    those that clash; ``broken`` says why the file ends after them.
    """

    rows: list[list[str]]
    first: int
    found: Sorted
    sealed: dict[int, str]
    bytes_read: int
    broken: FileFormatError | None


@dataclass(slots=True)
class _Outcome:
    """What became of the good rows of a lot that were not stored."""

    same: int = 0
    filled: int = 0


@contextmanager
def _no_collector() -> Iterator[None]:
    """Keep the collector of cycles from walking the process at every few hundred rows: rows hold no cycles."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _last_id(examiner: Examiner) -> int:
    return examiner.table.model.objects.aggregate(last=Max("pk"))["last"] or 0


def _take(rows: Iterator[list[str]]) -> tuple[list[list[str]], FileFormatError | None]:
    """Return the next lot, and why it is the last where the file breaks off: what came before is kept."""
    lot: list[list[str]] = []
    try:
        lot.extend(islice(rows, LOT))  # keeps what it has taken when ``rows`` raises
    except FileFormatError as error:
        return lot, error
    return lot, None


@transaction.atomic
def _end(batch: ImportBatch, state: str, notes: list[str]) -> None:
    batch.state, batch.finished_at = state, timezone.now()
    batch.notes = [*batch.notes, *notes]
    batch.save(update_fields=["state", "finished_at", "notes"])
    counts = {name: getattr(batch, name) for name in ("rows_read", "rows_in", "rows_filled", "rows_same", "rows_bad")}
    record(
        act=f"decisions.import_{state}",
        actor=actor_of(batch.user, batch.unit),
        subject=f"decisions.batch:{batch.pk}",
        detail=counts | ({"why": notes[0]} if notes else {}),
    )
