"""Taking an old site of 20 000 pages over, against bare parsing plus bare insertion of the same pages in one run.

    uv run python benchmarks/takeover.py [--scale 0.05]

The site is a mirror on disk (``tests/builders/old_site.py``): three systems and encodings, tables inside tables, broken
pages, links between pages, attachments. Each page is decoded, its metadata and text are found, it is judged, compared
with what is there, numbered, kept as a version, entered in the journal by lots and marked for the index; its old
address and its links lead to the record. Bare parsing is ``lxml.html`` on the bytes; bare insertion is one
``bulk_create`` of the finished records a lot, in the same lots and transactions.

Exits with 1 if a page is missing or doubled, an address leads nowhere or to another title, or a second run takes
anything, at any size; at full size also where the whole takes more than 25 x the bare work, the last third of the lots
more than 1.5 x the first, or memory grows by more than 150 MB. The data lie in a temporary folder; with
``GONGKAI_DATABASE_URL`` in a test database there.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from datetime import date
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import installation

# ruff: noqa: E402 -- models can be imported only once Django is set up

HOME = installation.begin()

from django.db import connection, transaction
from lxml import html

from builders.old_site import HOST, UNIT, lay, ordinary
from gongkai.accounts.domain import people
from gongkai.accounts.models import Role, User
from gongkai.journal.domain.entry import SYSTEM
from gongkai.records.models import Record
from gongkai.takeover.domain import taking
from gongkai.takeover.domain.going_through import LOT
from gongkai.takeover.domain.judging import Judge
from gongkai.takeover.models import PageState
from gongkai.takeover.queries.published import target_of
from gongkai.takeover.reading.opening import open_site
from gongkai.units.domain import structure
from gongkai.units.models import Kind

PAGES = 20_000
TODAY, FOUNDED = date(2026, 6, 3), date(2008, 1, 1)
RATIO, GROWTH, MEMORY = 25, 1.5, 150 << 10


def head() -> User:
    unit = structure.establish(
        code="HL-012",
        kind=Kind.DEPARTMENT,
        name=UNIT,
        short_name="水利局",
        parent=None,
        day=FOUNDED,
        document="甲",
        actor=SYSTEM,
    )
    user = User.objects.create_user("zhou", name="周主任")
    made = people.register(user=user, unit=unit, position="主任", telephone="0", day=FOUNDED, actor=SYSTEM)
    people.record_training(officer=made, day=FOUNDED, training="跟岗", actor=SYSTEM)
    people.grant(user=user, role=Role.OFFICE_HEAD, unit=unit, day=FOUNDED, actor=SYSTEM)
    return user


def pieces(size: int):
    for number in range(size):
        files = ((f"f{number}.txt", "申报表"),) if number % 20 == 0 else ()
        yield ordinary(number, links=((number * 7 + 1) % size,), files=files)


def taken(folder: Path, user: User) -> tuple[taking.Outcome, list[float]]:
    """Take the site over; return what became of it and when each lot was done."""
    times = [time.perf_counter()]
    judge = Judge(user=user, today=TODAY)
    outcome = taking.take(
        site=open_site(folder, HOST, None, TODAY),
        host=HOST,
        source="mirror",
        basis="岚政办〔2026〕3号",
        judge=judge,
        progress=lambda _: times.append(time.perf_counter()),
    )
    times.append(time.perf_counter())
    return outcome, times


def bare(folder: Path) -> tuple[float, float]:
    """Return the seconds that parsing every page and inserting every record take, and nothing else."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".txt")
    start = time.perf_counter()
    for path in files:
        html.document_fromstring(path.read_bytes())
    parsing = time.perf_counter() - start
    keys = list(Record.objects.order_by("pk").values_list("pk", flat=True))
    inserting = 0.0
    for first in range(0, len(keys), LOT):
        rows = list(Record.objects.filter(pk__in=keys[first : first + LOT]))
        for row in rows:
            row.pk, row.index_number = None, f"x{row.index_number}"
        start = time.perf_counter()
        with transaction.atomic():
            Record.objects.bulk_create(rows)
        inserting += time.perf_counter() - start
    Record.objects.filter(index_number__startswith="x").delete()
    return parsing, inserting


def wrong(size: int) -> int:
    """Return how many old addresses do not lead to the record of their title."""
    titles = {f"/records/{key}/": title for key, title in Record.objects.values_list("pk", "title")}
    return sum(titles.get(target_of(*ask(one.path)) or "") != one.title for one in pieces(size))


def ask(path: str) -> tuple[str, str]:
    plain, _, query = path.partition("?")
    return plain, query


def memory() -> int:
    """Return the most memory the process has had, in KB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure taking an old site over.")
    parser.add_argument("--scale", type=float, default=1.0, help=f"share of the {PAGES} pages; bounds hold at 1")
    share = parser.parse_args().scale
    with installation.fresh_database(is_file=True):  # one in memory would grow with the site
        return measure(max(LOT * 3, round(PAGES * share)), is_whole=share >= 1)


def measure(size: int, *, is_whole: bool) -> int:
    user = head()
    folder = HOME / "mirror"
    lay(folder, list(pieces(size)))
    print(f"{connection.vendor}, {size} pages, load {os.getloadavg()[0]:.1f}")
    before = memory()
    outcome, times = taken(folder, user)
    grown = memory() - before
    whole = times[-1] - times[0]
    lots = [after - start for start, after in pairwise(times[:-1])]
    third = len(lots) // 3
    growth = sum(lots[-third - 1 : -1]) / sum(lots[:third])  # the last lot is short
    is_right = outcome.states[PageState.TAKEN] == Record.objects.count() == size
    parsing, inserting = bare(folder)
    ratio = whole / (parsing + inserting)
    print(f"taken over in {whole:.1f} s, {1000 * whole / size:.2f} ms a page, {outcome.linked} linked afterwards")
    print(f"bare parsing {parsing:.1f} s, bare insertion {inserting:.1f} s: {ratio:.1f} x (≤ {RATIO})")
    print(f"last third / first {growth:.2f} (≤ {GROWTH}), memory {grown >> 10} MB more (≤ {MEMORY >> 10})")
    lost = wrong(size)
    start = time.perf_counter()
    again, _ = taken(folder, user)
    print(f"again: {again.known} known in {time.perf_counter() - start:.1f} s; {lost} addresses lead astray")
    is_right &= lost == 0 and again.known == size and again.states[PageState.TAKEN] == 0
    if not is_right:
        print("BROKEN: pages were lost or doubled, or addresses lead astray")
        return 1
    return int(is_whole and (ratio > RATIO or growth > GROWTH or grown > MEMORY))


if __name__ == "__main__":
    sys.exit(main())
