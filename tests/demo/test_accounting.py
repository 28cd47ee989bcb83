"""The report of 2024, compiled from the city's cases, is cell by cell the one that a real city published."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from demo.conftest import PASSWORD, TINY
from gongkai.annual.compare import compare
from gongkai.annual.reader import read
from gongkai.demo.accounting import data
from gongkai.demo.making import make
from gongkai.demo.sizes import SIZES
from gongkai.reporting.models import Scope, State, Submission
from gongkai.reporting.queries import published
from gongkai.reporting.queries.after_freeze import changes
from gongkai.reporting.queries.report import report_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SEED = Path(__file__).resolve().parents[3] / "shared" / "seeds" / "002_05a9cb0fc661a03f.txt"
TODAY = date(2026, 2, 6)
MINI = replace(
    TINY,
    key="mini",
    proactive=60,
    cases=True,
    cases_before=0,
    units=(),
    **{name: getattr(SIZES["full"], name) for name in ("made", "ended", "before", "ended_before")},
    **{name: getattr(SIZES["full"], name) for name in ("permits", "penalties", "coercions")},
)


@pytest.fixture(scope="module")
def reported(installation, django_db_setup, django_db_blocker):
    """The whole city with all the cases of the year, and its reports; undone after the last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        make(size=MINI, today=TODAY, password=PASSWORD, progress=lambda *_: None)
        yield Submission.objects.select_related("unit", "campaign")
        transaction.set_rollback(True)


def whole(reported):
    return reported.get(scope=Scope.WHOLE, campaign__year=2024, unit__code="HL-001")


def test_the_city_s_report_equals_the_published_one_cell_by_cell(reported):
    if not SEED.is_file():
        pytest.skip(f"the published report is not here: {SEED.name}")
    original = read(SEED)
    made = report_of(whole(reported))
    assert {key: made.value(key) for key in original.cells} == {key: cell.value for key, cell in original.cells.items()}
    assert set(made.cells) == set(original.cells)
    both = compare([replace(made, body="甲市"), replace(original, body="乙市")], detail=True)
    assert all(line.entries[0].value == line.entries[1].value for line in both.lines)


def test_the_figures_are_those_of_the_plan(reported):
    made = report_of(whole(reported))
    assert [made.value(f"proactive.normative_documents.{column}") for column in ("made", "repealed", "in_force")] == [
        34,
        54,
        225,
    ]
    assert made.value("proactive.permits.decisions") == MINI.permits
    assert str(made.value("proactive.charges.amount_wan")) == "1002.3819"
    assert made.value("requests.received.total") == 219


def test_the_reports_of_the_year_are_received_and_those_after_it_are_under_way(reported):
    states = reported.filter(campaign__year=2024, scope=Scope.OWN).values_list("state", flat=True)
    assert set(states) == {State.ACCEPTED}
    later = set(reported.filter(campaign__year=2025, scope=Scope.OWN).values_list("state", flat=True))
    assert {State.DRAFT, State.SIGNED, State.ACCEPTED} <= later
    text = whole(reported).sections[1][2]
    assert all(f"{value}" in text for value in data()["facts"].values())


def test_the_city_s_report_is_published_with_all_its_files(reported):
    assert whole(reported).state == State.PUBLISHED
    edition = published.edition("hl-001", 2024)
    assert [one.format for one in edition.files] == ["docx", "pdf", "html", "json"]
    assert edition.report.value("requests.received.total") == 219
    assert changes(whole(reported).editions.get()) == ()
    assert "hl-001" in {one.slug for one in published.bodies()}
