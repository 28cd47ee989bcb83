"""Reports to call the command on: those of the documentation, and made ones."""

from __future__ import annotations

from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "docs" / "samples"
Y2022, Y2023, Y2024 = (str(SAMPLES / f"{year}.html") for year in (2022, 2023, 2024))
NO_REPORT = "<p>通知：本周五下午开会。</p>"


def changed(path, target, *changes):
    """Write the report at ``path`` to ``target`` with each (old, new) of ``changes`` made, and return the new path."""
    text = Path(path).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    target.write_text(text, encoding="utf-8")
    return str(target)


def run_together(path, target):
    """Write the report at ``path`` with the three numbers of a row run together, as some sites print them."""
    numbers = "<td>30</td><td>25</td><td>245</td>"
    return changed(path, target, (numbers, '<td colspan="3">3025245</td>'))
