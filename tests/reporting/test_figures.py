"""Every figure is a count of cases: take one away, and its cells change, in the unit, the district and the city."""

from datetime import date, timedelta
from random import Random

import pytest

from builders.contested import contested
from gongkai.accounts.models import Role
from gongkai.applications.domain import entering
from gongkai.applications.models import ApplicantKind, Application
from gongkai.journal.domain.entry import SYSTEM
from gongkai.records.models import Attribute, Category, Record, Stage, Validity
from gongkai.remedies.models import Party, PartyRole
from gongkai.reporting.domain import filling, summing
from gongkai.reporting.models import SETTLED, Scope, State, Submission
from gongkai.reporting.queries.figures import figures, homes
from gongkai.reporting.queries.report import report_of
from gongkai.reporting.queries.work import works
from gongkai.units.domain import structure

from .conftest import TODAY, YEAR, answered, report

pytestmark = pytest.mark.django_db


def settle(campaign):
    """Have everything received as it is: what is tested here are the sums."""
    Submission.objects.filter(campaign=campaign).update(state=State.ACCEPTED)


def levels(campaign, city):
    """Return the cells of the bureau, its district and the city, added up anew."""
    Submission.objects.filter(campaign=campaign).update(state=State.DRAFT)
    for one in Submission.objects.filter(campaign=campaign, scope=Scope.OWN):
        filling.refill(submission=one, user=None, today=TODAY)
    settle(campaign)
    found = {"unit": report_of(report(campaign, city.bureau))}
    for name, place in (("district", city.district), ("city", city.root)):
        whole = report(campaign, place, Scope.WHOLE)
        Submission.objects.filter(pk=whole.pk).update(state=State.DRAFT)
        summing.sum_up(submission=whole, user=None, today=TODAY)
        Submission.objects.filter(pk=whole.pk).update(state=State.ACCEPTED)
        found[name] = report_of(report(campaign, place, Scope.WHOLE))
    return {name: {cell: made.value(cell) for cell in made.cells} for name, made in found.items()}


def test_one_case_less_changes_its_own_cells_at_every_level_and_no_others(campaign, city):
    random = Random(7)
    kinds = (ApplicantKind.NATURAL_PERSON, ApplicantKind.COMMERCIAL, ApplicantKind.LEGAL_SERVICE)
    rows = {"A2": "granted", "P": "partial", "U1a": "not_held", "N7": "enforcement_file"}
    made = []
    for _ in range(6):
        kind, outcome = random.choice(kinds), random.choice(list(rows))
        day = date(2024, 3, 1) + timedelta(days=random.randrange(90))
        made.append((answered(city.bureau, kind, outcome=outcome, day=day, end=day + timedelta(days=5)), kind, outcome))
    before = levels(campaign, city)
    gone, kind, outcome = random.choice(made)
    events = gone.events.all()
    events._raw_delete(events.db)
    gone.applicants.all().delete()
    Application.objects.filter(pk=gone.pk).delete()
    after = levels(campaign, city)
    expected = {
        f"requests.{row}.{column}" for row in ("received", rows[outcome], "outcome_total") for column in (kind, "total")
    }
    for level in ("unit", "district", "city"):
        changed = {
            cell: before[level][cell] - after[level][cell]
            for cell in before[level]
            if before[level][cell] != after[level][cell]
        }
        assert changed == dict.fromkeys(expected, 1), level


def test_what_is_entered_after_a_moment_is_not_seen_at_it(city, asked):
    moment = asked.finance.events.latest("sequence").entered_at
    answered(city.bureau)
    then = figures([city.bureau.pk], YEAR, "2021", known_at=moment)[city.bureau.pk]
    now = figures([city.bureau.pk], YEAR, "2021")[city.bureau.pk]
    assert (then.numbers["requests.received.total"], now.numbers["requests.received.total"]) == (2, 3)


def test_a_unit_that_ended_in_the_year_counts_at_its_heir(city, asked):
    old = structure.establish(
        code="B9",
        kind="department",
        name="乙区科技局",
        short_name="科技局",
        parent=city.district,
        day=date(2010, 1, 1),
        document="甲",
        actor=SYSTEM,
    )
    answered(old, day=date(2024, 2, 5), end=date(2024, 2, 20))
    structure.merge(units=[old], into=city.bureau, day=date(2024, 6, 1), document="甲", actor=SYSTEM)
    assert homes([city.bureau.pk, city.town.pk], YEAR)[old.pk] == city.bureau.pk
    found = figures([city.bureau.pk, city.town.pk], YEAR, "2021")
    assert found[city.bureau.pk].numbers["requests.received.total"] == 3
    assert found[city.town.pk].numbers["requests.received.total"] == 0
    document(old, city.people["bureau", Role.HANDLER], "乙科〔2024〕1号", made_on=date(2024, 2, 1))
    document(city.bureau, city.people["bureau", Role.HANDLER], "乙教〔2024〕1号")
    told = works([city.bureau.pk, city.town.pk], YEAR)
    assert (told[city.bureau.pk].proactive, told[city.town.pk].proactive, len(told)) == (2, 0, 2)


def document(where, author, number, *, made_on=date(2024, 3, 1), ended_on=None):
    return Record.objects.create(
        unit=where,
        author=author,
        category=Category.NORMATIVE,
        title="某办法",
        document_number=number,
        made_on=made_on,
        attribute=Attribute.PROACTIVE,
        stage=Stage.PUBLISHED,
        published_on=made_on,
        validity=Validity.REPEALED if ended_on else Validity.IN_FORCE,
        validity_since=ended_on,
    )


def test_a_joint_document_counts_at_each_unit_and_once_in_the_sum(campaign, city):
    author = city.people["bureau", Role.HANDLER]
    for where in (city.bureau, city.town, city.finance):
        document(where, author, "乙政〔2024〕1号")
    document(city.town, author, "丙政〔2020〕3号", made_on=date(2020, 1, 1), ended_on=date(2024, 5, 1))
    found = levels(campaign, city)
    cells = [f"proactive.normative_documents.{column}" for column in ("made", "repealed", "in_force")]
    assert [found["unit"][cell] for cell in cells] == [1, 0, 1]
    assert [found["district"][cell] for cell in cells] == [1, 1, 1]
    assert [found["city"][cell] for cell in cells] == [1, 1, 1]


def test_a_case_against_two_units_counts_once_where_the_act_was(campaign, city):
    made = contested(city.bureau, city.people["bureau", Role.HANDLER], date(2024, 4, 1), lambda word: word)
    Party.objects.create(remedy=made["remedy"], unit=city.finance, role=PartyRole.RESPONDENT)
    cell = "remedies.reconsideration.pending"
    found = levels(campaign, city)
    finance = report_of(report(campaign, city.finance))
    assert (found["unit"][cell], finance.value(cell)) == (1, 1)
    assert (found["district"][cell], found["city"][cell]) == (1, 1)
    assert found["city"]["remedies.reconsideration.total"] == 1


def test_a_struck_answer_gives_its_case_back(campaign, city, asked):
    answer = asked.bureau.events.get(kind="answer")
    entering.strike(
        application=asked.bureau, event=answer, user=city.people["bureau", Role.OFFICE_HEAD], today=TODAY, reason="误登"
    )
    found = levels(campaign, city)
    assert found["city"]["requests.granted.total"] == 0
    assert found["city"]["requests.carried_out.total"] == 2
    assert State.ACCEPTED in SETTLED
