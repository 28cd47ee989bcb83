"""The year 2024 of the city, its cases and the report compiled from them, is cell by cell that of a real city."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from django.db import transaction

from demo.conftest import PASSWORD, TINY
from gongkai.annual.compare import compare
from gongkai.annual.reader import read
from gongkai.applications.models import Applicant, Application, Letter, Stage
from gongkai.applications.queries import table3
from gongkai.demo import accounting, cases, making
from gongkai.demo.cases import CasePlanner
from gongkai.demo.city import city
from gongkai.demo.sizes import SIZES
from gongkai.journal.queries import chain
from gongkai.remedies.models import Remedy, RemedyKind
from gongkai.remedies.queries import table4
from gongkai.reporting.models import Scope, State, Submission
from gongkai.reporting.queries import published
from gongkai.reporting.queries.after_freeze import changes
from gongkai.reporting.queries.report import report_of
from gongkai.units.models import Unit

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
def asked(installation, django_db_setup, django_db_blocker):
    """The whole city with all the cases of the year, and its reports; undone after the last test. Yields the cases."""
    noted = []

    def happen_noted(planned, *more):
        noted.extend(planned)
        return happen(planned, *more)

    happen = making.happen
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(making, "happen", happen_noted)
        making.make(size=MINI, today=TODAY, password=PASSWORD, progress=lambda *_: None)
        yield noted
        transaction.set_rollback(True)


@pytest.fixture
def reported(asked):
    """The reports."""
    return Submission.objects.select_related("unit", "campaign")


def of_the_year():
    """Return the applications that the year began with or received; those on today's desks are later."""
    return Application.objects.filter(arrived_on__year__lte=2024)


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
    assert all(f"{value}" in text for value in accounting.data()["facts"].values())


def test_the_city_s_report_is_published_with_all_its_files(reported):
    assert whole(reported).state == State.PUBLISHED
    edition = published.edition("hl-001", 2024)
    assert [one.format for one in edition.files] == ["docx", "pdf", "html", "json"]
    assert edition.report.value("requests.received.total") == 219
    assert changes(whole(reported).editions.get()) == ()
    assert "hl-001" in {one.slug for one in published.bodies()}


def units():
    return list(Unit.objects.values_list("pk", flat=True))


def counted(year, **options):
    return {cell: len(found) for cell, found in table3.cells(units(), year, **options).items()}


def expected():
    """Table 三 as the figures of ``cases.toml`` give it."""
    year = cases.data()["year"]
    rows = {"received": year["received"], **year["ended"]}
    rows["carried_in"] = {"natural_person": year["carried_in"]}
    rows["carried_out"] = {"natural_person": year["carried_out"]}
    totals = {}
    for kinds in year["ended"].values():
        for kind, count in kinds.items():
            totals[kind] = totals.get(kind, 0) + count
    rows["outcome_total"] = totals
    cells = {f"{row}.{kind}": count for row, kinds in rows.items() for kind, count in kinds.items()}
    return cells | {f"{row}.total": sum(kinds.values()) for row, kinds in rows.items()}


def test_every_cell_of_table_three_is_the_figure_of_the_year(asked):
    assert counted(2024) == expected()
    assert (expected()["received.total"], expected()["outcome_total.total"]) == (219, 221)


def test_what_the_years_hand_on_meets_each_other(asked):
    before, after = counted(2023), table3.cells(units(), 2025)
    assert before["carried_out.total"] == counted(2024)["carried_in.total"] == 5
    assert len(after["carried_in.total"]) == counted(2024)["carried_out.total"] == 3
    assert set(after["carried_in.total"]) <= set(after["outcome_total.total"])


def test_table_four_is_that_of_the_report_and_the_pending_case_goes_on(asked):
    numbers = {year: table4.counts(units(), date(year, 12, 31)).numbers() for year in (2024, 2025)}
    assert {cell: count for cell, count in numbers[2024].items() if count} == {
        "remedies.reconsideration.upheld": 8,
        "remedies.reconsideration.other": 3,
        "remedies.reconsideration.pending": 1,
        "remedies.reconsideration.total": 12,
        "remedies.litigation_direct.upheld": 1,
        "remedies.litigation_direct.total": 1,
    }
    assert numbers[2025]["remedies.reconsideration.upheld"] == 1


def test_the_direct_suit_is_not_one_that_had_to_go_to_reconsideration_first(asked):
    suit = Remedy.objects.get(kind=RemedyKind.DIRECT, application__in=of_the_year())
    assert suit.application.outcome not in {"N1", "N2", "N3", "N4", "N5", "N6", "N7", "P"}


def test_without_one_case_exactly_its_cells_are_less(asked):
    random = Random(7)
    whole = table3.cells(units(), 2024)
    number = random.choice(whole["outcome_total.total"])
    touched = {cell for cell, found in whole.items() if number in found}
    unit = Application.objects.get(pk=number).unit_id
    others = [one for one in units() if one != unit]
    assert len(touched) == 6
    for cell, found in table3.cells(units(), 2024).items():
        mine = [one for one in found if one == number]
        assert len(mine) == (1 if cell in touched else 0)
    assert number not in {one for found in table3.cells(others, 2024).values() for one in found}


def test_no_case_of_the_year_was_late_and_none_is_open(asked):
    assert not of_the_year().filter(is_late=True).exists()
    assert set(of_the_year().values_list("stage", flat=True)) == {
        Stage.ANSWERED,
        Stage.CLOSED,
        Stage.WITHDRAWN,
    }


def test_every_answer_of_the_year_went_out_as_a_sealed_letter_with_a_number_of_its_own(asked):
    answered = Application.objects.filter(arrived_on__year=2024, stage__in=(Stage.ANSWERED, Stage.CLOSED))
    for application in answered:
        event = application.events.get(kind="answer")
        letter = Letter.objects.get(pk=event.payload["letter"])
        assert (letter.event_id, letter.number, letter.state) == (event.pk, event.payload["number"], "delivered")
        assert letter.sealed_copy_id is not None
    numbers = Letter.objects.exclude(number="").values_list("number", flat=True)
    assert len(set(numbers)) == len(numbers) > answered.count()


def test_nobody_stands_in_clear_and_the_journal_is_whole(asked):
    names = {case.applicant.name for case in asked if case.kind == "natural_person"}
    rows = str(list(Applicant.objects.values("name", "telephone", "proof_number")))
    assert not [name for name in names if name in rows]
    assert chain.verify().broken is None


def test_the_same_seed_draws_the_same_cases():
    drawn = CasePlanner(city(), Random(1)).plan()
    assert len(drawn) > 200
    assert CasePlanner(city(), Random(1)).plan() == drawn
