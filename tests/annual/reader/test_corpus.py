"""The real reports of the corpus against their hand-checked values."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongkai.annual.reader import read

CORPUS = Path(__file__).resolve().parents[3] / ".." / "shared" / "corpus"
NAMES = sorted(path.stem for path in (CORPUS / "truth").glob("*.json"))
pytestmark = pytest.mark.skipif(not NAMES, reason="needs the real reports in ../shared/corpus")


@pytest.mark.parametrize("name", NAMES or ["absent"])
def test_every_value_is_right_or_openly_unread(name):
    report = read(next(path for path in CORPUS.glob(f"{name}.*")))
    truth = json.loads((CORPUS / "truth" / f"{name}.json").read_text(encoding="utf-8"))
    cells, ambiguous = truth["cells"], frozenset(truth.get("ambiguous", ()))
    wrong = {}
    for key, value in cells.items():
        found = report.value(key)
        open_ = found is None and (key in ambiguous or value is None)
        if not open_ and (found is None or abs(float(found) - value) > 1e-6):
            wrong[key] = (value, found)
    assert wrong == {}
    for entry in report.unreadable.values():
        if all(key in cells and cells[key] is not None for key in entry.keys):
            assert tuple(cells[key] for key in entry.keys) in entry.candidates
    editions = list(
        dict.fromkeys(report.table_editions[t] for t in ("proactive", "requests") if t in report.table_editions)
    )
    assert "+".join(editions or [report.edition]) == truth["edition"]
    assert report.year == truth["year"]
