"""Read damaged reports of every format: only a ``ReadError`` may come out, soon, and no wrong value.

Small valid reports (``tests/builders`` and the writer) are damaged again and again: bytes flipped, cut off, repeated,
lost; numbers and tags of their XML made absurd; lines of text lost, joined, cut, exchanged, page numbers glued to them,
blanks put between digits. Prints one line per format: files, reads, refusals, and the slowest read. Where only the
lay-out of a text was damaged, every value that comes back must be the true one: ``wrong`` counts those that are not.
Where a number itself was lost or exchanged, a wrong value can only be reported: ``apart`` counts those.

    uv run python benchmarks/fuzz.py [--files 40] [--format html] [--seed 1] [--show 3] [--keep FOLDER]

Exit status 1 if anything but a ``ReadError`` was raised, a read took longer than the limit, or a value was wrong.
The same seed damages the same way.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

import fuzz_damages as damages

from builders import ofd, pdf, reports, shapes
from gongkai.annual import reader
from gongkai.annual.errors import ReadError
from gongkai.annual.writer import write

if TYPE_CHECKING:
    from types import FrameType

LIMIT = 10.0
"""Seconds of processor time for one file; a report that is whole takes a hundredth."""
BASES = 12  # whole files per format that are damaged in turn
FORMATS = {
    "text": "txt", "markdown": "md", "html": "html", "docx": "docx", "xlsx": "xlsx", "pdf": "pdf", "ofd": "ofd",
    "csv": "csv", "json": "json",
}  # fmt: skip
PACKED = ("docx", "xlsx", "ofd")
PRINTED = ("text", "markdown")
COLUMNS = 13  # of a table drawn by hand: three for captions, ten for numbers


class SlowError(BaseException):
    """A read took longer than the limit. Not an ``Exception``: no handler in the reader may swallow it."""


@dataclass(frozen=True)
class Base:
    """A whole file, and the cells printed in it."""

    data: bytes
    values: shapes.Values


@dataclass
class Score:
    """What became of the files of one format."""

    read: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    cells: int = 0
    wrong: int = 0
    apart: int = 0
    slowest: float = 0.0
    slowest_name: str = ""
    faults: list[str] = field(default_factory=list)
    failed: int = 0


@cache
def base(kind: str, seed: int, number: int) -> Base:
    """Return the whole file ``number`` of a format."""
    rng = random.Random(f"{seed}-{kind}-base-{number}")
    edition = rng.choice(["2021", "2019"])
    year = rng.choice([2021, 2022, 2023, 2024] if edition == "2021" else [2019, 2020])
    if kind in PRINTED or (kind in ("html", "ofd", "pdf") and number % 2):
        values = shapes.random_values(edition, rng)
        if kind == "ofd":
            return Base(drawn_ofd(edition, year, values), values)
        if kind == "pdf":
            return Base(drawn_pdf(edition, year, values), values)
        suffix = FORMATS[kind]
        draw = rng.choice([draw for extension, draw in shapes.SHAPES.values() if extension == suffix])
        return Base(draw(edition, year, values, rng).encode(), values)
    if kind == "ofd":
        values = shapes.random_values(edition, rng)
        return Base(drawn_ofd(edition, year, values), values)
    report = reports.valid_report(rng, rng.choice([edition, edition, "2008", "2014"])).report
    return Base(write(report, kind), {key: cell.value for key, cell in report.cells.items() if cell.value is not None})


def drawn_rows(edition: str, table: str, values: shapes.Values) -> list[list[str]]:
    """The lines of a table with captions in the first columns and numbers after them."""
    return [
        [*labels[-3:], *[""] * (3 - len(labels)), *numbers][:COLUMNS]
        for labels, numbers in shapes.labelled_rows(edition, table, values)
    ]


def drawn_ofd(edition: str, year: int, values: shapes.Values) -> bytes:
    """An OFD with the prose and a page for each table."""
    pages = ["".join(ofd.text(10, 10 + 8 * place, line) for place, line in enumerate(shapes.preface(year).split("\n")))]
    xs = [2.0, 30.0, 60.0, *(90.0 + 11 * place for place in range(COLUMNS - 2))]
    pages += [
        ofd.text(10, 2, title) + ofd.table(xs, 10, drawn_rows(edition, table, values), pitch=7)
        for table, title in shapes.TITLES.items()
    ]
    return ofd.Ofd(pages).data()


def drawn_pdf(edition: str, year: int, values: shapes.Values) -> bytes:
    """A PDF drawn by hand, its streams not packed, so that damages meet what is written in them."""
    first = pdf.Page()
    for place, line in enumerate(shapes.preface(year).split("\n")):
        first.text(40, 60 + 20 * place, line)
    xs = [5.0, 90.0, 180.0, *(270.0 + 29 * place for place in range(COLUMNS - 2))]
    pages = [
        pdf.table(pdf.Page().text(40, 30, title), xs, 40, drawn_rows(edition, table, values))
        for table, title in shapes.TITLES.items()
    ]
    return pdf.pdf(first, *pages, compress=False)


def damaged(kind: str, whole: Base, rng: random.Random) -> tuple[bytes, str]:
    """Return the damaged bytes and what the damage leaves of the figures: ``kept``, ``lost`` or ``unknown``."""
    choice = rng.random()
    if kind in PRINTED and choice < 0.75:
        text, lost = damages.of_lines(whole.data.decode(), rng)
        return text.encode(), "lost" if lost else "kept"
    if kind in PACKED and choice < 0.7:
        return damages.of_members(whole.data, rng), "unknown"
    if kind in ("html", "pdf", "json", "csv") and choice < 0.6:
        return damages.of_markup(whole.data, rng), "unknown"
    return damages.of_bytes(whole.data, rng), "unknown"


def judge(score: Score, name: str, data: bytes, left: str, values: shapes.Values) -> None:
    """Read one damaged file and add what became of it."""
    started = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    try:
        report = reader.read_bytes(data, name=name, ocr=False)
    except ReadError as error:
        score.refused[error.code] += 1
        return
    except SlowError:
        score.failed += 1
        score.faults.append(f"{name}: SLOW, more than {LIMIT:.0f} s")
        return
    except Exception as error:  # noqa: BLE001 -- that anything else comes out is what is looked for
        frame = traceback.extract_tb(error.__traceback__)[-1]
        score.failed += 1
        score.faults.append(f"{name}: RAISED {error!r} in {Path(frame.filename).name}:{frame.lineno}")
        return
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        taken = time.process_time() - started
        if taken > score.slowest:
            score.slowest, score.slowest_name = taken, name
    score.read += 1
    if left == "unknown":
        return
    got = {key: cell for key, cell in report.cells.items() if cell.value is not None}
    # A zero nobody printed is as wrong as any other number; a cell of another form counts if it is not zero.
    wrong = {key: cell for key, cell in got.items() if cell.value != values.get(key, 0)}
    score.cells += len(got)
    if left == "kept":
        score.wrong += len(wrong)
        score.faults += [
            f"{name}: WRONG {key}: {values.get(key)} read as {cell.value} from {cell.printed!r}"
            for key, cell in wrong.items()
        ]
    else:
        score.apart += len(wrong)


def stop(signum: int, frame: FrameType | None) -> None:
    del signum, frame
    raise SlowError


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=400, help="damaged files per format")
    parser.add_argument("--format", choices=sorted(FORMATS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=3, help="faults to print per format")
    parser.add_argument("--keep", type=Path, help="folder for the files with a fault")
    arguments = parser.parse_args()
    signal.signal(signal.SIGPROF, stop)
    broken = False
    for kind in [arguments.format] if arguments.format else FORMATS:
        score = Score()
        for number in range(arguments.files):
            whole = base(kind, arguments.seed, number % BASES)
            name = f"{kind}-{number}.{FORMATS[kind]}"
            rng = random.Random(f"{arguments.seed}-{kind}-{number}")
            data, left = damaged(kind, whole, rng)
            before = len(score.faults)
            judge(score, name, data, left, whole.values)
            if arguments.keep and len(score.faults) > before:
                arguments.keep.mkdir(parents=True, exist_ok=True)
                (arguments.keep / name).write_bytes(data)
        broken |= bool(score.failed or score.wrong)
        refused = ", ".join(f"{code} {count}" for code, count in score.refused.most_common())
        print(
            f"{kind:9} files {arguments.files:4}  read {score.read:4}  refused {score.refused.total():4}"
            f" ({refused or '-'})  failed {score.failed}  wrong {score.wrong} of {score.cells} cells"
            f"  apart {score.apart}  slowest {score.slowest:.2f} s ({score.slowest_name})"
        )
        for line in score.faults[: arguments.show]:
            print("   ", line)
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
