# ruff: noqa: INP001 -- scripts are run by path, not imported
"""Check that the wheel holds what runs and nothing else: data files are easily forgotten, tests easily taken along.

Usage: ``check_wheel.py WHEEL``.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CODE = (".py", ".pyi")


def main(arguments: list[str]) -> int:
    """Compare the wheel named first in ``arguments`` with ``src``; return 1 and say so where they differ."""
    with zipfile.ZipFile(arguments[0]) as wheel:
        held = {name for name in wheel.namelist() if ".dist-info/" not in name}
        licences = {Path(name).name for name in wheel.namelist() if "/licenses/" in name}
    source = {
        str(path.relative_to(ROOT / "src"))
        for path in (ROOT / "src" / "gongkai").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    problems = [f"missing: {name}" for name in sorted(source - held)]
    problems += [f"does not belong: {name}" for name in sorted(held - source)]
    problems += [f"no licence file {name}" for name in ("LICENSE", "NOTICE") if name not in licences]
    for folder in ("annual/forms/2021.toml", "annual/examples/example.html", "law/parameters"):
        if not any(name.startswith(f"gongkai/{folder}") for name in held):
            problems.append(f"missing: gongkai/{folder}")
    if not any(name.startswith("gongkai/typeset/fonts/") for name in held):
        problems.append("missing: gongkai/typeset/fonts")
    sys.stdout.write("".join(f"{problem}\n" for problem in problems))
    data = sum(not name.endswith(CODE) for name in held)
    sys.stdout.write(f"wheel: {len(held)} files, {data} of them data\n")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
