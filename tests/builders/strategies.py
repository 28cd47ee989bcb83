"""Hypothesis strategies over the generators: what is drawn is a seed, so a failing example is named by one number."""

from __future__ import annotations

import random

from hypothesis import strategies as st

from builders.reports import Generated, series, valid_report
from gongkai.annual.forms import EDITIONS

SEEDS = st.integers(0, 2**32 - 1)


def valid_reports(*editions: str) -> st.SearchStrategy[Generated]:
    """Reports without an error, of one of ``editions`` (default: any)."""
    return st.builds(
        lambda seed, edition: valid_report(random.Random(seed), edition), SEEDS, st.sampled_from(editions or EDITIONS)
    )


def valid_series(first: int = 2019, last: int = 2024) -> st.SearchStrategy[list[Generated]]:
    """Reports of one body for the years ``first`` to ``last``, consistent with each other."""
    return st.builds(lambda seed: series(random.Random(seed), range(first, last + 1)), SEEDS)
