"""How fast bulk decisions are imported, as ratios of what the database driver alone does in the same run.

    uv run python benchmarks/decisions.py [--scale 0.05] [--rows 400000]

(a) import from csv with full validation, detection of duplicates against stored rows, error file and journal, against
    the driver's own ``executemany`` (SQLite) or ``COPY`` (PostgreSQL) of the same finished rows into the same table
    with the same indexes, committed in the same lots; at least half as fast, in the median of rounds in which one
    follows the other, because the machine may be busy. Bad rows 1.5 %, duplicates 1 %.
(b) peak memory of importing 3 286 400 rows, at most 1.2 x that of 100 000.
(c) a run killed by ``kill -9`` goes on at its last lot and stores what an undisturbed one stores.
(d) reading a workbook of two sheets, apart: rows a second, and as a share of the csv.

SQLite in a temporary directory, or the database of ``GONGKAI_DATABASE_URL`` (which must be empty and is left filled).
``--scale`` shortens the run; the exit status is 1 if a bound is broken at the full size, or the journal at any.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import signal
import statistics
import subprocess
import sys
import time
import zipfile
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from xml.sax.saxutils import escape

import installation

# ruff: noqa: E402 -- models can be imported only once Django is set up

HOME = installation.begin()

from django.db import connection, transaction

from gongkai.accounts.domain import people
from gongkai.accounts.models import Role, User
from gongkai.decisions.datasets.decisions import TABLE
from gongkai.decisions.datasets.examining import FIELDS_OF, SUPPLIED, examiner_of
from gongkai.decisions.domain import importing, intake
from gongkai.decisions.models import Dataset, Decision, ImportBatch
from gongkai.decisions.queries.rejected import error_file
from gongkai.decisions.store import Store
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.queries import chain
from gongkai.tables import captions
from gongkai.tables.book import BookReader
from gongkai.units.domain import structure
from gongkai.units.models import Kind, Unit

RATE_BOUND, MEMORY_BOUND = 0.5, 1.2
ROWS, SMALL, LARGE = 400_000, 100_000, 3_286_400
TODAY, FOUNDED = date(2025, 3, 3), date(2010, 1, 1)
CAPTIONS = (
    "决定机关",
    "决定类别",
    "决定书文号",
    "相对人名称",
    "相对人类别",
    "事项",
    "决定日期",
    "公示日期",
    "法律依据",
)
KINDS = ("行政许可", "行政处罚", "行政强制", "其他对外管理服务事项")
PARTIES = ("自然人", "法人及非法人组织", "个体工商户")
BAD, STORED = 0.015, 0.01
ROUNDS = 5
UNITS = 60


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full size to run")
    parser.add_argument("--rows", type=int, default=ROWS, help="rows of (a) at full size")
    parser.add_argument("--only", choices=("rate", "memory", "kill", "xlsx"))
    parser.add_argument("--child", type=int, help="import this batch and print the peak memory")
    arguments = parser.parse_args()
    if arguments.child:
        importing.run(batch=arguments.child)
        print(peak())
        return 0
    installation.migrate()
    prepare()
    broken = 0
    measures = {"rate": rate, "memory": memory, "kill": kill, "xlsx": xlsx}
    print(f"database: {connection.vendor}")
    for name, measure in measures.items():
        if arguments.only in {None, name}:
            broken |= measure(arguments.scale, arguments.rows)
    intact = chain.verify()
    print(f"journal: {intact.checked} entries, {'unbroken' if intact.broken is None else 'BROKEN'}")
    return int((broken and arguments.scale >= 1) or intact.broken is not None)


def prepare() -> None:
    """One city with 60 units and an officer who imports for all."""
    if Unit.objects.exists():
        return
    city = structure.establish(
        code="HL",
        kind=Kind.GOVERNMENT,
        name="海岚市人民政府",
        short_name="海岚市",
        parent=None,
        day=FOUNDED,
        document="甲",
        actor=SYSTEM,
    )
    for number in range(UNITS):
        structure.establish(
            code=f"HL-{number:03}",
            kind=Kind.DEPARTMENT,
            name=f"海岚市第{number:03}局",
            short_name=f"{number:03}局",
            parent=city,
            day=FOUNDED,
            document="甲",
            actor=SYSTEM,
        )
    user = User.objects.create_user("importer", name="录入员")
    officer = people.register(user=user, unit=city, position="科员", telephone="0", day=FOUNDED, actor=SYSTEM)
    people.record_training(officer=officer, day=FOUNDED, training="跟岗", actor=SYSTEM)
    people.grant(user=user, role=Role.HANDLER, unit=city, day=FOUNDED, actor=SYSTEM, with_subtree=True)


def rows(count: int, seed: int):
    """Yield ``count`` rows as a city's systems export them."""
    chance = random.Random(seed)
    days = [date(2019, 1, 1) + timedelta(days=number) for number in range(2200)]
    for number in range(count):
        unit = chance.randrange(UNITS)
        kind = chance.choice(KINDS)
        day = chance.choice(days)
        published = day + timedelta(days=chance.randrange(12)) if chance.random() < 0.9 else ""
        row = [
            f"HL-{unit:03}",
            kind,
            f"岚{unit:03}{kind[2:]}〔{day.year}〕{seed}{number}号",
            f"海岚市第{chance.randrange(10**6)}建材有限公司",
            chance.choice(PARTIES),
            f"{kind}事项{chance.randrange(300)}",
            day.isoformat(),
            str(published),
            "《海岚市行政管理办法》第十二条" if chance.random() < 0.5 else "",
        ]
        if chance.random() < BAD:
            row[chance.choice((0, 1, 2, 3, 5, 6))] = chance.choice(("", "不知道", "2024-02-31"))
        yield row


