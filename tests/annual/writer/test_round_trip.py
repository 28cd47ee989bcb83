"""Written, then read as any other file: the same cells, states, sections and metadata come back."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.blemishes import with_gaps, with_remark, with_run_together
from builders.reports import valid_report
from builders.strategies import SEEDS, valid_reports
from gongkai.annual import reader
from gongkai.annual.errors import ReadError
from gongkai.annual.report import State
from gongkai.annual.writer import FORMATS, write

VISUAL = ("docx", "html", "pdf", "xlsx")
SHARED = Path(__file__).resolve().parents[3] / ".." / "shared"


def again(report, target):
    return reader.read_bytes(write(report, target), name=f"a.{target}")


def cells(report):
    return {key: (cell.state, cell.value, cell.remark.strip("（）")) for key, cell in report.cells.items()}


def squeezed(text):
    return "".join((text or "").split())


def metadata(report):
    return (report.edition, dict(report.table_editions), report.body, report.year, report.period)


def prose(report, *, folded=False):
    """Return the sections and the preamble without its title; ``folded`` leaves the ends of lines to chance."""
    text = squeezed if folded else str
    # The title stands in the preamble of a report read from a file; a PDF may have lost half of it in the title.
    preamble = squeezed(report.preamble).partition("报告本报告")[2]
    return preamble, [(section.number, section.title, text(section.text)) for section in report.sections]


@pytest.mark.parametrize("target", FORMATS)
@given(generated=valid_reports("2021", "2019", "2008"))
@settings(max_examples=4, deadline=None)
def test_a_valid_report_comes_back_as_it_was(target, generated):
    report = generated.report
    read = again(report, target)
    assert cells(read) == cells(report)
    assert metadata(read) == metadata(report)
    assert prose(read, folded=target == "pdf")[1] == prose(report, folded=target == "pdf")[1]
    assert dict(read.unreadable) == {}


@pytest.mark.parametrize("target", FORMATS)
@given(generated=valid_reports("2014"))
@settings(max_examples=3, deadline=None)
def test_the_statistics_table_comes_back_as_it_was(target, generated):
    report = generated.report
    read = again(report, target)
    assert cells(read) == cells(report)
    assert metadata(read) == metadata(report)
    assert prose(read, folded=target == "pdf")[1] == prose(report, folded=target == "pdf")[1]


@pytest.mark.parametrize("target", ["docx", "html", "xlsx", "csv", "json"])
@given(seed=SEEDS, edition=st.sampled_from(("2021", "2019")))
@settings(max_examples=4, deadline=None)
def test_blank_cells_and_slashes_come_back_as_such(target, seed, edition):
    rng = random.Random(seed)
    report = with_gaps(rng, valid_report(rng, edition).report, 0.05)
    assert cells(again(report, target)) == cells(report)


@pytest.mark.parametrize("target", FORMATS)
def test_title_and_preamble_come_back_but_for_the_ends_of_lines(target):
    report = valid_report(random.Random(12), "2021").report
    read = again(report, target)
    assert squeezed(report.title).endswith(squeezed(read.title))
    assert squeezed(read.preamble).removeprefix(squeezed(report.title)) == squeezed(report.preamble)


@pytest.mark.parametrize("target", FORMATS)
def test_a_report_that_mixes_forms_keeps_them_apart(target):
    report = valid_report(random.Random(4), "2021", size="medium").report
    trial = valid_report(random.Random(4), "2019", size="medium").report
    held = {key: cell for key, cell in report.cells.items() if not key.startswith("requests.")}
    held |= {key: cell for key, cell in trial.cells.items() if key.startswith("requests.")}
    mixed = replace(report, cells=held, table_editions={**report.table_editions, "requests": "2019"})
    read = again(mixed, target)
    assert cells(read) == cells(mixed)
    assert read.table_editions == mixed.table_editions


@pytest.mark.parametrize("target", FORMATS)
def test_what_was_unread_stays_unread_and_remarks_stay_remarks(target):
    report = valid_report(random.Random(3), "2021", size="medium").report
    report = with_remark(report, "proactive.normative_documents.made", "其中修订1件")
    report = with_run_together(report, "requests.received", ("natural_person", "commercial", "research"))
    read = again(report, target)
    assert cells(read) == cells(report)
    assert read.unread_keys == report.unread_keys


@pytest.mark.parametrize("target", VISUAL)
def test_a_report_read_from_a_file_is_written_as_it_was(target):
    first = again(valid_report(random.Random(9), "2021", size="medium").report, "html")
    second = again(first, target)
    assert cells(second) == cells(first)
    assert prose(second, folded=True) == prose(first, folded=True)


REAL = sorted([*SHARED.glob("seeds/*.txt"), *SHARED.glob("corpus/*_*.*")])


@pytest.mark.skipif(not REAL, reason="../shared is absent: the real reports are not at hand")
@pytest.mark.parametrize("target", ["html", "docx", "csv", "json"])
def test_real_reports_keep_every_cell(target):
    changed = {}
    for path in REAL:
        try:
            report = reader.read(path)
        except ReadError:
            continue
        read = again(report, target)
        if (cells(read), read.unread_keys) != (cells(report), report.unread_keys):
            changed[path.name] = {key for key in cells(report) if cells(report)[key] != cells(read).get(key)}
    assert changed == {}


@pytest.mark.skipif(not REAL, reason="../shared is absent: the blank form is not at hand")
def test_the_blank_national_form_is_written_with_every_cell_blank():
    report = again(reader.read(SHARED / "corpus" / "blank_template_2021.docx"), "docx")
    assert {cell.state for cell in report.cells.values()} == {State.BLANK}
    assert len(report.cells) == 10 + 25 * 7 + 15
