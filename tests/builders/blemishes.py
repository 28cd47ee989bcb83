"""Reports that are right but not tidy: blank cells, slashes, remarks, units, digits that ran together, local forms."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gongkai.annual.report import Cell, State, Unreadable

if TYPE_CHECKING:
    import random

    from gongkai.annual.report import Report


def with_gaps(rng: random.Random, report: Report, share: float = 0.1) -> Report:
    """Return the report with about ``share`` of its cells blank, or a slash or a dash in them."""
    cells = dict(report.cells)
    for key in cells:
        if rng.random() < share:
            printed = rng.choice(("", "", "/", "-"))
            state = State.NOT_APPLICABLE if printed else State.BLANK
            cells[key] = Cell(key, state, None, printed)
    return replace(report, cells=cells)


def with_remark(report: Report, key: str, remark: str) -> Report:
    """Return the report with ``remark`` beside the number in the cell ``key``."""
    cell = report.cells[key]
    return replace(
        report, cells={**report.cells, key: replace(cell, printed=f"{cell.printed}（{remark}）", remark=remark)}
    )


def with_run_together(report: Report, row: str, columns: tuple[str, ...]) -> Report:
    """Return the report with the numbers of one row printed without a gap, unread."""
    keys = tuple(f"{row}.{column}" for column in columns)
    numbers = tuple(report.value(key) for key in keys)
    printed = "".join(report.cells[key].printed for key in keys)
    entry = Unreadable(row, keys, printed, (numbers, (None, *numbers[1:])))
    cells = {key: cell for key, cell in report.cells.items() if key not in keys}
    return replace(report, cells=cells, unreadable={row: entry})


def without_rows(report: Report, *rows: str) -> Report:
    """Return the report in a form that does not print ``rows`` (``table.row``)."""
    cells = {key: cell for key, cell in report.cells.items() if key.rpartition(".")[0] not in rows}
    return replace(report, cells=cells)
