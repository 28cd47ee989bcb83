"""Taking a paper register of 5 000 rows with 200 bad ones over, against bare insertions of the same cases in one run.

    uv run python benchmarks/paper_register.py [--scale 0.05]

The rows are in an xlsx (``tests/builders/paper_register.py``): every channel and outcome, corrections, extensions,
consultations, and twenty kinds of mistakes. Each row is read, judged by the law of its day, numbered, entered in the
journal and marked for the index in a transaction of its own. The bare loop inserts what came of it, the application,
its applicant and its events, in a transaction of its own as well, and nothing else. Then the bad rows are mended and
sent again, and the good ones once more.

Exits with 1 if a good row is missing, a bad one is in, or anything is doubled, at any size; at full size also where the
last third of the rows takes more than 1.5 x as long as the first, the whole more than 20 x the bare loop, or the memory
grows by more than 150 MB. The data lie in a temporary folder; with ``GONGKAI_DATABASE_URL`` in a test database there.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import installation

# ruff: noqa: E402 -- models can be imported only once Django is set up

installation.begin()

from django.db import connection, transaction

from builders.paper_register import good, register, workbook
from gongkai.accounts.domain import people
from gongkai.accounts.models import Role, User
from gongkai.applications.domain import importing
from gongkai.applications.models import Applicant, Application, Event, LineState, RegisterImport
from gongkai.applications.queries import imports
from gongkai.journal.domain.entry import SYSTEM
from gongkai.units.domain import structure
from gongkai.units.models import Kind, Unit

ROWS, WRONG, SAMPLE = 5000, 200, 500
TODAY, FOUNDED = date(2024, 6, 3), date(2008, 1, 1)
GROWTH, RATIO, MEMORY = 1.5, 20, 150 << 10


def office() -> tuple[Unit, User]:
    unit = structure.establish(
        code="HL-012",
        kind=Kind.DEPARTMENT,
        name="海岚市水利局",
        short_name="水利局",
        parent=None,
        day=FOUNDED,
        document="甲",
        actor=SYSTEM,
    )
    user = User.objects.create_user("lin", name="林经办")
    made = people.register(user=user, unit=unit, position="科员", telephone="0", day=FOUNDED, actor=SYSTEM)
    people.record_training(officer=made, day=FOUNDED, training="跟岗", actor=SYSTEM)
    people.grant(user=user, role=Role.HANDLER, unit=unit, day=FOUNDED, actor=SYSTEM)
    return unit, user


def imported(data: bytes, name: str, unit: Unit, user: User) -> tuple[RegisterImport, list[float], list[float]]:
    """Take ``data`` over and return the batch, and how long each third of its rows took, by the clock and to work.

    SQLite works in this process, so that there its own time tells how the work grows, however busy the machine is.
    """
    batch = importing.take_in(data=data, name=name, unit=unit, user=user, day=TODAY)
    third = -(-batch.lines.count() // 3)
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    times, work = [], []
    for _ in range(3):
        start, began = time.perf_counter(), clock()
        importing.run(batch=batch.pk, limit=third)
        times.append(time.perf_counter() - start)
        work.append(clock() - began)
    return batch, times, work


def count(batch: RegisterImport, state: LineState) -> int:
    return batch.lines.filter(state=state).count()


def bare(sample: int) -> float:
    """Return the seconds that inserting one case takes, its application, applicant and events alone."""
    cases = list(Application.objects.order_by("-pk").prefetch_related("applicants", "events")[:sample])
    applicants = {case.pk: list(case.applicants.all()) for case in cases}
    events = {case.pk: list(case.events.all()) for case in cases}
    start = time.perf_counter()
    with transaction.atomic():
        for case in cases:
            with transaction.atomic():
                old = case.pk
                case.pk, case.number = None, f"x{old}"
                case._state.adding = True  # noqa: SLF001 -- how Django copies a row
                case.save(force_insert=True)
                for one in (*applicants[old], *events[old]):
                    one.pk, one.application = None, case
                    one._state.adding = True  # noqa: SLF001 -- how Django copies a row
                    one.save(force_insert=True)
        taken = time.perf_counter() - start
        transaction.set_rollback(True)
    return taken / len(cases)


def memory() -> int:
    """Return the most memory the process has had, in KB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure taking over a paper register.")
    parser.add_argument("--scale", type=float, default=1.0, help=f"share of the {ROWS} rows; bounds hold at 1")
    share = parser.parse_args().scale
    size, wrong = round(ROWS * share), max(1, round(WRONG * share))
    with installation.fresh_database():
        return measure(size, wrong, is_whole=share >= 1)


def measure(size: int, wrong: int, *, is_whole: bool) -> int:
    unit, user = office()
    rows = register(size, wrong)
    data = workbook(row for row, _ in rows)
    before = memory()
    batch, times, work = imported(data, "register.xlsx", unit, user)
    grown = memory() - before
    whole = sum(times)
    is_right = (count(batch, LineState.STORED), count(batch, LineState.BAD)) == (size - wrong, wrong)
    is_right &= Application.objects.count() == size - wrong
    print(f"{connection.vendor}, {size} rows, {wrong} bad, load {os.getloadavg()[0]:.1f}")
    thirds = ", ".join(f"{one:.1f}" for one in work)
    print(f"import: {whole:.1f} s, {1000 * whole / size:.1f} ms a row, {sum(work):.1f} s of work, thirds {thirds} s")
    growth = work[2] / work[0]
    ratio = whole / size / bare(min(SAMPLE, size - wrong))
    print(f"last third / first {growth:.2f} (≤ {GROWTH}), {ratio:.1f} x bare insertions (≤ {RATIO})")
    print(f"memory: {grown >> 10} MB more (≤ {MEMORY >> 10})")

    book = imports.error_book(batch, "bad")
    mended = [
        good(size + number) | {"登记号": row["登记号"]} for number, (row, kind) in enumerate(rows) if kind is not None
    ]
    again, *_ = imported(workbook(mended), "mended.xlsx", unit, user)
    third, *_ = imported(workbook(row for row, kind in rows if kind is None), "again.xlsx", unit, user)
    is_right &= count(again, LineState.STORED) == wrong
    is_right &= count(third, LineState.KNOWN) == size - wrong
    is_right &= Application.objects.count() == size
    kinds = Event.objects.filter(kind="received").count() == Applicant.objects.count() == size
    print(f"bad rows: {len(book.data) >> 10} KB xlsx; mended and sent again, all sent again: {size} cases")
    if not (is_right and kinds):
        print("BROKEN: rows were lost, doubled or let in")
        return 1
    return int(is_whole and (growth > GROWTH or ratio > RATIO or grown > MEMORY))


if __name__ == "__main__":
    sys.exit(main())
