"""The city's cases and counts add up to its figures, unit by unit."""

from collections import Counter
from datetime import date
from random import Random

import pytest
from django.db import transaction

from demo.prefecture.conftest import COUNTY, TODAY, few, numbers_of, whole_of
from gongkai.accounts.models import User
from gongkai.accounts.queries.scope import scope_of
from gongkai.applications.kinds import CHANNEL_OF
from gongkai.applications.models import PENDING, Application
from gongkai.demo import site
from gongkai.demo.prefecture.asking import AskingPlanner
from gongkai.demo.prefecture.counting import _shared
from gongkai.demo.prefecture.figures import figures
from gongkai.demo.prefecture.papers import PaperPlanner
from gongkai.intake.models import TrackedCase
from gongkai.journal.queries import chain
from gongkai.portal.models import KeyArea, Page, Service
from gongkai.records.models import Record
from gongkai.records.queries.counts import counts
from gongkai.remedies.models import Remedy
from gongkai.reporting.domain.facts import Grounds, enter
from gongkai.reporting.models import Fact, Scope, State, Submission
from gongkai.reporting.queries.figures import figures as compiled
from gongkai.units.models import Unit
from gongkai.units.queries.roster import reporters

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FACT = [field.attname for field in Fact._meta.concrete_fields]


def of_the_report():
    """Return the applications that the report counts: without those that came from the web since."""
    return Application.objects.filter(tracked=None)


def place_of(slug):
    """Return a body of the city by its slug."""
    return next(place for place in few().places if place.slug == slug)


def added_up():
    """Every cell as the sum over the units: what is typed in goes before what nothing here counts."""
    units = [reporter.node.id for reporter in reporters(2019)]
    found = Counter()
    for unit, one in compiled(units, 2019, "2019").items():
        typed = dict(Fact.objects.filter(unit=unit, year=2019, ended_at=None).values_list("key", "value"))
        found.update(one.numbers | typed)
    return found


def test_the_sum_over_the_units_is_the_figure_of_every_cell(made):
    found = added_up()
    assert {key: found[key] for key in made.figures.cells()} == made.figures.cells()


def test_the_city_added_up_is_the_figures_cell_by_cell(made):
    found = numbers_of(whole_of("LZ-001"))
    assert {key: found[key] for key in made.figures.cells()} == made.figures.cells()
    assert not [key for key in found if key.endswith((".previous", ".change"))]


def test_the_county_is_what_its_bodies_reported(made):
    bodies = Submission.objects.filter(unit__code__in=COUNTY, scope=Scope.OWN).select_related("campaign", "unit")
    found = numbers_of(whole_of("LZ-048"))
    added = Counter()
    for one in bodies:
        added.update(numbers_of(one))
    assert len(bodies) == len(COUNTY)
    assert {key: value for key, value in found.items() if not key.startswith("proactive.rules.")} == {
        key: value for key, value in added.items() if not key.startswith("proactive.rules.")
    }


def test_every_report_but_the_citys_was_signed_and_received(made):
    states = dict(Submission.objects.values_list("unit__code", "state").filter(scope=Scope.OWN))
    assert set(states.values()) == {State.ACCEPTED}
    assert len(states) == len(few().places)
    assert {code: whole_of(code).state for code in ("LZ-001", "LZ-048")} == {
        "LZ-001": State.DRAFT,
        "LZ-048": State.ACCEPTED,
    }
    for one in Submission.objects.filter(state=State.ACCEPTED).select_related("campaign"):
        assert one.signed_on <= one.campaign.government_deadline
        assert not [finding for finding in one.findings if finding["severity"] == "error"]


def test_the_audit_finds_no_flow_that_is_its_stock_in_the_citys_report(made):
    findings = whole_of("LZ-001").findings
    assert "flow-equals-stock" not in {finding["code"] for finding in findings}
    assert "error" not in {finding["severity"] for finding in findings}


def test_documents_are_as_many_as_the_report_says(made):
    found = counts(list(Unit.objects.values_list("pk", flat=True)), 2019)
    assert (found.total.in_year, found.attributes[0].in_year) == (made.figures.made, made.figures.proactive)
    assert made.made.records == Record.objects.count()


