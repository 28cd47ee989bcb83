"""The applications of 2024 are, case by case, those that a real city counted in table 三 of its report."""

from datetime import date
from random import Random

import pytest
from django.db import transaction

from builders.counting import uncounted
from demo.conftest import PASSWORD
from gongkai.applications.domain import projection
from gongkai.applications.models import Applicant, Application, Letter, Stage
from gongkai.applications.queries import table3
from gongkai.demo import founding
from gongkai.demo.cases import CasePlanner, data
from gongkai.demo.city import city
from gongkai.demo.contesting import contest
from gongkai.demo.correspondence import equip
from gongkai.demo.handling import happen
from gongkai.journal.queries import chain
from gongkai.remedies.models import Remedy, RemedyKind
from gongkai.remedies.queries import table4
from gongkai.units.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

UNITS = ("HL-001", "HL-002", "HL-016", "HL-025", "HL-031")


@pytest.fixture(scope="module")
def happened(installation, django_db_setup, django_db_blocker):
    """The cases of the year in a city of five bodies; undone after the last test of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        random, town = Random(2024), city().only(UNITS)
        cast = founding.found(town)
        list(founding.employ(town, cast, random, PASSWORD))
        founding.set_guides(town, cast)
        equip(town, cast)
        planned = CasePlanner(town, random, before=0).plan()
        with uncounted():  # ``test_accounting`` covers them
            assert sum(happen(planned, cast, random)) == len(planned)
            assert sum(contest(cast, random)) == 13
        projection.refresh(day=date(2025, 6, 20))
        yield planned
        transaction.set_rollback(True)


def units():
    return list(Unit.objects.values_list("pk", flat=True))


def counted(year, **options):
    return {cell: len(found) for cell, found in table3.cells(units(), year, **options).items()}


def expected():
    """Table 三 as the figures of ``cases.toml`` give it."""
    year = data()["year"]
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


def test_every_cell_of_table_three_is_the_figure_of_the_year(happened):
    assert counted(2024) == expected()
    assert (expected()["received.total"], expected()["outcome_total.total"]) == (219, 221)


def test_what_the_years_hand_on_meets_each_other(happened):
    before, after = counted(2023), counted(2025)
    assert before["carried_out.total"] == counted(2024)["carried_in.total"] == 5
    assert after["carried_in.total"] == counted(2024)["carried_out.total"] == 3
    assert after["outcome_total.total"] == 3


def test_table_four_is_that_of_the_report_and_the_pending_case_goes_on(happened):
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


def test_the_direct_suit_is_not_one_that_had_to_go_to_reconsideration_first(happened):
    suit = Remedy.objects.get(kind=RemedyKind.DIRECT)
    assert suit.application.outcome not in {"N1", "N2", "N3", "N4", "N5", "N6", "N7", "P"}


def test_without_one_case_exactly_its_cells_are_less(happened):
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


def test_no_case_of_the_year_was_late_and_none_is_open(happened):
    assert not Application.objects.filter(is_late=True).exists()
    assert set(Application.objects.values_list("stage", flat=True)) == {
        Stage.ANSWERED,
        Stage.CLOSED,
        Stage.WITHDRAWN,
    }


def test_every_answer_of_the_year_went_out_as_a_sealed_letter_with_a_number_of_its_own(happened):
    answered = Application.objects.filter(arrived_on__year=2024, stage__in=(Stage.ANSWERED, Stage.CLOSED))
    for application in answered:
        event = application.events.get(kind="answer")
        letter = Letter.objects.get(pk=event.payload["letter"])
        assert (letter.event_id, letter.number, letter.state) == (event.pk, event.payload["number"], "delivered")
        assert letter.sealed_copy_id is not None
    numbers = Letter.objects.exclude(number="").values_list("number", flat=True)
    assert len(set(numbers)) == len(numbers) > answered.count()


def test_nobody_stands_in_clear_and_the_journal_is_whole(happened):
    names = {case.applicant.name for case in happened if case.kind == "natural_person"}
    rows = str(list(Applicant.objects.values("name", "telephone", "proof_number")))
    assert not [name for name in names if name in rows]
    assert chain.verify().broken is None


def test_the_same_seed_draws_the_same_cases(happened):
    again = CasePlanner(city().only(UNITS), Random(2024), before=0)
    assert [case.kind for case in again.plan()] != []
    assert CasePlanner(city(), Random(1)).plan() == CasePlanner(city(), Random(1)).plan()
