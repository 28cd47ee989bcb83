"""Reports that real bodies printed, imported as earlier years: read as they are, unread where they are, audited."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from builders import printed_reports
from gongkai.annual import jsonio
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
    assert printed_reports.bring_in(TODAY) == 4


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


def test_no_prose_of_the_originals_is_kept():
    for one in printed_reports.printed():
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
@pytest.mark.parametrize("shipped", printed_reports.printed(), ids=lambda one: one.seed)
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
            data=json.dumps({"file": ""} | printed_reports.printed()[0].report).encode(),
            name="again.json",
            owner=Owner(body="晋江市"),
            user=None,
            today=TODAY,
        )
