"""The tables of one report, read by their forms."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from gongkai.annual import forms
from gongkai.annual.errors import SeveralReportsError
from gongkai.annual.reader import blocks, lists, matrix, repeats, sides, wide
from gongkai.annual.reader.collect import Collector, Slot
from gongkai.annual.reader.entries import entries
from gongkai.annual.reader.flow import PROACTIVE, REMEDIES, REQUESTS, STATISTICS, SUMMARY
from gongkai.annual.reader.labels import lexicon
from gongkai.annual.reader.numbers import BLANK
from gongkai.annual.reader.tokens import Kind, Token, is_printed
from gongkai.annual.report import Cell, Diagnostic, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gongkai.annual.reader.collect import Evidence
    from gongkai.annual.reader.entries import Item
    from gongkai.annual.reader.flow import Row

_TWICE = 3
"""This many rows of a table printed twice with other numbers are two tables; one or two are a slip."""

_SEVERAL = "文件里有两份以上的报告（同一张表出现两次，数字不同）。请一份报告一个文件。"


class Tables:
    """Reads the tables found by ``partition``.

    ``witness`` gives what the prose says, ``heads`` which half of a table of two years is whose: asked when needed.
    ``year`` is that of the half that was read, ``None`` where the tables are of one year.
    """

    def __init__(
        self,
        found: dict[str, list[Row]],
        witness: Callable[[], Evidence],
        heads: Callable[[], sides.Sides | None],
    ) -> None:
        self.cells: dict[str, Cell] = {}
        self.unreadable: dict[str, Unreadable] = {}
        self.editions: dict[str, str] = {}
        self.diagnostics: list[Diagnostic] = []
        self.labels: dict[str, str] = {}
        self.mixed = False
        self._witness = witness
        self.year: int | None = None
        two, three = _items(found, PROACTIVE), _items(found, REQUESTS)
        repeats.refuse_dropped(three, matrix.WIDTH, two)
        chosen = heads() if sides.is_doubled(three, REQUESTS) else None
        if chosen is not None:
            self._of_two_years(chosen)
            two, three = (
                sides.half(items, table, chosen.own) for items, table in ((two, PROACTIVE), (three, REQUESTS))
            )
        proactive = blocks.place(two) if two else None
        requests = matrix.place(three, edition=proactive.edition if proactive else None) if three else None
        # Where the rows of one table are printed with their numbers apart, those of the others are.
        apart = requests.separated if requests else None
        if proactive is not None:
            self._proactive(proactive, apart=apart)
        if requests is not None:
            self._requests(requests, matrix.heads(three, requests.columns))
        if proactive is not None or requests is not None:
            self._remedies(found.get(REMEDIES, ()), chosen.own if chosen else None, apart=apart)
        self._summary(found.get(SUMMARY, ()))
        self._statistics(found.get(STATISTICS, ()))
        self._missing_tables()

    def _take(self, table: str, edition: str, collector: Collector, *, loose: bool = False) -> None:
        identities = forms.identities(edition, table)
        collector.finish(identities, self._witness, loose=loose)
        self.cells |= collector.cells
        self.unreadable |= collector.unreadable
        self.editions[table] = edition
        for identity in collector.failed:
            message = f"有几行数字连在一起，而这项合计在任何拆法下都不成立：{identity.left[0]}，未据此判断。"
            self.diagnostics.append(Diagnostic("warning", "sum-fails", message, identity.left[0]))

    def _proactive(self, found: blocks.Found, *, apart: bool | None) -> None:
        if found.repeated >= _TWICE:
            raise SeveralReportsError(_SEVERAL)
        collector = Collector()
        rows = [(entry.tokens, len(entry.columns)) for entry in found.entries if entry.values.tokens]
        separated = apart or matrix.separated(rows)
        doubtful = _swallowing(found) if separated is False else frozenset()
        for entry in found.entries:
            form = forms.table(entry.edition, PROACTIVE)
            slots = [Slot(form.key_of(entry.row, c.key), c.kind, c.unit) for c in entry.columns]
            if not entry.values.tokens:
                self._row_not_found(PROACTIVE, entry.row, form.row(entry.row).caption)
            elif entry.row in doubtful:
                collector.doubt(form.key_of(entry.row, ""), slots, entry.values)
            else:
                name = form.key_of(entry.row, "")
                collector.row(name, slots, entry.values, entry.tokens, unit=entry.unit, separated=separated)
        self._take(PROACTIVE, found.edition, collector)
        self.mixed = self.mixed or found.mixed
        present = {entry.row for entry in found.entries}
        for row in forms.table(found.edition, PROACTIVE).rows:
            if row.key not in present and not found.mixed:
                self._row_not_found(PROACTIVE, row.key, row.caption)
        for cell in collector.cells.values():
            if cell.unit is not None:
                message = f"金额的单位印的是{cell.unit}，表样不是这个单位；数字照印。"
                self.diagnostics.append(Diagnostic("warning", "unit", message, cell.key))

    def _requests(self, placed: matrix.Placed, order: Sequence[str]) -> None:
        if placed.repeated >= _TWICE:
            raise SeveralReportsError(_SEVERAL)
        if placed.doubled:
            message = "表三每行有两个年度的数字，分不清哪一半是本年度的，未读。请只保留本年度的表。"
            self.diagnostics.append(Diagnostic("error", "two-years", message, REQUESTS))
            return
        form = forms.table(placed.edition, REQUESTS)
        order = tuple(order) or tuple(column.key for column in form.blocks[0].columns)
        groups = int(order[-1] == "total")
        collector = Collector()
        for row in form.rows:
            values = placed.rows.get(row.key)
            if values is None:
                self._row_not_found(REQUESTS, row.key, row.caption)
                continue
            slots = _slots(placed.edition, row.key, order)
            name = form.key_of(row.key, "")
            collector.row(name, slots, values, placed.tokens[row.key], groups=groups, separated=placed.separated)
        if placed.rows:
            self._take(REQUESTS, placed.edition, collector)
            self.mixed = self.mixed or self.editions.get(PROACTIVE, placed.edition) != placed.edition

    def _of_two_years(self, chosen: sides.Sides) -> None:
        self.year = chosen.year
        first, second = chosen.years
        message = (
            f"各表并列{first}年和{second}年两个年度的数字，已按表头只读{'左右'[chosen.own]}半{chosen.year}年的；"
            "另一年度的数字未读，文字未分开。"
        )
        self.diagnostics.append(Diagnostic("warning", "two-years", message))

    def _remedies(self, rows: Sequence[Row], own: int | None, *, apart: bool | None) -> None:
        found = wide.place(rows, own) if rows else None
        if found is None:
            return
        edition = self.editions.get(PROACTIVE) or self.editions.get(REQUESTS) or "2021"
        form = forms.table(edition, REMEDIES)
        slots = [Slot(key) for key in tuple(form.keys())]
        collector = Collector()
        if found.repeated:  # printed twice with other numbers: which is meant cannot be told
            collector.doubt(REMEDIES, slots, found.values)
        else:
            collector.row(REMEDIES, slots, found.values, found.tokens, groups=wide.GROUPS, separated=apart)
        self._take(REMEDIES, edition, collector)

    def _summary(self, rows: Sequence[Row]) -> None:
        if not rows:
            return
        items = entries(rows, lexicon(SUMMARY))
        form = forms.table("2008", SUMMARY)
        columns = [c.key for c in form.blocks[0].columns][: 2 if lists.has_cumulative(items) else 1]
        repeats.refuse_dropped(items, len(columns))
        found = lists.place(items, len(columns))
        if found is None:
            return
        if found.repeated >= _TWICE:
            raise SeveralReportsError(_SEVERAL)
        collector = Collector()
        separated = matrix.separated([(entry.tokens, len(columns)) for entry in found.entries])
        for entry in found.entries:
            slots = [Slot(form.key_of(entry.row, column)) for column in columns]
            name = form.key_of(entry.row, "")
            tokens = entry.tokens or self._cumulative_only(name, entry, separated=separated)
            collector.row(name, slots, entry.values, tokens, separated=separated)
        self._take(SUMMARY, "2008", collector, loose=True)

    def _cumulative_only(self, row: str, entry: lists.Entry, *, separated: bool | None) -> list[Token] | None:
        # A cumulative number is never less than the year's: one number for two columns is the cumulative one, and
        # the year's cell is blank. (The other way round, a year's number would have no cumulative one.)
        printed = [token for token in entry.values.tokens if is_printed(token)]
        if len(printed) != 1 or not (separated or len(printed[0].text) == 1):
            return None
        message = "两列只印了一个数字：按历年累计读取，本年度一格按空白处理。请核对原文。"
        self.diagnostics.append(Diagnostic("warning", "missing-cell", message, row))
        return [Token(Kind.CELL, "", BLANK), printed[0]]

    def _statistics(self, rows: Sequence[Row]) -> None:
        words = lexicon(STATISTICS)
        found = lists.place_statistics(rows, words) if rows else None
        if found is None:
            return
        collector = Collector()
        for entry in found.entries:
            key = f"{STATISTICS}.{entry.row}"
            collector.row(key, [Slot(key, "amount")], entry.values, entry.tokens)
        self.labels |= {f"{STATISTICS}.{row}": caption for row, caption in found.captions.items()}
        self._take(STATISTICS, "2014", collector, loose=True)

    def _row_not_found(self, table: str, row: str, caption: str) -> None:
        message = f"没有找到“{caption}”这一行的数字，未当作0。"
        self.diagnostics.append(Diagnostic("warning", "row-not-found", message, f"{table}.{row}"))

    def _missing_tables(self) -> None:
        if not {PROACTIVE, REQUESTS, REMEDIES} & set(self.editions):
            return
        for table, name in ((PROACTIVE, "二"), (REQUESTS, "三"), (REMEDIES, "四")):
            if table not in self.editions:
                message = f"没有找到表{name}，其中的数字未读，不是0。请核对文件是否完整。"
                self.diagnostics.append(Diagnostic("error", "table-not-found", message, table))


@cache
def _slots(edition: str, row: str, columns: tuple[str, ...]) -> tuple[Slot, ...]:
    form = forms.table(edition, REQUESTS)
    return tuple(Slot(form.key_of(row, column)) for column in columns)


def _swallowing(found: blocks.Found) -> frozenset[str]:
    # Where digits run together and the label of the next row of a block is lost, a row has the digits of both.
    present = [entry.row for entry in found.entries]
    pairs = [pair for block in forms.table(found.edition, PROACTIVE).blocks for pair in pairwise(block.rows)]
    return frozenset(row.key for row, following in pairs if following.key not in present)


def _items(found: dict[str, list[Row]], table: str) -> list[Item]:
    return entries(found[table], lexicon(table)) if table in found else []
