"""How long reading a web page takes, as a multiple of parsing it and laying its tables out.

    uv run python benchmarks/webpages.py [--scale 0.05]

The reference is the least that any reader must do: lxml parses the page, each table becomes a plain grid by its
``rowspan`` and ``colspan``, and the text of the page is joined. Measured on pages written by the project itself, on
pages of the shape met in the world (``tests/builders/shapes.py``), and on a real one beside the repository where it
is. Both are run in turns, each turn on another page; the medians of their processor times are compared. The bound of
4 is held at full size.

The name is not ``html.py``: beside the other scripts that would hide the module ``html`` of the standard library.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from builders import shapes
from builders.reports import valid_report
from gongkai.annual import reader
from gongkai.annual.writer import write

if TYPE_CHECKING:
    from collections.abc import Callable

BOUND, RUNS, DIFFERENT = 4.0, 200, 20
REAL = Path(__file__).resolve().parent.parent / ".." / "shared" / "corpus" / "shanghai_office_2019.html"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full size to run")
    scale = parser.parse_args().scale
    rng = random.Random(1)
    kinds = {
        "written by gongkai": [
            write(valid_report(rng, "2021", size="medium").report, "html") for _ in range(DIFFERENT)
        ],
        "met in the world": [
            shapes.html_grid("2021", 2023, shapes.random_values("2021", rng), rng).encode() for _ in range(DIFFERENT)
        ],
    }
    if REAL.exists():
        kinds[REAL.name] = [REAL.read_bytes()]
    broken = False
    for name, pages in kinds.items():
        read, bare = medians(
            max(5, round(RUNS * scale)), pages, lambda data: reader.read_bytes(data, name="page.html"), reference
        )
        broken |= read / bare > BOUND
        size = sum(map(len, pages)) / len(pages) / 1024
        print(
            f"{name:26} {size:4.0f} KB   read {read * 1e3:6.2f} ms = {read / bare:4.2f} x   "
            f"parse, grids and text {bare * 1e3:6.2f} ms   (bound {BOUND:.0f})"
        )
    return int(scale >= 1 and broken)


def reference(data: bytes) -> tuple[str, list[list[list[str]]]]:
    """Return the text of the page and its tables, every position of a merged cell filled."""
    root = etree.fromstring(data, etree.HTMLParser(encoding="utf-8"))
    return " ".join("".join(root.itertext()).split()), [grid(table) for table in root.iter("table")]


def grid(table: etree._Element) -> list[list[str]]:
    taken: dict[tuple[int, int], str] = {}
    height = width = 0
    for row, element in enumerate(table.iter("tr")):
        column = 0
        for cell in element.iter("td", "th"):
            while (row, column) in taken:
                column += 1
            text = " ".join("".join(cell.itertext()).split())
            across, down = int(cell.get("colspan") or 1), int(cell.get("rowspan") or 1)
            for below in range(down):
                for beside in range(across):
                    taken[row + below, column + beside] = text
            column += across
            width = max(width, column)
        height = row + 1
    return [[taken.get((row, column), "") for column in range(width)] for row in range(height)]


def medians(runs: int, pages: list[bytes], *what: Callable[[bytes], object]) -> list[float]:
    """Return the median processor time of each in seconds, the runs taken in turns, once more before to warm up."""
    times: list[list[float]] = [[] for _ in what]
    for run in range(runs + 1):
        for kept, call in zip(times, what, strict=True):
            start = time.process_time()
            call(pages[run % len(pages)])
            if run:
                kept.append(time.process_time() - start)
    return [statistics.median(kept) for kept in times]


if __name__ == "__main__":
    sys.exit(main())
