"""How long reading a PDF takes, as a multiple of ``pdfplumber.extract_text`` over its pages with tables.

    uv run python benchmarks/pdf.py [--quick]

Measured on a report written by the project itself, and on the real ones beside the repository where they are. One line
per file: loading alone (bytes → lines and grids), the whole reading (bytes → report), and both as ratios; the bound is
1.5 for the whole. Everything is imported before, every figure is the best of several runs, taken in turns.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pdfplumber

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from builders.reports import valid_report
from gongkai.annual import reader
from gongkai.annual.reader import layout_pages, pdf
from gongkai.annual.reader.layout_cells import Filled
from gongkai.annual.writer import write

if TYPE_CHECKING:
    from collections.abc import Callable

BOUND = 1.5
CORPUS = Path(__file__).resolve().parent.parent / ".." / "shared" / "corpus"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one run instead of five")
    runs = 1 if parser.parse_args().quick else 5
    files = {"written by gongkai": write(valid_report(random.Random(1), "2021").report, "pdf")}
    files |= {path.name: path.read_bytes() for path in sorted(CORPUS.glob("*.pdf"))}
    broken = False
    for name, data in files.items():
        wanted = table_pages(data)
        reader.read_bytes(data, name=name)
        load, read, reference = best(
            runs,
            lambda data=data, name=name: pdf.load(data, file=name),
            lambda data=data, name=name: reader.read_bytes(data, name=name),
            lambda data=data, wanted=wanted: plumber(data, wanted),
        )
        ratio = read / reference
        broken |= ratio > BOUND
        print(
            f"{name:20} load {load * 1000:4.0f} ms = {load / reference:4.2f} x   read {read * 1000:4.0f} ms = "
            f"{ratio:4.2f} x   pdfplumber.extract_text over {len(wanted)} pages {reference * 1000:4.0f} ms   "
            f"(bound {BOUND})"
        )
    return int(broken)


def table_pages(data: bytes) -> list[int]:
    """The pages, from 0, that hold a part of a table."""
    pages = [page.sheet for page in pdf.pages_of(data)]
    return [
        sheet.number - 1 for sheet in pages if any(isinstance(part, Filled) for part in layout_pages.elements_of(sheet))
    ]


def plumber(data: bytes, wanted: list[int]) -> None:
    with pdfplumber.open(io.BytesIO(data)) as document:
        for index in wanted:
            document.pages[index].extract_text()


def best(runs: int, *what: Callable[[], object]) -> list[float]:
    """The best time of each, the runs taken in turns."""
    times: list[list[float]] = [[] for _ in what]
    for _ in range(runs):
        for kept, call in zip(times, what, strict=True):
            start = time.perf_counter()
            call()
            kept.append(time.perf_counter() - start)
    return [min(kept) for kept in times]


if __name__ == "__main__":
    raise SystemExit(main())
