"""The figures of the prefecture-level city are those that a real one printed, cell by cell."""

from pathlib import Path

import pytest

from gongkai.annual import forms
from gongkai.annual.audit import audit
from gongkai.annual.reader import read
from gongkai.demo.prefecture.figures import EDITION, KINDS, figures

SEED = Path(__file__).resolve().parents[3].parent / "shared" / "seeds" / "003_831a942c0d0dfd8c.txt"
NOT_TAKEN_OVER = {
    f"proactive.{row}.{column}" for row in ("rules", "normative_documents") for column in ("made", "published")
}


@pytest.mark.skipif(not SEED.is_file(), reason="needs the real reports in ../shared/seeds")
def test_every_cell_is_that_of_the_printed_report():
    printed = {key: cell.value for key, cell in read(SEED).cells.items()}
    assert figures().cells() == {key: value for key, value in printed.items() if key not in NOT_TAKEN_OVER}


@pytest.mark.skipif(not SEED.is_file(), reason="needs the real reports in ../shared/seeds")
def test_the_audit_tells_the_printed_report_that_its_flows_are_its_stocks():
    found = {cell for finding in audit(read(SEED)) if finding.code == "flow-equals-stock" for cell in finding.cells}
    assert found == {
        f"proactive.{row}.{column}" for row in ("rules", "normative_documents") for column in ("made", "total")
    }


def test_what_is_told_beside_the_tables_fits_them():
    whole = figures()
    cells = whole.cells()
    assert (whole.made, whole.proactive) == (65_613, 25_881)
    assert cells["requests.received.total"] + cells["requests.carried_in.total"] == sum(whole.channels.values()) == 1206
    assert (cells["requests.outcome_total.total"], cells["requests.carried_out.total"]) == (1189, 17)


@pytest.mark.parametrize("which", [figures(), figures().scaled(20), figures().scaled(400)], ids=["1", "20", "400"])
def test_the_tables_balance(which):
    cells = which.cells()
    for table in ("requests", "remedies"):
        for identity in forms.identities(EDITION, table):
            left, right = (sum(cells[key] for key in side) for side in (identity.left, identity.right))
            assert left == right, identity
    assert all(value >= 0 for value in cells.values())


def test_stocks_are_not_flows():
    for stock in (figures().rules, figures().normative):
        assert stock.made < stock.total == stock.before + stock.made - stock.ended


def test_a_smaller_city_still_has_every_way_an_application_can_end():
    assert {row for row, kinds in figures().scaled(20).ended.items() if sum(kinds.values())} == set(figures().ended)
    assert sum(figures().scaled(20).received.get(kind, 0) for kind in KINDS) < 100
