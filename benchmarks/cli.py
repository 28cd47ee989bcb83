"""How much two processes gain over one on many files.

    uv run python benchmarks/cli.py [--scale 0.05]

1 000 mixed reports (web pages, text, Word, workbooks, PDF; every edition) are read and audited by the whole command,
once with ``--jobs 1`` and once with ``--jobs 2``, in turns; the best of each counts. The bound is 1.7. It is only held
against the full size, where starting the processes no longer weighs; the exit status is 1 if it is broken there.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from builders.reports import valid_report
from gongkai.annual.forms import EDITIONS
from gongkai.annual.writer import write

REPORTS, DISTINCT, RUNS = 1000, 40, 2
BOUND = 1.7
FORMATS = ("html", "docx", "html", "xlsx", "html", "pdf", "html", "docx")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full size to run")
    scale = parser.parse_args().scale
    number = max(20, int(REPORTS * scale))
    broken = False
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), number)
        for command in ("read", "audit"):
            one, two = measure(command, folder)
            ratio = one / two
            print(
                f"{number} mixed reports, {command:<5} --jobs 2   {ratio:5.2f} x one process   "
                f"(bound {BOUND}; {number / two:.0f} reports/s, {os.cpu_count()} processors)"
            )
            broken |= scale >= 1 and ratio < BOUND
    return int(broken)


def make(folder: Path, number: int) -> None:
    """Write ``number`` reports into ``folder``: some distinct ones, each under many names."""
    made = []
    for place in range(min(DISTINCT, number)):
        form = FORMATS[place % len(FORMATS)]
        report = valid_report(random.Random(place), EDITIONS[place % len(EDITIONS)]).report
        made.append((form, write(report, form)))
    for place in range(number):
        form, data = made[place % len(made)]
        (folder / f"{place:04}.{form}").write_bytes(data)


def measure(command: str, folder: str) -> tuple[float, float]:
    """Best time of the whole command with one and with two processes, in seconds."""
    best = {1: float("inf"), 2: float("inf")}
    for _ in range(RUNS):
        for jobs, so_far in best.items():
            words = [sys.executable, "-m", "gongkai", command, folder, "--format", "json", "--jobs", str(jobs)]
            begun = time.perf_counter()
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            best[jobs] = min(so_far, time.perf_counter() - begun)
            if done.returncode not in {0, 1}:
                raise SystemExit(f"{command} ended with {done.returncode}: {done.stderr.splitlines()[:3]}")
    return best[1], best[2]


if __name__ == "__main__":
    raise SystemExit(main())
