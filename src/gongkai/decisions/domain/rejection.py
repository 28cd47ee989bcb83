"""Keeping the bad rows of an import, under captions with which they can be uploaded again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.decisions.datasets.decisions import kind_for
from gongkai.decisions.datasets.examining import FIELDS_OF
from gongkai.decisions.models import Dataset, DecisionKind, RejectedRow
from gongkai.tables.captions import ERROR_CAPTION, ROW_CAPTION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gongkai.decisions.datasets.rows import BadRow
    from gongkai.decisions.models import ImportBatch
    from gongkai.tables.captions import Layout


class Rejection:
    """Takes the bad rows of a batch.

    Sheets with the same captions keep them. Where the sheets of a workbook differ, the columns are those of the
    template, because one table can have only one row of captions.
    """

    def __init__(self, batch: ImportBatch, layouts: Sequence[Layout]) -> None:
        self._batch = batch
        self._fields = FIELDS_OF[batch.dataset]
        self._is_uniform = len({layout.captions for layout in layouts}) == 1
        own = layouts[0].captions if self._is_uniform else tuple(field.caption for field in self._fields)
        self._kept = [place for place, words in enumerate(own) if words not in {ROW_CAPTION, ERROR_CAPTION}]
        self._layout = layouts[0]
        self.columns = [own[place] for place in self._kept]

    def begin(self, layout: Layout) -> None:
        """Go on with the rows of a sheet of this layout."""
        self._layout = layout

    def keep(self, rows: Iterable[BadRow], place: Callable[[int], str]) -> None:
        """Store ``rows``; ``place`` names a row of the file."""
        RejectedRow.objects.bulk_create(
            [
                RejectedRow(
                    batch=self._batch,
                    row=bad.number,
                    place=place(bad.number),
                    cells=self._cells(bad.cells),
                    problems="；".join(bad.problems),
                )
                for bad in rows
            ],
            batch_size=500,
        )

    def _cells(self, cells: list[str]) -> list[str]:
        cells = [cell.replace("\0", "") for cell in cells]
        if self._is_uniform:
            padded = cells + [""] * len(self._layout.captions)
            return [padded[place] for place in self._kept]
        found = {name: cells[place] for name, place in self._layout.places.items() if place < len(cells)}
        found["unit"] = found.get("unit") or self._batch.unit.code
        if self._batch.dataset == Dataset.DECISIONS and not found.get("kind"):
            kind = kind_for(self._layout, self._batch.kind)
            found["kind"] = DecisionKind(kind).label if kind else ""
        return [found.get(field.name, "") for field in self._fields]
