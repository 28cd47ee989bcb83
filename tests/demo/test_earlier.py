"""The figures of earlier reports that ship with the demonstration are those of the originals."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gongkai.annual import jsonio
from gongkai.annual.audit import audit_series
from gongkai.demo import cases, earlier
from gongkai.demo.sizes import SIZES
from gongkai.reporting.domain import history
from gongkai.reporting.domain.history import Owner
from gongkai.reporting.models import Edition
from gongkai.reporting.queries import published
from gongkai.reporting.queries.trends import trend

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
TODAY = date(2025, 6, 20)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.CLAMD_SOCKET = ""


@pytest.fixture
def brought_in():
    assert sum(earlier.bring_in(TODAY)) == 4


def cells_of(report):
    return {key: cell.value for key, cell in report.cells.items()}


def test_they_stand_as_published_reports_of_their_own_bodies(brought_in):
    assert {(one.name, one.years) for one in published.bodies()} == {
        ("晋江市人民政府", (2019,)),
        ("晋江市经济和信息化局", (2017,)),
        ("泉州市人民政府", (2019,)),
        ("晋江市东石镇人民政府", (2019,)),
    }
    assert not Edition.objects.filter(unit__isnull=False).exists()


def test_the_city_s_own_years_are_in_order_and_lead_up_to_the_one_it_compiles():
    first, second = (jsonio.load(one.report) for one in earlier.own())
    assert audit_series([first, second]) == ((), ())
    assert second.value("requests.carried_out.total") == cases.data()["year"]["carried_in"]
    assert second.value("proactive.normative_documents.in_force") == SIZES["full"].before
    years = cases.data()["before"]["years"]
    assert [one.value("requests.received.total") for one in (first, second)] == [years["2022"], years["2023"]]


def test_no_prose_of_the_originals_ships():
    for one in earlier.earlier():
        assert set(one.report) == {"edition", "year", "body", "period", "table_editions", "cells", "unreadable"}


def test_what_could_not_be_read_in_print_is_unread(brought_in):
    report = published.edition("jin-jiang-shi-dong-shi-zhen", 2019).report
    assert len(report.unread_keys) == 18 * 7
    assert report.value("requests.granted.natural_person") is None


def test_their_arithmetic_is_shown(brought_in):
    found = dict(trend("quan-zhou-shi").findings)
    assert "flow-equals-stock" in {one.code for one in found[2019]}
    assert "level" in {one.code for one in dict(trend("jin-jiang-shi").findings)[2019]}


@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the original reports are not at {SEEDS}")
@pytest.mark.parametrize("shipped", earlier.earlier(), ids=lambda one: one.seed)
def test_the_shipped_figures_are_those_of_the_original(shipped):
    (path,) = SEEDS.glob(f"{shipped.seed}_*")
    original = history.bring_in(
        data=path.read_bytes(),
        name=path.name,
        owner=Owner(body=shipped.body),
        published_on=shipped.published_on,
        user=None,
        today=TODAY,
    )
    report = jsonio.loads(original.report)
    sent = jsonio.load(shipped.report)
    assert cells_of(report) == cells_of(sent)
    assert {key: replace(one, where=None) for key, one in report.unreadable.items()} == {
        key: replace(one, where=None) for key, one in sent.unreadable.items()
    }
    assert (report.edition, report.year) == (sent.edition, sent.year)


@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the original reports are not at {SEEDS}")
def test_two_years_of_one_body_are_one_series(brought_in):
    (path,) = SEEDS.glob("002_*")
    edition = history.bring_in(
        data=path.read_bytes(),
        name=path.name,
        owner=Owner(body="晋江市人民政府"),
        published_on=date(2025, 3, 1),
        user=None,
        today=TODAY,
    )
    assert edition.slug == "jin-jiang-shi"
    assert trend("jin-jiang-shi").heads == ("2019年", "2024年")
    with pytest.raises(history.SameYearError):
        history.bring_in(
            data=json.dumps({"file": ""} | earlier.earlier()[0].report).encode(),
            name="again.json",
            owner=Owner(body="晋江市"),
            user=None,
            today=TODAY,
        )
