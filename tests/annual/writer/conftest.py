"""Reports that the writer's tests write."""

from __future__ import annotations

import random

import pytest

from builders.reports import valid_report


@pytest.fixture(params=("2021", "2019", "2014", "2008"))
def report(request):
    """One valid report of every edition."""
    return valid_report(random.Random(20), request.param, size="medium").report