def test_rules_and_normative_documents_have_a_flow_that_is_not_their_stock(made):
    found = added_up()
    for row, stock in (("rules", made.figures.rules), ("normative_documents", made.figures.normative)):
        assert found[f"proactive.{row}.total"] == stock.total
        assert found[f"proactive.{row}.published"] <= found[f"proactive.{row}.made"] == stock.made < stock.total


def test_applications_came_by_the_channels_of_the_report(made):
    found = Counter()
    names = {"internet": "online", "in_person": "in_person"}
    for medium in of_the_report().values_list("medium", flat=True):
        found[names.get(CHANNEL_OF[medium], "letter")] += 1
    assert found == made.figures.channels


def test_those_carried_in_were_received_under_the_old_regulation(made):
    carried = Application.objects.filter(started_on__lt=date(2019, 1, 1))
    assert carried.count() == sum(made.figures.carried_in.values())
    assert set(carried.values_list("regulation", flat=True)) == {"2008"}
    assert all(one.ended_on >= date(2019, 1, 1) and not one.is_late for one in carried)


def test_by_the_day_it_is_looked_at_everything_has_ended(made):
    assert not of_the_report().filter(stage__in=PENDING).exists()
    assert not of_the_report().filter(is_late=True).exists()
    assert not Remedy.objects.exclude(status="concluded").exists()
    assert chain.verify().broken is None


def test_what_came_from_the_web_since_can_be_followed_and_the_site_has_its_pages(made):
    assert len(made.made.followed) == TrackedCase.objects.count() == 7
    assert Page.objects.get(slug="disclosure-rules").title == "岚州市政府信息公开工作制度"
    late = site.data()["budget"]["late"]
    on_time = [place for place in few().places if place.kind != "zone" and place.slug not in late]
    assert 0 < len(on_time) < len(few().places)
    assert Record.objects.filter(keywords="部门预算", stage="published").count() == len(on_time)
    assert KeyArea.objects.exists()
    assert Service.objects.filter(unit__code=place_of("shichang").code).count() == 3


def test_each_role_has_an_account_at_the_city_at_a_county_and_at_a_body(made):
    county = Unit.objects.get(code="LZ-048")
    head = User.objects.get(username="lanqian.zhuguan")
    covered = Unit.objects.filter(code__in=COUNTY).values_list("pk", flat=True)
    assert scope_of(head, TODAY).of("competent") == set(covered)
    assert county.pk in scope_of(User.objects.get(username="zhuguan"), TODAY).of("competent")
    handler = User.objects.get(username="lanqian-jiaoyu.jingban")
    assert scope_of(handler, TODAY).units == {"handler": {Unit.objects.get(code="LZ-051").pk}}
    assert len(made.made.accounts) == User.objects.count()


def test_the_same_seed_draws_the_same_city():
    def drawn(seed):
        random, small = Random(seed), figures().scaled(20)
        papers = PaperPlanner(few(), None, TODAY, random, figures=small).plan()
        return papers, AskingPlanner(few(), random, figures=small).plan()

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_counts_written_in_bulk_are_those_that_the_verb_enters(made):
    report = Submission.objects.select_related("unit", "campaign").get(unit__code="LZ-051", scope=Scope.OWN)
    handler = User.objects.get(username="lanqian-jiaoyu.jingban")

    def rows():
        standing = Fact.objects.filter(unit=report.unit, ended_at=None).order_by("key")
        return list(standing.values(*(name for name in FACT if name not in {"id", "entered_at", "ended_at"})))

    in_bulk = rows()
    assert len(in_bulk) == 11
    with transaction.atomic():
        Submission.objects.filter(pk=report.pk).update(state=State.DRAFT)
        for row in in_bulk:
            grounds = Grounds(row["period_from"], row["period_to"], row["source"], row["signatory"])
            value, day = row["value"], date(2020, 1, 3)
            enter(submission=report, key=row["key"], value=value, grounds=grounds, user=handler, today=day)
        assert Fact.objects.filter(unit=report.unit).count() == 22
        by_verb = rows()
        transaction.set_rollback(True)
    assert by_verb == in_bulk


@pytest.mark.parametrize("total", [0, 1, 7, 345_616_096_506])
def test_shares_add_up_to_the_whole(total):
    assert sum(_shared(total, [3, 0, 5, 1])) == total
    assert _shared(total, [3, 0, 5, 1])[1] == 0
