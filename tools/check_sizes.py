# ruff: noqa: INP001 -- scripts are run by path, not imported
"""Check that no module has grown past what can be read in one sitting.

A module may have 600 lines, a test module 800; the median of ``src`` is printed beside the target of 120. Migrations
are written by a program and do not count.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MOST = {"src": 600, "tests": 800, "benchmarks": 600, "tools": 600}


def main() -> int:
    """Print the modules over their limit and the median; return 1 if there is one."""
    too_long = []
    lengths = []
    for folder, most in MOST.items():
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if folder == "src" and lines:
                lengths.append(lines)
            if lines > most:
                too_long.append(f"{path.relative_to(ROOT)}: {lines} lines, at most {most}")
    lengths.sort()
    ninetieth = lengths[len(lengths) * 9 // 10]
    sys.stdout.write("".join(f"{words}\n" for words in too_long))
    sys.stdout.write(f"module sizes: median {statistics.median(lengths):g}, p90 {ninetieth}, longest {lengths[-1]}\n")
    return 1 if too_long else 0


if __name__ == "__main__":
    raise SystemExit(main())
