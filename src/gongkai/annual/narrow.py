"""What another year of the same body says about cells that could not be read from the file alone.

Two identities join consecutive years: what was carried out is what is carried in, and what is in force is what was in
force plus made less repealed. A candidate that breaks one of them is dropped. If one is left it is taken for a
comparison, which says so and from which report; the report itself stays as it was read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gongkai.annual import forms
from gongkai.annual.report import Cell, Number, Report, State, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BEFORE, _NOW = 0, 1


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Cells of ``file`` (what stood there: ``printed``) that were decided with the help of ``against``."""

    file: str
    key: str
    printed: str
    values: tuple[Number | None, ...]
    against: str


def narrow(years: Sequence[Report]) -> tuple[list[Report], list[Narrowed]]:
    """Return the reports of one body, in order of their years, with what their neighbours decide filled in.

    A year decided helps the next one, so this goes on until nothing changes.
    """
    reports = list(years)
    notes: list[Narrowed] = []
    changed = True
    while changed:
        changed = False
        for place in range(1, len(reports)):
            if reports[place].year != (reports[place - 1].year or 0) + 1:
                continue
            for side in (_BEFORE, _NOW):
                pair = (reports[place - 1], reports[place])
                for found in _decided(pair, side):
                    reports[place - 1 + side] = _filled(reports[place - 1 + side], found)
                    notes.append(found)
                    changed = True
    return reports, notes


def _decided(pair: tuple[Report, Report], side: int) -> Iterator[Narrowed]:
    report, other = pair[side], pair[1 - side]
    for entry in report.unreadable.values():
        left = [values for values in entry.candidates if _holds(pair, side, entry, values)]
        if len(entry.candidates) > 1 and len(left) == 1:
            yield Narrowed(report.file, entry.key, entry.printed, left[0], other.file)


def _holds(pair: tuple[Report, Report], side: int, entry: Unreadable, values: tuple[Number | None, ...]) -> bool:
    """Tell whether a candidate breaks no identity between the years whose other cells are all known."""
    assumed = dict(zip(entry.keys, values, strict=True))
    for terms in _identities(pair):
        balance: Number = 0
        known = True
        for at, key, sign in terms:
            number = assumed[key] if at == side and key in assumed else pair[at].value(key)
            known = known and number is not None
            balance += sign * (number or 0)
        if known and balance != 0:
            return False
    return True


def _identities(pair: tuple[Report, Report]) -> Iterator[tuple[tuple[int, str, int], ...]]:
    """Yield the identities as (year, cell, sign): the signed cells add up to nothing."""
    for column in forms.table("2021", "requests").blocks[0].columns:
        yield (_BEFORE, f"requests.carried_out.{column.key}", 1), (_NOW, f"requests.carried_in.{column.key}", -1)
    if all(report.table_editions.get("proactive", report.edition) == "2021" for report in pair):
        for row in ("rules", "normative_documents"):
            stem = f"proactive.{row}"
            stock = (_BEFORE, f"{stem}.in_force", 1), (_NOW, f"{stem}.made", 1)
            yield *stock, (_NOW, f"{stem}.repealed", -1), (_NOW, f"{stem}.in_force", -1)


def _filled(report: Report, found: Narrowed) -> Report:
    entry = report.unreadable[found.key]
    cells = dict(report.cells)
    for key, value in zip(entry.keys, found.values, strict=True):
        cells[key] = Cell(key, State.BLANK if value is None else State.VALUE, value, entry.printed, entry.where)
    return replace(report, cells=cells, unreadable={k: v for k, v in report.unreadable.items() if k != found.key})
