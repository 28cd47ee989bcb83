"""How long one audit takes, beside the bare sums of the same report.

    uv run python benchmarks/audit.py [--scale 0.05]

Clean reports of the form of 2021 with prose (``tests/builders``) are audited whole, and only added up: every row,
column, balance and remedy of the tables, over plain dictionaries. For each report the best of several runs counts. The
bound is 1 ms for an audit; it is held at full size only.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from builders.reports import valid_report
from gongkai.annual import forms
from gongkai.annual.audit import audit

if TYPE_CHECKING:
    from collections.abc import Callable

    from gongkai.annual.report import Number, Report

REPORTS, ROUNDS = 200, 15
BOUND = 1e-3  # seconds
IDENTITIES = [one for table in ("requests", "remedies") for one in forms.identities("2021", table)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full size to run")
    scale = parser.parse_args().scale
    number = max(10, int(REPORTS * scale))
    reports = clean(number)
    numbers = [{key: cell.value or 0 for key, cell in report.cells.items()} for report in reports]
    whole = sum(best(lambda report=report: audit(report)) for report in reports) / number
    bare = sum(best(lambda values=values: added_up(values)) for values in numbers) / number
    characters = sum(len(report.prose) for report in reports) // number
    print(
        f"audit of a clean 2021 report with {characters} characters of prose   {whole * 1e3:.3f} ms   "
        f"{whole / bare:.1f} x its bare sums ({bare * 1e3:.3f} ms)   (bound {BOUND * 1e3:.0f} ms)"
    )
    return int(scale >= 1 and whole > BOUND)


def clean(number: int) -> list[Report]:
    """Make reports in which nothing is wrong, and audit them once so that every pattern is compiled."""
    reports = [valid_report(random.Random(place), "2021").report for place in range(number)]
    assert not any(finding.severity == "error" for report in reports for finding in audit(report))
    return reports


def added_up(values: dict[str, Number]) -> bool:
    return all(sum(values[key] for key in one.left) == sum(values[key] for key in one.right) for one in IDENTITIES)


def best(work: Callable[[], object]) -> float:
    """Return the shortest of several runs, in seconds: what disturbs a run only ever makes it longer."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    sys.exit(main())
