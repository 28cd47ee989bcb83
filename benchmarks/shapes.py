"""Read random valid reports printed in the shapes met in the world, and count what came back.

A wrong value is a failure; an unread one is a cost. Prints one line per shape:
reports, share of non-zero cells read, share of all cells read, wrong values, reports refused.

    uv run python benchmarks/shapes.py [--scale 0.05] [--shape run_together] [--seed 1] [--show 6]
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from builders import shapes
from gongkai.annual import reader
from gongkai.annual.errors import ReadError


@dataclass
class Score:
    """What came back of the reports of one shape."""

    total: int = 0
    nonzero: int = 0
    read: int = 0
    nonzero_read: int = 0
    wrong: int = 0
    refused: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, name: str, text: str, values: shapes.Values) -> None:
        """Read one report and count its cells."""
        try:
            report = reader.read_bytes(text.encode(), name=name)
        except ReadError as error:
            self.refused += 1
            self.faults.append(f"{name}: REFUSED {error}")
            return
        for key, value in values.items():
            cell = report.cells.get(key)
            right = cell is not None and cell.value == value
            self.total += 1
            self.nonzero += value != 0
            self.read += right
            self.nonzero_read += right and value != 0
            if cell is not None and not right:
                self.wrong += 1
                self.faults.append(f"{name}: WRONG {key}: {value} read as {cell.value} from {cell.printed!r}")
            elif value and not right:
                self.faults.append(f"{name}: {key}: {value} not read")
        for key, cell in report.cells.items():
            if key not in values and cell.value:
                self.wrong += 1
                self.faults.append(f"{name}: WRONG {key} is not in the report, read as {cell.value}")


def score(shape: str, reports: int, seed: int) -> tuple[Score, float]:
    """Read ``reports`` random reports of one shape; return the score and the seconds taken."""
    suffix, draw = shapes.SHAPES[shape]
    result = Score()
    started = time.perf_counter()
    for number in range(reports):
        rng = random.Random(f"{seed}-{shape}-{number}")
        edition = rng.choice(["2021", "2019"])
        year = rng.choice([2021, 2022, 2023, 2024, 2025] if edition == "2021" else [2019, 2020])
        values = shapes.random_values(edition, rng)
        result.add(f"{shape}-{number}-{edition}.{suffix}", draw(edition, year, values, rng), values)
    return result, time.perf_counter() - started


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the 200 reports per shape")
    parser.add_argument("--shape", choices=sorted(shapes.SHAPES))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=6, help="faults to print per shape, wrong values first")
    arguments = parser.parse_args()
    failures = 0
    reports = max(1, round(200 * arguments.scale))
    for name in [arguments.shape] if arguments.shape else shapes.SHAPES:
        result, seconds = score(name, reports, arguments.seed)
        failures += result.wrong + result.refused
        print(
            f"{name:14} reports {reports:4}  non-zero {result.nonzero_read / max(1, result.nonzero):7.2%}  "
            f"read {result.read / max(1, result.total):7.2%}  wrong {result.wrong}  refused {result.refused}  "
            f"{1000 * seconds / reports:.1f} ms each"
        )
        for line in sorted(result.faults, key=lambda line: "WRONG" not in line)[: arguments.show]:
            print("   ", line)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