def write(path: Path, count: int, seed: int) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([CAPTIONS])
        csv.writer(stream).writerows(rows(count, seed))
    return path


def received(path: Path) -> ImportBatch:
    user, unit = User.objects.get(username="importer"), Unit.objects.get(code="HL")
    with path.open("rb") as stream:
        return intake.receive(
            pieces=iter(lambda: stream.read(1 << 20), b""),
            name=path.name,
            dataset=Dataset.DECISIONS,
            kind="",
            unit=unit,
            user=user,
            day=TODAY,
        )


def empty_table() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {TABLE.name}")
        else:
            cursor.execute(f"DELETE FROM {TABLE.name}")
    ImportBatch.objects.update(state="failed")
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def rate(scale: float, full: int) -> int:
    count = max(5000, int(full * scale))
    path = write(HOME / "rate.csv", count, 1)
    batch = received(path)
    finished = [row for row, _ in zip(_good_rows(batch), range(count), strict=False)]
    stored = random.Random(7).sample(finished, int(count * STORED))
    taken = {row[:3] for row in stored}
    new = [row for row in finished if row[:3] not in taken]
    shares, rates = [], []
    for _ in range(ROUNDS):
        _refill(stored, batch)
        begun = time.perf_counter()
        driver(new)
        alone = len(new) / (time.perf_counter() - begun)
        assert Decision.objects.count() == len(finished)
        _refill(stored, batch)
        again = received(path)
        begun = time.perf_counter()
        importing.run(batch=again.pk)
        rates.append(count / (time.perf_counter() - begun))
        shares.append(rates[-1] / alone)
        again.refresh_from_db()
        assert again.rows_in == len(new), (again.rows_in, len(new))
        assert again.rows_same + again.rows_bad + again.rows_in == count
        assert Decision.objects.count() == len(finished)
    share, fastest = statistics.median(shares), max(rates)
    print(
        f"import of {count} rows  {fastest:9.0f} rows/s, {share:4.2f} of the driver's rate "
        f"({min(shares):4.2f} to {max(shares):4.2f} in {ROUNDS} rounds)  (bound {RATE_BOUND})"
    )
    return int(share < RATE_BOUND)


def _refill(stored: list, batch: ImportBatch) -> None:
    """Leave only the rows that the file repeats in the table."""
    empty_table()
    with transaction.atomic():
        Store(TABLE).insert([(*row[:-2], batch.pk, number) for number, row in enumerate(stored)])


def _good_rows(batch: ImportBatch):
    with batch.source_path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream)
        examiner = examiner_of(batch, serial=False)
        examiner.begin(captions.find(reader, FIELDS_OF[batch.dataset], SUPPLIED, ""))
        first = 2
        while lot := list(islice(reader, importing.LOT)):
            yield from examiner.sort(lot, first).good
            first += len(lot)


def driver(finished: list) -> None:
    """What the driver does by itself: the same rows into the same table, committed in the same lots."""
    columns = ", ".join(TABLE.columns)
    places = ", ".join(["%s"] * len(TABLE.columns))
    for start in range(0, len(finished), importing.LOT):
        lot = finished[start : start + importing.LOT]
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {TABLE.name} ({columns}) FROM STDIN") as copy:
                    for row in lot:
                        copy.write_row(row)
            else:
                cursor.executemany(f"INSERT INTO {TABLE.name} ({columns}) VALUES ({places})", lot)


