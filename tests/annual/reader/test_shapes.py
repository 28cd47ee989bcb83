"""Random valid reports in every shape: all figures come back, and digits that ran together are never guessed."""

from __future__ import annotations

import random

import pytest

from builders.shapes import SHAPES, random_values
from gongkai.annual.reader import read_bytes


def printed(name, seed):
    rng = random.Random(seed)
    edition = rng.choice(["2021", "2019"])
    values = random_values(edition, rng)
    suffix, shape = SHAPES[name]
    text = shape(edition, 2023 if edition == "2021" else 2020, values, rng)
    return edition, values, read_bytes(text.encode(), name=f"report.{suffix}")


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", sorted(set(SHAPES) - {"run_together"}))
def test_every_figure_comes_back(name, seed):
    edition, values, report = printed(name, seed)
    assert {key: report.value(key) for key in values} == values
    assert set(report.table_editions.values()) == {edition}
    assert report.body == "海岚市"
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("seed", range(12))
def test_digits_that_ran_together_are_right_or_unread_with_the_truth_among_the_candidates(seed):
    _, values, report = printed("run_together", seed)
    assert {key: cell.value for key, cell in report.cells.items()} == {key: values[key] for key in report.cells}
    assert set(report.cells) | report.unread_keys == set(values)
    for entry in report.unreadable.values():
        assert tuple(values[key] for key in entry.keys) in entry.candidates
