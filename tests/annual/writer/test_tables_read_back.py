"""What the loaders of the reader find in a written file: the very boxes that were drawn, the very words."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from builders.blemishes import with_gaps, with_remark, with_run_together
from builders.reports import valid_report
from gongkai.annual import reader
from gongkai.annual.reader.source import Grid, Line
from gongkai.annual.writer import write
from gongkai.annual.writer.boxes import TableLayout
from gongkai.annual.writer.document import items, title_of


def squeezed(text):
    return "".join(text.split())


def grids(source):
    return [
        [(squeezed(cell.text), cell.row, cell.column, cell.rowspan, cell.colspan) for cell in block.cells]
        for block in source.blocks
        if isinstance(block, Grid)
    ]


def drawn(report):
    return [
        sorted(
            [(squeezed(box.text), box.row, box.column, box.rowspan, box.colspan) for box in item.boxes],
            key=lambda box: box[1:3],
        )
        for item in items(report)
        if isinstance(item, TableLayout)
    ]


def words(report):
    said = [item.text for item in items(report)[1:] if not isinstance(item, TableLayout)]
    return [squeezed(text) for text in (title_of(report), *said)]


def lines(source):
    """Return the lines of the file; the first two together where the title takes two."""
    said = [squeezed(block.text) for block in source.blocks if isinstance(block, Line) and squeezed(block.text)]
    return ["".join(said[:2]), *said[2:]] if said[1].startswith("20") else said


@pytest.mark.parametrize("target", ["docx", "html", "xlsx"])
def test_the_boxes_and_the_words_are_those_written(report, target):
    rng = random.Random(5)
    for variant in (report, with_gaps(rng, report)):
        source = reader.load(write(variant, target), name=f"a.{target}")
        assert [sorted(grid, key=lambda box: box[1:3]) for grid in grids(source)] == drawn(variant)
        assert lines(source) == words(variant)


@pytest.mark.parametrize("target", ["docx", "html", "xlsx"])
def test_remarks_and_digits_that_ran_together_are_kept(target):
    report = valid_report(random.Random(3), "2021", size="medium").report
    report = with_remark(report, "proactive.normative_documents.made", "其中修订1件")
    report = with_run_together(report, "requests.received", ("natural_person", "commercial", "research"))
    source = reader.load(write(report, target), name=f"a.{target}")
    assert [sorted(grid, key=lambda box: box[1:3]) for grid in grids(source)] == drawn(report)


@pytest.mark.parametrize("target", ["docx", "html", "pdf", "xlsx", "csv", "json"])
def test_the_same_report_gives_the_same_bytes(report, target):
    assert write(report, target) == write(replace(report), target)
