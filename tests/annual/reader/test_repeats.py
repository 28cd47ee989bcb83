"""Pages that lost every text met a second time (S5): refused by name, because no number can be told its cell."""

from __future__ import annotations

import random

import pytest

from builders.shapes import cell_per_line, first_of_each, random_values, run_together
from gongkai.annual import forms
from gongkai.annual.errors import DamagedFileError
from gongkai.annual.reader import read_bytes
from gongkai.annual.report import State


@pytest.mark.parametrize("seed", range(40))
def test_they_are_refused_with_the_reason(seed):
    rng = random.Random(seed)
    edition, year = rng.choice([("2021", 2023), ("2019", 2020)])
    text = first_of_each(edition, year, random_values(edition, rng), rng)
    with pytest.raises(DamagedFileError, match="只留下第一处"):
        read_bytes(text.encode(), name="page.txt")


@pytest.mark.parametrize("shape", [cell_per_line, run_together])
def test_whole_pages_are_not(shape):
    for seed in range(20):
        rng = random.Random(seed)
        assert read_bytes(shape("2021", 2023, random_values("2021", rng), rng).encode(), name="page.txt").cells


ROWS = [row.caption for row in forms.table("2008", "summary_2008").rows][:12]


def summary(numbers: str) -> str:
    cells = iter(numbers.split())
    lines = "\n".join(f"{row} 条 {' '.join(next(cells, '') for _ in range(2))}" for row in ROWS)
    return f"海岚市2017年政府信息公开工作年度报告\n附表\n指标名称 计量单位 2017年度 历年累计\n{lines}\n"


def test_the_table_of_the_old_form_is_looked_at_as_well():
    with pytest.raises(DamagedFileError):
        read_bytes(summary("425 1516 418 1509 7 3 0 12 2 8 1").encode(), name="old.txt")
    together = summary("425 1516 418 1509 7 3 0 12 2 8 1").replace(" ", "")
    assert read_bytes(together.encode(), name="old.txt").unreadable
    whole = summary("425 1516 418 1509 7 7 3 8 0 1 3 6 0 1 3 8 2 7 0 0 1 1 0 0")
    assert read_bytes(whole.encode(), name="old.txt").value("summary_2008.disclosed_documents.cumulative") == 1516


def test_in_a_grid_a_blank_cell_is_blank_and_nothing_was_left_out():
    figures = {"received": {0: 5, 2: 2, 6: 7}, "granted": {0: 3, 1: 1, 6: 4}}
    rows = "".join(
        f"<tr><td>{row.caption}</td>"
        + "".join(f"<td>{figures.get(row.key, {}).get(column, '')}</td>" for column in range(7))
        + "</tr>"
        for row in forms.table("2021", "requests").rows
    )
    page = f"<html><body><p>海岚市2023年政府信息公开工作年度报告</p><table>{rows}</table></body></html>"
    report = read_bytes(page.encode(), name="page.html")
    assert report.value("requests.received.total") == 7
    assert report.cells["requests.granted.research"].state is State.BLANK