def child(batch: ImportBatch) -> subprocess.Popen:
    command = [sys.executable, __file__, "--child", str(batch.pk)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ)


def memory(scale: float, _: int) -> int:
    peaks = []
    sizes = (max(5000, int(SMALL * scale)), max(20_000, int(LARGE * scale)))
    sizes = (SMALL, LARGE) if scale == 1.0 else (max(30_000, sizes[0]), sizes[1])
    for number, count in enumerate(sizes):
        empty_table()
        path = write(HOME / "memory.csv", count, 2 + number)
        batch = received(path)
        path.unlink()
        output, _ = child(batch).communicate()
        batch.refresh_from_db()
        assert batch.rows_read == count, batch.notes
        peaks.append(int(output))
    ratio = peaks[1] / peaks[0]
    print(
        f"peak memory            {peaks[1] >> 20} MiB at {sizes[1]} rows = {ratio:4.2f} x {peaks[0] >> 20} MiB "
        f"at {sizes[0]}  (bound {MEMORY_BOUND})"
    )
    return int(ratio > MEMORY_BOUND)


def kill(scale: float, full: int) -> int:
    empty_table()
    count = max(60_000, int(full * scale))
    batch = received(write(HOME / "kill.csv", count, 4))
    process = child(batch)
    while ImportBatch.objects.get(pk=batch.pk).position < count // 3:
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    stopped = ImportBatch.objects.get(pk=batch.pk)
    assert stopped.is_open
    importing.run(batch=batch.pk)
    batch.refresh_from_db()
    expected = sum(1 for _ in _good_rows(batch))
    assert batch.rows_read == count
    assert batch.rows_in == Decision.objects.count() == expected
    assert sum(1 for _ in error_file(batch)) == batch.rows_bad + 1
    print(
        f"kill -9                at row {stopped.position} of {count}; resumed: {batch.rows_in} stored, "
        f"{batch.rows_bad} in the error file, none lost or doubled"
    )
    return 0


def xlsx(scale: float, full: int) -> int:
    count = max(5000, int(full * scale / 4))
    path = HOME / "book.xlsx"
    book(path, count)
    begun = time.perf_counter()
    reader = BookReader(path)
    read = sum(1 for sheet in reader.sheets() for _ in sheet.rows)
    spent = time.perf_counter() - begun
    reader.close()
    plain = write(HOME / "plain.csv", read, 5)
    begun = time.perf_counter()
    with plain.open(encoding="utf-8-sig", newline="") as stream:
        assert sum(1 for _ in csv.reader(stream)) == read + 1
    share = (time.perf_counter() - begun) / spent
    print(f"xlsx, two sheets       {read / spent:9.0f} rows/s read, {share:4.2f} of the rate of reading csv")
    return 0


def book(path: Path, count: int) -> None:
    """A workbook of two sheets with shared strings, written as a stream."""
    strings: dict[str, int] = {}
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        names = ("许可", "处罚")
        sheets = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
        archive.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{space}" xmlns:r="{relation}"><sheets>{sheets}</sheets></workbook>'
        )
        links = "".join(f'<Relationship Id="rId{n}" Target="worksheets/sheet{n}.xml"/>' for n in (1, 2))
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="r">{links}</Relationships>')
        for n in (1, 2):
            with archive.open(f"xl/worksheets/sheet{n}.xml", "w") as part:
                part.write(f'<worksheet xmlns="{space}"><sheetData>'.encode())
                for number, row in enumerate([CAPTIONS, *rows(count // 2, 6 + n)], 1):
                    cells = "".join(
                        f'<c r="{letter}{number}" t="s"><v>{strings.setdefault(cell, len(strings))}</v></c>'
                        for letter, cell in zip("ABCDEFGHI", row, strict=True)
                    )
                    part.write(f'<row r="{number}">{cells}</row>'.encode())
                part.write(b"</sheetData></worksheet>")
        items = "".join(f"<si><t>{escape(words)}</t></si>" for words in strings)
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{space}">{items}</sst>')


def peak() -> int:
    with Path("/proc/self/status").open(encoding="ascii") as stream:
        return next(int(line.split()[1]) << 10 for line in stream if line.startswith("VmHWM"))


if __name__ == "__main__":
    raise SystemExit(main())
