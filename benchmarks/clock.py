"""How fast the clock is, as ratios of what a bare computation costs on the same machine in the same run.

    uv run python benchmarks/clock.py [--scale 0.05]

(a) start-up: the whole process ``gongkai clock --received … --format json`` against one that imports argparse,
    tomllib, datetime, dataclasses and json; the bound is 1.5. No web framework, lxml or pdf library may be loaded.
(b) full results (state, days used, provisional flag) over receipts on all days 2008–2026 and every channel, against
    the same loop of bare ``bisect`` on a prepared list; the bound is 5. On a random sample the due date is the date of
    the last counted day and of the last line of the trace.

``--scale`` shortens the run; the exit status is 1 if a bound is broken.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from bisect import bisect_right
from datetime import date
from itertools import cycle, islice

from gongkai.law.calendar import CHINA
from gongkai.law.clock import CHANNELS, clock

RESULTS, SAMPLE, RUNS = 1_000_000, 10_000, 40
STARTUP_BOUND, RESULT_BOUND = 1.5, 5.0
REFERENCE = "import argparse, tomllib, datetime, dataclasses, json"
COMMAND = "import sys; from gongkai.cli import main; sys.argv[1:] = {!r}; main()"
ARGUMENTS = ["clock", "--received", "2024-02-05", "--format", "json"]
FOREIGN = ("django", "lxml", "pdfplumber", "pypdfium2", "docx", "openpyxl", "rich", "typst")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full size to run")
    scale = parser.parse_args().scale
    startup = measure_startup(max(5, int(RUNS * scale)))
    result = measure_results(max(1000, int(RESULTS * scale)))
    check_traces(max(100, int(SAMPLE * scale)))
    print(f"start-up of gongkai clock   {startup:5.2f} x its libraries   (bound {STARTUP_BOUND})")
    print(f"full result of clock()      {result:5.2f} x bare bisect      (bound {RESULT_BOUND})")
    return int(startup > STARTUP_BOUND or result >= RESULT_BOUND)


def measure_startup(runs: int) -> float:
    """Best of ``runs`` whole processes each, taken in turns so that both see the same machine."""
    command = COMMAND.format(ARGUMENTS)
    loaded = f"import sys; before = set(sys.modules); {command}; print(*sys.modules, file=sys.stderr)"
    modules = subprocess.run([sys.executable, "-c", loaded], check=True, capture_output=True, text=True).stderr.split()
    foreign = [name for name in FOREIGN if name in modules]
    if foreign:
        raise SystemExit(f"gongkai clock loads {foreign}")
    best = {REFERENCE: float("inf"), command: float("inf")}
    for _ in range(runs):
        for code, so_far in best.items():
            begun = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
            best[code] = min(so_far, time.perf_counter() - begun)
    return best[command] / best[REFERENCE]


def receipts(count: int) -> list[tuple[date, str, date]]:
    """``count`` receipts, each asked about 30 days later: every day of the regulation to the end of 2026, by every
    channel, over and over.
    """
    days = [date.fromordinal(n) for n in range(date(2008, 5, 1).toordinal(), date(2026, 12, 31).toordinal() + 1)]
    asked = [(day, channel, date.fromordinal(day.toordinal() + 30)) for day in days for channel in CHANNELS]
    return list(islice(cycle(asked), count))


def measure_results(count: int) -> float:
    work = receipts(count)
    prepared = [date.fromordinal(n) for n in range(date(2008, 1, 1).toordinal(), date(2028, 1, 1).toordinal())]
    prepared = [day for day in prepared if CHINA.is_working(day)]
    best_bare = best_full = float("inf")
    for _ in range(3):
        begun = time.perf_counter()
        for day, _channel, _as_of in work:
            due = prepared[bisect_right(prepared, day) + 19]
        best_bare = min(best_bare, time.perf_counter() - begun)
        begun = time.perf_counter()
        for day, channel, as_of in work:
            state = clock(day, channel, day, as_of=as_of)
            due, _used, _provisional = state.due, state.days_used, state.provisional
        best_full = min(best_full, time.perf_counter() - begun)
    assert due is not None
    print(f"bare bisect {best_bare / count * 1e9:.0f} ns, clock() {best_full / count * 1e9:.0f} ns a result")
    return best_full / best_bare


def check_traces(count: int) -> None:
    chance = random.Random(20190515)
    for day, channel, _as_of in chance.sample(receipts(RESULTS), count):
        state = clock(day, channel)
        trace = state.trace
        counted = [line["date"] for line in trace if line["kind"] == "counted"]
        if not state.due == trace[-1]["date"] == counted[-1]:
            raise SystemExit(f"{day} {channel}: due {state.due}, trace ends {trace[-1]['date']}")


if __name__ == "__main__":
    sys.exit(main())
