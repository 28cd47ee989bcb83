"""Writing one report in every format, as a ratio to laying its tables out once.

    uv run python benchmarks/writer.py [reports]

The baseline is the layout that every visual format starts from: the boxes of the statutory tables. All figures of one
run were taken on the same machine in the same minute; only the ratios mean anything elsewhere.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from builders.reports import valid_report
from gongkai.annual.writer import FORMATS, write
from gongkai.annual.writer.document import items


def best(function, reports, rounds=3):
    """Return the milliseconds a report takes, in the best of ``rounds``."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for report in reports:
            function(report)
        times.append((time.perf_counter() - start) / len(reports) * 1000)
    return min(times)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    reports = [valid_report(random.Random(seed), "2021", size="medium").report for seed in range(count)]
    baseline = best(items, reports)
    print(f"{'layout':8}{baseline:8.2f} ms   1.0 ×")
    for target in FORMATS:
        start = time.perf_counter()
        write(reports[0], target)
        first = (time.perf_counter() - start) * 1000
        each = best(lambda report, target=target: write(report, target), reports)
        print(f"{target:8}{each:8.2f} ms{each / baseline:6.1f} ×   first {first:.0f} ms")


if __name__ == "__main__":
    main()
